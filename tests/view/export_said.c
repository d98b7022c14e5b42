#include "view/export_said.h"

#include "export.h"

static void check_line(const char *who, const char *line, int width,
                       const char *expected) {
    struct lab_style style = {.width = width};
    struct lab_text text = {0};
    int columns = 0;
    lab_export_said_line(&text, 1500 * LAB_MS, who, line, &style, &columns);
    CHECK_STR(lab_text_string(&text), expected);
    lab_text_free(&text);
}

TEST(a_line_said_stands_in_columns_and_wraps_where_it_must) {
    check_line("a.txt", "hello", 80, "  1.500 s  a.txt        hello\n");
    check_line("a.txt", "one two three", 28,
               "  1.500 s a.txt: one two\n    three\n");
    // Where it must, it does in its column; on a narrow screen all are alike.
    check_line("a.txt", "one two three four five six seven", 50,
               "  1.500 s  a.txt        one two three four five\n"
               "                        six seven\n");
    check_line("a.txt", "hello", 47, "  1.500 s a.txt: hello\n");
    check_line("a.txt", "hello abcdefghijklmnopqrstuvwxyz0123456789", 50,
               "  1.500 s a.txt: hello\n"
               "    abcdefghijklmnopqrstuvwxyz0123456789\n");
    check_line("\x1b[2J", "\xff", 80, "  1.500 s  \\x1b[2J      \\xff\n");
}

TEST(a_long_name_is_whole_on_a_wide_screen_and_the_next_lines_stand_below) {
    struct lab_style style = {.width = 200};
    struct lab_text text = {0};
    int columns = 0;
    for (int i = 0; i < 3; i++)
        lab_export_said_line(&text, LAB_S, i == 1 ? "fetch_a_page(13)" : "a",
                             "hello", &style, &columns);
    CHECK_STR(lab_text_string(&text), "  1.000 s  a            hello\n"
                                      "  1.000 s  fetch_a_page(13) hello\n"
                                      "  1.000 s  a                hello\n");
    lab_text_clear(&text);
    style.width = 80;
    columns = 0;
    lab_export_said_line(&text, LAB_S, "fetch_a_page(13)", "hello", &style,
                         &columns);
    CHECK_STR(lab_text_string(&text), "  1.000 s  fetch_a\u2026(13) hello\n");
    lab_text_free(&text);
}

TEST(a_heading_tells_the_question_and_the_setting) {
    struct lab_comparison comparison = comparison_03();
    struct lab_text text = {0};
    lab_export_said_heading(&text, &comparison, &style_80);
    lab_export_said_begin(&text, comparison.runs[1], &style_80);
    picture_show("", lab_text_string(&text));
    lab_comparison_free(&comparison);
    lab_text_free(&text);
}

TEST(a_name_alone_stands_above_what_is_said_and_not_above_nothing) {
    struct lab_comparison comparison = {.clock = LAB_CLOCK_VIRTUAL};
    struct lab_run *run = lab_comparison_add_run(&comparison, "main");
    struct lab_text text = {0};
    lab_export_said_begin(&text, run, &style_80);
    CHECK_STR(lab_text_string(&text), "");
    lab_export_said_first(&text, run, &style_80);
    CHECK_STR(lab_text_string(&text), "\nmain\n");
    lab_text_clear(&text);
    run->text = lab_strdup("waits");
    lab_export_said_begin(&text, run, &style_80);
    lab_export_said_first(&text, run, &style_80);
    CHECK_STR(lab_text_string(&text), "\nmain: waits\n");
    lab_comparison_free(&comparison);
    lab_text_free(&text);
}
