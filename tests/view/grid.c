#include "view/grid.h"

#include "records.h"

static void fill(struct lab_grid *grid) {
    lab_grid_init(grid, "who|#share|>lasted|empty|for what");
    lab_text_put(lab_grid_cell(grid), "loop");
    struct lab_text *bar = lab_grid_cell(grid);
    lab_grid_bar(bar, LAB_PICTURE_STATE + LAB_IS_BLOCKED, 2);
    lab_grid_bar(bar, LAB_PICTURE_STATE + LAB_IS_IDLE, 3);
    lab_text_put(lab_grid_cell(grid), "1.000 s");
    lab_grid_cell(grid);
    lab_grid_cell(grid);
    lab_text_put(lab_grid_cell(grid), "main");
    lab_grid_cell(grid);
    lab_text_put(lab_grid_cell(grid), "5 ms");
    lab_grid_cell(grid);
    lab_text_put(lab_grid_cell(grid), "sleep");
}

static void check_grid(int width, const char *expected) {
    struct lab_style style = {.width = width, .ascii = true};
    struct lab_grid grid;
    struct lab_text out = {0};
    fill(&grid);
    lab_grid_put(&grid, &out, &style);
    CHECK_STR(lab_text_string(&out), expected);
    lab_text_free(&out);
}

TEST(figures_stand_on_the_right_and_empty_columns_do_not_stand) {
    check_grid(32, "who   share   lasted  for what\n"
                   "----  -----  -------  --------\n"
                   "loop  ##...  1.000 s\n"
                   "main            5 ms  sleep\n");
}

TEST(what_does_not_fit_in_columns_is_put_in_lines) {
    check_grid(29, "loop\n"
                   "  ##...\n"
                   "  lasted: 1.000 s\n"
                   "main\n"
                   "  lasted: 5 ms\n"
                   "  for what: sleep\n");
}

TEST(a_grid_without_rows_is_nothing) {
    struct lab_grid grid;
    struct lab_text out = {0};
    lab_grid_init(&grid, "who|>lasted");
    lab_grid_put(&grid, &out, &style_80);
    CHECK_STR(lab_text_string(&out), "");
    lab_text_free(&out);
}

// Two columns of words and one of figures; the last row has but one.
static void check_words(int width, const char *expected) {
    struct lab_style style = {.width = width, .ascii = true};
    struct lab_grid grid;
    struct lab_text out = {0};
    lab_grid_init(&grid, "~who|~what they do|>lasted");
    lab_text_put(lab_grid_cell(&grid), "alexander");
    lab_text_put(lab_grid_cell(&grid), "sleeps and sleeps");
    lab_text_put(lab_grid_painted(&grid, LAB_COLOR_BAD), "1.000 s");
    lab_text_put(lab_grid_cell(&grid), "bob");
    lab_text_put(lab_grid_rest(&grid, LAB_COLOR_BAD, "failed"), "no such file");
    lab_grid_put(&grid, &out, &style);
    CHECK_STR(lab_text_string(&out), expected);
    lab_text_free(&out);
}

TEST(words_are_cut_where_there_is_no_room_the_last_of_them_first) {
    check_words(37, "who        what they do        lasted\n"
                    "---------  -----------------  -------\n"
                    "alexander  sleeps and sleeps  1.000 s\n"
                    "bob        no such file\n");
    check_words(33, "who        what they do    lasted\n"
                    "---------  -------------  -------\n"
                    "alexander  sleeps and s~  1.000 s\n"
                    "bob        no such file\n");
    check_words(31, "who       what they do   lasted\n"
                    "--------  ------------  -------\n"
                    "alexand~  sleeps and ~  1.000 s\n"
                    "bob       no such file\n");
}

TEST(a_cell_that_takes_the_rest_of_a_row_has_a_label_where_all_are_lines) {
    check_words(30, "alexander\n"
                    "  what they do: sleeps and\n"
                    "    sleeps\n"
                    "  lasted: 1.000 s\n"
                    "bob\n"
                    "  failed: no such file\n");
}
