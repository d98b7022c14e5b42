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

static void show(const struct lab_text *out, int width) {
    char title[40];
    snprintf(title, sizeof title, "at %d columns", width);
    picture_show(title, lab_text_string(out));
}

static void show_grid(int width) {
    struct lab_style style = {.width = width, .ascii = true};
    struct lab_grid grid;
    struct lab_text out = {0};
    fill(&grid);
    lab_grid_put(&grid, &out, &style);
    show(&out, width);
    lab_text_free(&out);
}

TEST(figures_stand_on_the_right_and_empty_columns_do_not_stand) {
    show_grid(32);
}

TEST(what_does_not_fit_in_columns_is_put_in_lines) {
    show_grid(29); // below its row
    show_grid(19);
}

TEST(a_grid_without_rows_is_nothing) {
    struct lab_grid grid;
    struct lab_text out = {0};
    lab_grid_init(&grid, "who|>lasted");
    lab_grid_put(&grid, &out, &style_80);
    CHECK_STR(lab_text_string(&out), "");
    lab_text_free(&out);
}

TEST(a_head_may_be_of_any_words) {
    struct lab_grid grid;
    struct lab_text heads = {0}, out = {0};
    lab_text_put(&heads, "who");
    lab_grid_put_head(&heads, '>', "count(a|b|\u4e16|\033[2J|c|d|e|f|g|h)");
    lab_grid_put_head(&heads, ' ', "n\u00e9");
    lab_text_put(&heads, "|held");
    lab_grid_init(&grid, lab_text_string(&heads));
    lab_text_put(lab_grid_cell(&grid), "x");
    lab_text_put(lab_grid_cell(&grid), "1");
    lab_text_put(lab_grid_cell(&grid), "2");
    lab_grid_held(&grid, true);
    lab_grid_put(&grid, &out, &(struct lab_style){.width = 80, .ascii = true});
    CHECK_STR(lab_text_string(&out),
              "who  count(a/b/?\?/\\x1b[2J/c/d/e/f/g/h)  n?  held\n"
              "---  ---------------------------------  --  ----\n"
              "x                                    1  2   yes\n");
    lab_text_free(&heads);
    lab_text_free(&out);
}

// Two columns of words and one of figures; the last row has but one.
static void show_words(int width) {
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
    show(&out, width);
    lab_text_free(&out);
}

TEST(words_are_cut_where_there_is_no_room_the_last_of_them_first) {
    show_words(37);
    show_words(33);
    show_words(31);
}

TEST(what_lines_are_about_is_whole_though_it_is_long) {
    struct lab_style style = {.width = 24};
    struct lab_grid grid;
    struct lab_text out = {0};
    lab_grid_init(&grid, "~claim|~held|>measured");
    lab_text_put(lab_grid_cell(&grid), "order \"one closes\" \"two closes\"");
    lab_text_put(lab_grid_cell(&grid), "holds in all that were tried");
    lab_text_put(lab_grid_cell(&grid), "3");
    lab_grid_put(&grid, &out, &style);
    const char *begin = "order \"one closes\"\n    \"two closes\"\n";
    CHECK_INT(strncmp(lab_text_string(&out), begin, strlen(begin)), 0);
    lab_text_free(&out);
}

TEST(a_cell_that_takes_the_rest_of_a_row_has_a_label_where_all_are_lines) {
    show_words(30);
}

// As the table of times has it; the last row has failed.
static void show_law(int width) {
    struct lab_style style = {.width = width, .ascii = true};
    struct lab_grid grid;
    struct lab_text out = {0};
    lab_grid_init(&grid, "~variant|=law|<predicted|>measured|<ratio|+held");
    lab_text_put(lab_grid_cell(&grid), "together");
    lab_text_put(lab_grid_cell(&grid), "ceil(jobs / workers) * job");
    lab_grid_cell(&grid);
    lab_grid_time(&grid, LAB_S);
    lab_grid_cell(&grid);
    lab_grid_time(&grid, 2 * LAB_S);
    lab_text_put(lab_grid_cell(&grid), "2.00");
    lab_grid_held(&grid, false);
    lab_text_put(lab_grid_cell(&grid), "in_turn");
    lab_text_put(lab_grid_cell(&grid), "jobs * job");
    lab_text_put(lab_grid_rest(&grid, LAB_COLOR_BAD, "failed"), "no such file");
    lab_grid_put(&grid, &out, &style);
    show(&out, width);
    lab_text_free(&out);
}

TEST(a_formula_then_a_ratio_go_below_a_row_that_has_no_room) {
    show_law(57);
    show_law(56);
    show_law(42);
    show_law(35);
    show_law(34);
    show_law(23);
}

TEST(the_last_figures_go_below_a_row_but_not_whether_it_held) {
    struct lab_style style = {.width = 30, .ascii = true};
    struct lab_grid grid;
    struct lab_text out = {0};
    lab_grid_init(&grid, "value|>time|>peak|>count|+held");
    for (int i = 0; i < 2; i++) {
        lab_text_put(lab_grid_cell(&grid), "delay=10");
        lab_text_put(lab_grid_cell(&grid), "50.0 ms");
        lab_text_put(lab_grid_cell(&grid), "3");
        lab_text_put(lab_grid_cell(&grid), "12");
        lab_grid_held(&grid, i == 0);
    }
    lab_grid_put(&grid, &out, &style);
    show(&out, 30);
    lab_text_free(&out);
}
