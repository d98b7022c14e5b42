#include "shell/drawn.h"

#include "deck.h"
#include "view/line.h"

#include <string.h>

// Checks the frame of [text] on a screen of [columns].
static void check(const char *text, int before, int columns,
                  const char *expected) {
    struct lab_text rows = {0}, frame = {0};
    lab_text_put(&rows, text);
    lab_drawn_frame(&frame, &rows, before, columns);
    CHECK_STR(lab_text_string(&frame), expected);
    lab_text_free(&rows);
    lab_text_free(&frame);
}

TEST(a_drawing_goes_in_the_place_of_the_last) {
    check("ab\nc\n", 0, 10, "ab\033[K\nc\033[K\n\033[J");
    check("ab\n", 2, 10, "\r\033[2Aab\033[K\n\033[J");
    check("\n", 1, 10, "\r\033[1A\033[K\n\033[J");
}

TEST(a_row_of_a_drawing_never_wraps) {
    check("abcd\nabcde\n", 1, 4, "\r\033[1Aabcd\nabcd\n\033[J");
    check("\033[1mabcde\033[0mf\n", 0, 3, "\033[1mabc\033[0m\n\033[J");
    for (int columns = 1; columns < 50; columns++) {
        struct lab_text rows = {0}, frame = {0};
        lab_text_put(&rows, "12189 orders so far, 1 outcome; Ctrl-C stops\n");
        lab_drawn_frame(&frame, &rows, 0, columns);
        *strpbrk(frame.data, "\n\033") = '\0';
        CHECK(lab_line_columns(frame.data) <= columns);
        lab_text_free(&rows);
        lab_text_free(&frame);
    }
}

static void check_rows(const char *text, int before, int columns, int rows) {
    struct lab_text shown = {0};
    lab_text_put(&shown, text);
    CHECK_INT(lab_drawn_rows(&shown, before, columns), rows);
    lab_text_free(&shown);
}

TEST(a_drawing_takes_more_rows_on_a_screen_that_has_become_narrower) {
    check_rows("", 0, 10, 0);
    check_rows("\033[1mabcdefgh\033[0m\nabc\n\n", 8, 8, 3);
    check_rows("\033[1mabcdefgh\033[0m\nabc\n\n", 8, 4, 4);
    check_rows("\033[1mabcdefgh\033[0m\nabc\n\n", 8, 3, 5);
    check_rows("abcdefgh\n", 6, 4, 2); // of which six were drawn
    check_rows("abcdefgh\n", 8, 80, 1);
}

// How often a command draws depends on how fast the machine is; a page of a
// lesson must not.
static void check_page(struct lab_deck *deck) {
    struct lab_call call = {.shell = deck->shell,
                            .options = deck->shell->options};
    struct lab_drawn drawn = {0};
    struct lab_text rows = {0};
    lab_text_put(&rows, "1 order so far, 1 outcome; Ctrl-C stops\n");
    lab_text_clear(&deck->held);
    lab_drawn_put(&drawn, &call, &rows);
    lab_drawn_end(&drawn, &call);
    CHECK_STR(lab_text_string(&deck->held), "");
    lab_text_free(&drawn.shown);
    lab_text_free(&rows);
}

TEST(nothing_is_drawn_on_a_page_of_a_lesson) {
    with_deck(check_page);
}
