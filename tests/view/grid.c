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
