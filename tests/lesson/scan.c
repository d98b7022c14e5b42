#include "lesson/scan.h"

#include "test.h"

#include <string.h>

// The scanners want both ends of a line; here it is a string.
#define ENDS(line) (line), (line) + strlen(line)

TEST(any_line_break_ends_a_line) {
    const char *text = "a\r\nb\rc\n\nd", *end = text + strlen(text), *next;
    const int starts[] = {0, 3, 5, 7, 8};
    const char *at = text;
    for (int i = 0; i < 5; i++, at = next) {
        CHECK_INT(at - text, starts[i]);
        const char *line_end = lab_scan_line(at, end, &next);
        CHECK_INT(line_end - at, i == 3 ? 0 : 1);
    }
    CHECK(at == end);
}

TEST(a_fence_has_three_marks_or_more) {
    CHECK_INT(lab_scan_fence(ENDS("")), 0);
    CHECK_INT(lab_scan_fence(ENDS("``")), 0);
    CHECK_INT(lab_scan_fence(ENDS("```c name")), 3);
    CHECK_INT(lab_scan_fence(ENDS("~~~~~")), 5);
    CHECK_INT(lab_scan_fence(ENDS("``~")), 0);
}

TEST(only_a_tilde_fence_may_have_backticks_after_it) {
    CHECK_INT(lab_scan_fence(ENDS("```a`")), 0);
    CHECK_INT(lab_scan_fence(ENDS("~~~a`")), 3);
}

TEST(a_closing_fence_stands_alone) {
    CHECK_INT(lab_scan_fence_end(ENDS("```` \t"), '`'), 4);
    CHECK_INT(lab_scan_fence_end(ENDS("``` x"), '`'), 0);
    CHECK_INT(lab_scan_fence_end(ENDS("```"), '~'), 0);
}

TEST(a_rule_is_no_list_item_and_an_underline_is_one_run) {
    CHECK(lab_scan_is_rule(ENDS("- - -")));
    CHECK(lab_scan_is_rule(ENDS("***")));
    CHECK(!lab_scan_is_rule(ENDS("--")));
    CHECK(!lab_scan_is_rule(ENDS("- - x")));
    CHECK(lab_scan_is_underline(ENDS("-  ")));
    CHECK(!lab_scan_is_underline(ENDS("= =")));
    CHECK(lab_scan_is_heading(ENDS("###### a")));
    CHECK(!lab_scan_is_heading(ENDS("####### a")));
    CHECK(!lab_scan_is_heading(ENDS("#a")));
}

TEST(a_list_marker_is_a_bullet_or_a_number_of_nine_digits) {
    CHECK_INT(lab_scan_marker(ENDS("- a"), false), 1);
    CHECK_INT(lab_scan_marker(ENDS("-a"), false), 0);
    CHECK_INT(lab_scan_marker(ENDS("+"), false), 1);
    CHECK_INT(lab_scan_marker(ENDS("123456789) a"), false), 10);
    CHECK_INT(lab_scan_marker(ENDS("1234567890. a"), false), 0);
    CHECK_INT(lab_scan_marker(ENDS("1: a"), false), 0);
}

TEST(only_a_first_item_with_text_cuts_a_paragraph) {
    CHECK_INT(lab_scan_marker(ENDS("1. a"), true), 2);
    CHECK_INT(lab_scan_marker(ENDS("2. a"), true), 0);
    CHECK_INT(lab_scan_marker(ENDS("-  "), true), 0);
}
