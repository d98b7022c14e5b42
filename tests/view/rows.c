#include "view/rows.h"

#include "test.h"
#include "view/film.h"
#include "view/line.h"
#include "view/panel.h"

#include <string.h>

static void put(struct lab_text *out, int width, int indent) {
    struct lab_rows rows = {.indent = indent};
    struct lab_style style = {.width = width};
    lab_rows_add(&rows, "run",
                 "run a demo, and compare what its variants took");
    lab_rows_add(&rows, "timeline", "show it");
    lab_rows_add(&rows, "quit", "");
    lab_rows_put(&rows, out, &style);
    CHECK_INT(rows.count, 0);
}

static void check(int width, int indent, const char *expected) {
    struct lab_text out = {0};
    put(&out, width, indent);
    CHECK_STR(lab_text_string(&out), expected);
    lab_text_free(&out);
}

TEST(a_meaning_is_beside_its_name_and_wrapped_there) {
    check(80, 2,
          "  run       run a demo, and compare what its variants took\n"
          "  timeline  show it\n"
          "  quit\n");
    check(40, 0,
          "run       run a demo, and compare what\n"
          "          its variants took\n"
          "timeline  show it\n"
          "quit\n");
}

TEST(where_there_is_no_room_beside_it_every_meaning_is_below) {
    check(30, 2,
          "  run\n"
          "    run a demo, and compare\n"
          "    what its variants took\n"
          "  timeline\n"
          "    show it\n"
          "  quit\n");
}

TEST(a_name_that_is_wider_than_the_screen_is_whole_on_two_lines) {
    struct lab_rows rows = {.indent = 2};
    struct lab_style style = {.width = 30};
    struct lab_text out = {0};
    lab_rows_add(&rows, "lessons --check 11_semaphore.md", "of this one");
    lab_rows_put(&rows, &out, &style);
    CHECK_STR(lab_text_string(&out), "  lessons --check\n"
                                     "      11_semaphore.md\n"
                                     "    of this one\n");
    lab_text_free(&out);
}

TEST(no_row_is_wider_than_the_screen_and_no_layouts_mix) {
    for (int width = 20; width <= 200; width++) {
        struct lab_text out = {0};
        put(&out, width, 2);
        bool below = strstr(lab_text_string(&out), "  run\n") != NULL;
        CHECK_INT(strstr(lab_text_string(&out), "  timeline\n") != NULL, below);
        for (char *line = strtok(out.data, "\n"); line;
             line = strtok(NULL, "\n"))
            CHECK(lab_line_columns(line) <= width);
        lab_text_free(&out);
    }
}

TEST(rows_without_any_show_nothing) {
    struct lab_rows rows = {0};
    struct lab_style style = {.width = 80};
    struct lab_text out = {0};
    lab_rows_put(&rows, &out, &style);
    CHECK_INT(out.length, 0);
}

// A list of keys, as film and stepper show it.
typedef void keys_fn(struct lab_text *out, const struct lab_style *style,
                     bool has_others, int rows);

static void check_keys(keys_fn *help, int width, bool has_others,
                       const char *said) {
    enum { ROWS = 24 };
    struct lab_text out = {0};
    struct lab_style style = {.width = width};
    int rows = 1;
    help(&out, &style, has_others, ROWS);
    for (const char *at = lab_text_string(&out); *at; at++)
        rows += *at == '\n';
    CHECK_INT(rows, ROWS);
    CHECK(strstr(lab_text_string(&out), said));
    CHECK(!strstr(lab_text_string(&out), "…")); // nothing is cut
    CHECK((strstr(lab_text_string(&out), "\nv ") != NULL) == has_others);
    CHECK_STR(strrchr(lab_text_string(&out), '\n') + 1, "any key goes back");
    lab_text_free(&out);
}

TEST(what_keys_do_is_said_whole_on_every_screen) {
    for (int width = 40; width <= 200; width += 20) {
        check_keys(lab_film_help, width, true,
                   width < 80 ? "happens" : ", or back");
        check_keys(lab_panel_help, width, true, "the next variant, at");
    }
}

TEST(a_key_that_does_nothing_is_not_listed) {
    check_keys(lab_film_help, 80, false, "leave");
    check_keys(lab_panel_help, 80, false, "leave");
}

TEST(rows_that_have_no_room_on_a_screen_are_left_out) {
    static const char *const rows[][2] = {
        {"a", "one"}, {NULL, "none"}, {"b", "two"}};
    struct lab_style style = {.width = 80};
    static const char *const expected[] = {"", "a  one\n", "a  one\nb  two\n",
                                           "a  one\nb  two\n\n"};
    for (int height = 1; height <= 4; height++) {
        struct lab_text out = {0};
        lab_rows_put_screen(&out, &style, rows, 3, height);
        char *back = strstr(lab_text_string(&out), "any key goes back");
        CHECK(back && strlen(back) == strlen("any key goes back"));
        *back = '\0';
        CHECK_STR(lab_text_string(&out), expected[height - 1]);
        lab_text_free(&out);
    }
}
