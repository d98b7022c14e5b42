#include "view/names.h"

#include "test.h"

// The names "a", "b" ... of [count], at most [most] of them.
static void check_names(size_t count, size_t most, const char *expected) {
    struct lab_names names = {.most = most};
    struct lab_text out = {0};
    for (int round = 0; round < 2; round++) { // it is empty again
        lab_text_clear(&out);
        for (size_t i = 0; i < count; i++)
            lab_text_printf(lab_names_next(&names), "%c", (char)('a' + i));
        CHECK_INT(names.count, count);
        lab_names_end(&names, &out);
        CHECK_STR(lab_text_string(&out), expected);
        CHECK_INT(names.count, 0);
    }
    lab_text_free(&out);
    lab_names_free(&names);
}

TEST(names_are_joined_by_commas_and_an_and) {
    check_names(0, 0, "");
    check_names(1, 0, "a");
    check_names(2, 0, "a and b");
    check_names(3, 0, "a, b and c");
}

TEST(of_many_names_the_first_are_told_and_the_others_counted) {
    check_names(6, 0, "a, b, c, d, e and f");
    check_names(7, 0, "a, b, c, d, e, f and 1 more");
    check_names(4, 2, "a, b and 2 more");
    check_names(2, 1, "a and 1 more");
    check_names(8, SIZE_MAX, "a, b, c, d, e, f, g and h");
}
