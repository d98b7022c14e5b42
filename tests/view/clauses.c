#include "view/clauses.h"

#include "test.h"

#include <string.h>

// Checks what the letters of [deeds], each a clause, come to.
static void check_told(const char *deeds, const char *expected) {
    struct lab_clauses clauses = {0};
    struct lab_text out = {0};
    for (int round = 0; round < 2; round++) { // nothing of a list is left
        for (const char *c = deeds; *c; c++)
            lab_text_printf(lab_clauses_next(&clauses), "%c", *c);
        CHECK(clauses.count == strlen(deeds));
        lab_clauses_end(&clauses, &out);
        CHECK_STR(lab_text_string(&out), expected);
        CHECK(clauses.count == 0);
        lab_text_clear(&out);
    }
    lab_text_free(&out);
    lab_clauses_free(&clauses);
}

TEST(clauses_that_differ_are_all_told) {
    check_told("", "");
    check_told("a", "a");
    check_told("abcd", "a, b, c and d");
    check_told("abcabcabc", "a, b, c, a, b, c, a, b and c");
}

TEST(a_clause_that_is_so_once_more_is_told_again) {
    check_told("aab", "a, a and b");
    check_told("abab", "a, b, a and b");
    check_told("ababa", "a, b, a, b and a");
}

TEST(a_clause_that_is_so_again_and_again_is_told_once) {
    check_told("aaa", "a and the same 2 times more");
    check_told("xaaaab", "x, a, the same 3 times more and b");
    check_told("aaabbb", "a, the same 2 times more, b and the same 2 times "
                         "more");
}

TEST(two_clauses_that_take_turns_are_told_once) {
    check_told("ababab", "a, b and the same 2 times more");
    check_told("xabababay", "x, a, b, the same 2 times more, a and y");
    check_told("abababb", "a, b, the same 2 times more and b");
}
