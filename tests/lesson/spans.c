#include "lesson/spans.h"

#include "test.h"

#include <stdio.h>

static void check(int width, bool color, const char *text,
                  const char *expected) {
    struct lab_style style = {.width = width, .color = color};
    struct lab_text out = {0};
    lab_spans_put(&out, &style, LAB_COLOR_NONE, 0, "", text);
    CHECK_STR(lab_text_string(&out), expected);
    lab_text_free(&out);
}

TEST(words_are_wrapped_at_any_white_space) {
    check(20, false, "one two  three\nfour five six seven",
          "one two three four\nfive six seven\n");
    check(20, false, "", "\n");
}

TEST(a_number_stays_with_its_unit_and_its_name) {
    check(20, false, "it sleeps for so 50 ms", "it sleeps for so\n50 ms\n");
    check(20, false, "each of them takes 50\nms",
          "each of them takes\n50 ms\n");
    check(20, false, "now type this: `run 3`", "now type this:\n`run 3`\n");
    check(20, true, "members, the boss **2**",
          "members, the boss \x1b[1m2\x1b[0m\n");
}

TEST(without_colour_marks_stay) {
    check(80, false, "`run 3` is *not* **ever** `` a`b ``",
          "`run 3` is *not* **ever** `` a`b ``\n");
}

TEST(in_colour_marks_become_colours) {
    check(80, true, "`run 3` is *not so*",
          "\033[38;5;31mrun 3\033[0m is \033[1mnot\033[0m "
          "\033[1mso\033[0m\n");
}

TEST(what_is_no_mark_stays_as_it_is) {
    static const char *const same[] = {
        "2 * 3 = 6",       "a * b * c", "one ` alone", "[1, 2]",
        "run_in_executor", "* a",       "x[i](y",      "a*",
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        char line[64];
        snprintf(line, sizeof line, "%s\n", same[i]);
        check(80, false, same[i], line);
        check(80, true, same[i], line);
    }
}

TEST(links_lose_their_address_and_escapes_their_backslash) {
    check(80, false, "see [the *tour*](src/README.md), \\*so\\*",
          "see the *tour*, *so*\n");
    check(80, false, "`\\*` and `[a](b)`", "`\\*` and `[a](b)`\n");
}

TEST(a_word_that_is_too_wide_is_broken) {
    check(20, false, "see abcdefghijklmnopqrstuvwxyz 世世世世世世世世世世世",
          "see\nabcdefghijklmnopqrst\nuvwxyz\n世世世世世世世世世世\n世\n");
}

TEST(later_lines_are_as_deep_as_the_marker) {
    struct lab_style style = {.width = 20};
    struct lab_text out = {0};
    lab_spans_put(&out, &style, LAB_COLOR_NONE, 2, "- ", "one two three four");
    CHECK_STR(lab_text_string(&out), "  - one two three\n    four\n");
    lab_text_free(&out);
}

TEST(control_characters_are_masked) {
    check(80, false, "a\033[2Jb", "a\\x1b[2Jb\n");
}

TEST(columns_are_those_of_one_line) {
    struct lab_style plain = {.width = 20};
    struct lab_style color = {.width = 20, .color = true};
    CHECK_INT(lab_spans_columns(&plain, "`a` b"), 5);
    CHECK_INT(lab_spans_columns(&color, "`a` b"), 3);
    CHECK_INT(lab_spans_columns(&plain, ""), 0);
}
