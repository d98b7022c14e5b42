#include "shell/drawn.h"

#include "test.h"
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
