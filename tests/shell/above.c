#include "test.h"

#include "shell/above.h"

#include <string.h>

static struct lab_above above;

static void put(const char *text) {
    lab_above_put(&above, text, strlen(text));
}

static bool takes(size_t most, bool partial, const char *expected) {
    struct lab_text out = {0};
    lab_above_take(&above, most, partial, &out);
    bool same = CHECK_STR(lab_text_string(&out), expected);
    lab_text_free(&out);
    return same;
}

TEST(a_line_waits_until_it_is_whole) {
    put("one\ntw");
    CHECK(lab_above_waits(&above, false));
    CHECK(takes(100, false, "one\n"));
    CHECK(!lab_above_waits(&above, false));
    CHECK(lab_above_waits(&above, true));
    put("o\n");
    CHECK(takes(100, false, "two\n"));
    lab_above_free(&above);
}

TEST(what_is_asked_for_comes_even_if_not_whole) {
    put("one\ntw");
    CHECK(takes(100, true, "one\ntw"));
    CHECK(!lab_above_waits(&above, true));
    lab_above_free(&above);
}

TEST(about_as_much_as_asked_for_is_taken_but_at_least_a_line) {
    put("1234\n5678\n123456789\n");
    CHECK(takes(12, false, "1234\n5678\n"));
    CHECK(takes(5, false, "123456789\n"));
    put("123456789");
    CHECK(takes(5, false, ""));
    CHECK(takes(5, true, "12345"));
    CHECK(takes(5, true, "6789"));
    lab_above_free(&above);
}

TEST(what_does_not_fit_is_dropped_and_told) {
    static char line[LAB_ABOVE_MOST];
    struct lab_text out = {0};
    memset(line, 'x', sizeof line);
    line[sizeof line - 5] = '\n';
    lab_above_put(&above, line, sizeof line - 4);
    put("lost "); // a byte too many
    put("too\n"); // would fit, but where the rest is missing
    lab_above_take(&above, sizeof line, false, &out);
    CHECK_STR(lab_text_string(&out) + sizeof line - 4,
              "(9 bytes not shown: the terminal is too slow)\n");
    CHECK(!lab_above_waits(&above, true));
    put("back\n");
    CHECK(takes(100, false, "back\n"));
    lab_text_free(&out);
    lab_above_free(&above);
}

TEST(a_loss_is_told_on_a_line_of_its_own) {
    static char bytes[LAB_ABOVE_MOST];
    struct lab_text out = {0};
    memset(bytes, 'x', sizeof bytes);
    lab_above_put(&above, bytes, sizeof bytes); // a line without an end
    put("lost\n");
    CHECK(lab_above_waits(&above, false));
    while (lab_above_waits(&above, false))
        lab_above_take(&above, 65536, false, &out);
    CHECK_STR(lab_text_string(&out) + sizeof bytes,
              "\n(5 bytes not shown: the terminal is too slow)\n");
    lab_text_free(&out);
    lab_above_free(&above);
}
