#include "view/line.h"

#include "records.h"

TEST(a_wrapped_text_breaks_between_words) {
    struct lab_text out = {0};
    struct lab_style style = {.width = 20};
    lab_line_wrap(&out, &style, LAB_COLOR_NONE, 0,
                  "together is 5.0 times as fast as in_turn.");
    picture_show("", lab_text_string(&out));
    lab_text_free(&out);
}

TEST(an_indented_text_hangs) {
    struct lab_text out = {0};
    struct lab_style style = {.width = 20};
    lab_line_wrap(&out, &style, LAB_COLOR_NONE, 2, "held: no, 53.2 ms over");
    picture_show("", lab_text_string(&out));
    lab_text_free(&out);
}

TEST(a_number_stays_beside_its_unit) {
    struct lab_text out = {0};
    struct lab_style style = {.width = 20};
    lab_line_wrap(&out, &style, LAB_COLOR_NONE, 0, "a was late by 0.95 s, b");
    CHECK_STR(lab_text_string(&out), "a was late by\n0.95 s, b\n");
    lab_text_clear(&out);
    lab_line_wrap(&out, &style, LAB_COLOR_NONE, 0, "\nhas 5\ns");
    CHECK_STR(lab_text_string(&out), "\\x0ahas 5\\x0as\n");
    lab_text_free(&out);
}

// How many columns the first line of a long text takes.
static int first_line(int width, int indent) {
    struct lab_text out = {0};
    struct lab_style style = {.width = width};
    struct lab_text text = {0};
    lab_text_repeat(&text, "word ", 100);
    lab_line_wrap(&out, &style, LAB_COLOR_NONE, indent, lab_text_string(&text));
    int columns = (int)strcspn(lab_text_string(&out), "\n");
    lab_text_free(&text);
    lab_text_free(&out);
    return columns;
}

TEST(a_paragraph_is_not_as_wide_as_the_widest_screens) {
    CHECK_INT(first_line(40, 0), 39);
    CHECK_INT(first_line(80, 0), 79);
    CHECK_INT(first_line(200, 0), 99);
    CHECK_INT(first_line(120, 2), 116); // one of a list
    CHECK_INT(first_line(200, 2), 131);
}

TEST(of_several_lines_the_first_that_has_room_is_taken) {
    static const char *const lines[] = {"← one two three", "← one", "?"};
    CHECK_STR(lab_line_fitting(lines, 3, 80), lines[0]);
    CHECK_STR(lab_line_fitting(lines, 3, 15), lines[0]);
    CHECK_STR(lab_line_fitting(lines, 3, 14), lines[1]);
    CHECK_STR(lab_line_fitting(lines, 3, 5), lines[1]);
    CHECK_STR(lab_line_fitting(lines, 3, 4), lines[2]);
    CHECK_STR(lab_line_fitting(lines, 3, 0), lines[2]);
}

TEST(a_word_wider_than_the_line_is_cut) {
    struct lab_text out = {0};
    struct lab_style style = {.width = 20, .ascii = true};
    lab_line_wrap(&out, &style, LAB_COLOR_NONE, 0,
                  "a bcdefghijklmnopqrstuvwxyz");
    picture_show("", lab_text_string(&out));
    lab_text_free(&out);
}

TEST(a_path_wider_than_the_line_is_whole) {
    struct lab_style style = {.width = 20};
    struct lab_text out = {0};
    lab_line_wrap(&out, &style, LAB_COLOR_NONE, 0,
                  "it is in /tmp/a_folder/with/more_than_one/folder then");
    CHECK_STR(lab_text_string(&out), "it is in\n/tmp/a_folder/with/\n"
                                     "more_than_one/folder\nthen\n");
    lab_text_clear(&out);
    lab_line_wrap(&out, &style, LAB_COLOR_NONE, 2,
                  "at /a_name_of_twenty_one_bytes/\xe6\x97\xa5/b and or");
    CHECK_STR(lab_text_string(&out), "  at /\n    a_name_of_twenty\n"
                                     "    _one_bytes/\xe6\x97\xa5/b\n"
                                     "    and or\n");
    lab_text_free(&out);
}

TEST(an_empty_text_is_an_empty_line) {
    struct lab_text out = {0};
    lab_line_wrap(&out, &style_80, LAB_COLOR_HEAD, 4, "");
    CHECK_STR(lab_text_string(&out), "\n");
    lab_text_free(&out);
}

TEST(a_hostile_name_is_harmless_and_counted_as_it_is_shown) {
    struct lab_text out = {0};
    CHECK_INT(lab_line_columns("\x1b[2J"), 7);
    lab_line_left(&out, &style_80, "\x1b[2J", 8);
    lab_line_right(&out, &style_80, "é", 3);
    CHECK_STR(lab_text_string(&out), "\\x1b[2J   é");
    lab_text_free(&out);
}

TEST(ascii_has_a_question_mark_for_what_it_lacks) {
    struct lab_text out = {0};
    lab_line_put(&out, &style_80_ascii, "é日", 80);
    CHECK_STR(lab_text_string(&out), "???");
    lab_text_free(&out);
}

TEST(a_time_that_was_not_measured_is_a_dash) {
    struct lab_text out = {0};
    lab_line_time(&out, -1);
    lab_line_time(&out, 1500 * LAB_MS);
    CHECK_STR(lab_text_string(&out), "-1.500 s");
    lab_text_free(&out);
}

TEST(where_half_of_a_wide_character_was_cut_there_is_no_space) {
    struct lab_text out = {0};
    struct lab_style style = {.width = 80};
    lab_line_put(&out, &style, "日本語日本", 6);
    CHECK_STR(lab_text_string(&out), "日本…");
    lab_text_clear(&out);
    lab_line_put(&out, &style, "gap: ", 10); // this one is meant
    CHECK_STR(lab_text_string(&out), "gap: ");
    lab_text_free(&out);
}

TEST(a_name_that_is_cut_keeps_its_argument) {
    static const struct {
        const char *name;
        int columns;
        const char *shown;
    } rows[] = {
        {"say_after(1)", 12, "say_after(1)"},
        {"say_after(1)", 14, "say_after(1)  "},
        {"fetch_data(3)", 12, "fetch_da\u2026(3)"},
        {"fetch_data(12)", 11, "fetch_\u2026(12)"},
        {"f(quite_long_word)", 12, "f(quite_lon\u2026"},
        {"fetch_data_anew", 12, "fetch_data_\u2026"},
        {"\u65e5\u672c\u8a9e\u65e5(3)", 8, "\u65e5\u672c\u2026(3)"},
        {"()", 1, "\u2026"},
        {"", 3, "   "},
    };
    for (size_t i = 0; i < countof(rows); i++) {
        struct lab_text out = {0};
        lab_line_name(&out, &style_80, rows[i].name, rows[i].columns);
        CHECK_STR(lab_text_string(&out), rows[i].shown);
        lab_text_free(&out);
    }
}
