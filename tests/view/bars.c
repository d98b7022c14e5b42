#include "records.h"
#include "view/view.h"

// clang-format off: what is seen stands whole on its line.
TEST(bars_02) {
    CHECK_VIEW(lab_view_bars, comparison_02(), &style_80,
               "time\n"
               "blocking  "
               "██████████████████████████████████████████████████████████████ "
               "1.500 s\n"
               "timer     "
               "██████████████████████████████████████████████████████████████ "
               "1.500 s\n"
               "\n"
               "longest gap between beats\n"
               "blocking  "
               "█████████████████████████████████████████████████████████████ "
               "1.050 s\n"
               "timer     █████▊ 100.0 ms\n");
}

TEST(bars_03) {
    CHECK_VIEW(lab_view_bars, comparison_03(), &style_80,
               "in_turn   "
               "██████████████████████████████████████████████████████████████ "
               "5.000 s\n"
               "together  ████████████▍ 1.000 s\n");
    CHECK_VIEW(lab_view_bars, comparison_03(), &style_80_ascii,
               "in_turn   "
               "############################################################## "
               "5.000 s\n"
               "together  ############ 1.000 s\n");
}

TEST(bars_04) {
    CHECK_VIEW(lab_view_bars, comparison_04(), &style_80,
               "time\n"
               "pool_2  "
               "███████████████████████████████████████████████████████████████"
               " 400.0 ms\n"
               "pool_4  ███████████████████████████████▌ 200.0 ms\n"
               "\n"
               "longest gap between beats\n"
               "pool_2  "
               "███████████████████████████████████████████████████████████████"
               "█ 50.0 ms\n"
               "pool_4  "
               "███████████████████████████████████████████████████████████████"
               "█ 50.0 ms\n");
    CHECK_VIEW(lab_view_bars, comparison_04(), &style_80_ascii,
               "time\n"
               "pool_2  "
               "###############################################################"
               " 400.0 ms\n"
               "pool_4  ################################ 200.0 ms\n"
               "\n"
               "longest gap between beats\n"
               "pool_2  "
               "###############################################################"
               "# 50.0 ms\n"
               "pool_4  "
               "###############################################################"
               "# 50.0 ms\n");
}
// clang-format on

// Demo 03, whose first variant should take [predicted] and does not.
static struct lab_comparison comparison_off(lab_time predicted) {
    struct lab_comparison comparison = comparison_03();
    comparison.runs[0]->time.predicted = predicted;
    comparison.runs[0]->time.held = false;
    return comparison;
}

TEST(a_law_that_did_not_hold_is_marked_in_the_bar_or_beyond_it) {
    struct lab_style style = {.width = 60, .ascii = true};
    CHECK_VIEW(lab_view_bars, comparison_off(2 * LAB_S), &style,
               "in_turn   ##########|################ 5.000 s (law: 2.000 s)\n"
               "together  ##### 1.000 s\n");
    CHECK_VIEW(lab_view_bars, comparison_off(10 * LAB_S), &style,
               "in_turn   ##############            | 5.000 s (law: 10.00 s)\n"
               "together  ### 1.000 s\n");
}

TEST(a_part_of_a_cell_stands_before_a_mark_beyond_it) {
    struct lab_style style = {.width = 41};
    CHECK_VIEW(lab_view_bars, comparison_off(10 * LAB_S), &style,
               "in_turn   ██████▌     ┃ 5.000 s (10.00 s)\n"
               "together  █▎ 1.000 s\n");
}

TEST(the_longest_time_there_is_fits_the_smallest_screen) {
    struct lab_style style = {.width = 20};
    struct lab_comparison comparison = comparison_03();
    comparison.runs[0]->time.measured = INT64_MAX;
    CHECK_VIEW(lab_view_bars, comparison, &style,
               "in_…  █ 9223372037 s\n"
               "tog…  █ 1.000 s\n");
}

TEST(what_took_any_time_has_a_bar) {
    struct lab_style style = {.width = 60, .ascii = true};
    struct lab_comparison comparison = comparison_03();
    comparison.runs[1]->time.measured = 1;
    char *text = seen(lab_view_bars, comparison, &style);
    CHECK(strstr(text, "together  # 1 ns\n"));
    lab_free(text);
}

TEST(what_took_no_time_has_none) {
    struct lab_style style = {.width = 60, .ascii = true};
    struct lab_comparison comparison = comparison_03();
    comparison.runs[0]->time.measured = 0;
    comparison.runs[1]->time.measured = 0;
    CHECK_VIEW(lab_view_bars, comparison, &style,
               "in_turn   0 s\ntogether  0 s\n");
}

TEST(a_variant_that_failed_has_its_error_for_a_bar) {
    struct lab_comparison comparison = comparison_03();
    comparison.runs[1]->rc = LAB_ECANCELED;
    char *text = seen(lab_view_bars, comparison, &style_80);
    struct lab_text line = {0};
    lab_text_printf(&line, "together  %s\n", lab_error_text(LAB_ECANCELED));
    CHECK(strstr(text, lab_text_string(&line)));
    lab_text_free(&line);
    lab_free(text);
}
