#include "records.h"
#include "view/view.h"

// Demo 03 under the real clock: one law held roughly, one did not.
static struct lab_comparison comparison_late(void) {
    struct lab_comparison comparison = comparison_03();
    comparison.clock = LAB_CLOCK_REAL;
    comparison.runs[0]->time.measured += 3 * LAB_MS;
    comparison.runs[1]->time.measured += 53200 * LAB_US;
    comparison.runs[1]->time.held = false;
    return comparison;
}

TEST(a_law_that_did_not_hold_says_by_how_much) {
    show_view("", lab_view_table, comparison_late(), &style_80);
}

TEST(less_than_predicted_is_under) {
    struct lab_comparison comparison = comparison_late();
    comparison.runs[1]->time.measured = 900 * LAB_MS;
    char *text = seen(lab_view_table, comparison, &style_80);
    CHECK(strstr(text, "0.900 s   0.90  no, 0.100 s under\n"));
    lab_free(text);
}

// The second variant failed.
static struct lab_comparison comparison_failed(void) {
    struct lab_comparison comparison = comparison_02();
    comparison.runs[1]->rc = LAB_ECANCELED;
    return comparison;
}

TEST(an_error_stands_where_the_measure_would) {
    char *text = seen(lab_view_table, comparison_failed(), &style_80);
    struct lab_text line = {0};
    lab_text_printf(&line, "timer     nap + 4.2 * beat    1.420 s  %s\n",
                    lab_error_text(LAB_ECANCELED));
    CHECK(strstr(text, lab_text_string(&line)));
    CHECK(!strstr(text, "take"));
    lab_text_free(&line);
    lab_free(text);
}

// The second variant was skipped.
static struct lab_comparison comparison_skipped(void) {
    struct lab_comparison comparison = comparison_02();
    struct lab_event event = {.kind = LAB_EVENT_SAY, .task = 1};
    lab_record_add(comparison.runs[1]->record, event, "skipped: nobody talks");
    comparison.runs[1]->rc = LAB_ESKIPPED;
    return comparison;
}

TEST(the_reason_for_skipping_stands_where_the_measure_would) {
    lab_view_fn *const views[] = {lab_view_table, lab_view_bars, lab_view_json};
    static const char *const lines[] = {
        "timer     nap + 4.2 * beat    1.420 s  skipped: nobody talks\n",
        "timer     skipped: nobody talks\n", "\"skipped\":\"nobody talks\""};
    for (size_t i = 0; i < countof(views); i++) {
        char *text = seen(views[i], comparison_skipped(), &style_80);
        CHECK(strstr(text, lines[i]));
        CHECK(!strstr(text, "times as fast"));
        lab_free(text);
    }
}

// No lanes, no "failed", no "There was no pool": it did nothing.
TEST(of_a_variant_that_was_skipped_only_that_is_shown) {
    static const struct lab_style plain = {.width = 80, .plain = true};
    lab_view_fn *const views[] = {lab_view_timeline, lab_view_story,
                                  lab_view_tree,     lab_view_turns,
                                  lab_view_busy,     lab_view_pool,
                                  lab_view_warnings, lab_view_timeline};
    for (size_t i = 0; i < countof(views); i++) {
        char *text = seen(views[i], comparison_skipped(),
                          i + 1 < countof(views) ? &style_80 : &plain);
        static const char said[] = "skipped: nobody talks\n";
        const char *at = strstr(text, said);
        CHECK(at);
        if (at) // a legend may come after an empty line
            CHECK(at[strlen(said)] == '\0' || at[strlen(said)] == '\n');
        CHECK(!strstr(text, "failed"));
        CHECK(strlen(text) < 2 || strcmp(text + strlen(text) - 2, "\n\n") != 0);
        lab_free(text);
    }
}

TEST(without_a_law_there_is_nothing_to_hold) {
    struct lab_comparison comparison = comparison_03();
    lab_free(comparison.runs[0]->time.law);
    comparison.runs[0]->time.law = NULL;
    char *text = seen(lab_view_table, comparison, &style_80);
    CHECK(strstr(text, "in_turn   -              -   5.000 s      -  -\n"));
    lab_free(text);
}

TEST(where_no_variant_has_a_law_there_are_only_measures) {
    struct lab_comparison comparison = comparison_03();
    for (size_t i = 0; i < comparison.count; i++) {
        lab_free(comparison.runs[i]->time.law);
        comparison.runs[i]->time.law = NULL;
    }
    char *text = seen(lab_view_table, comparison, &style_80);
    CHECK(strncmp(text,
                  "variant   measured\n"
                  "────────  ────────\n"
                  "in_turn    5.000 s\n"
                  "together   1.000 s\n",
                  80) == 0);
    CHECK(!strstr(text, "held"));
    lab_free(text);
}

TEST(a_prediction_of_nothing_has_no_ratio) {
    struct lab_comparison comparison = comparison_03();
    comparison.runs[0]->time.predicted = 0;
    comparison.runs[0]->time.held = false;
    comparison.runs[1]->time.predicted = 0;
    comparison.runs[1]->time.measured = 0;
    char *text = seen(lab_view_table, comparison, &style_80);
    CHECK(strstr(text, "0 s   5.000 s      -  no, 5.000 s over\n"));
    CHECK(strstr(text, "0 s       0 s   1.00  yes\n"));
    lab_free(text);
}

TEST(a_long_law_continues_on_the_next_line) {
    struct lab_style style = {.width = 60};
    show_view("", lab_view_table, comparison_04(), &style);
}

TEST(a_long_name_gives_way_next) {
    static const struct lab_demo demo = {
        .name = "long",
        .variants = {
            {.name = "a_very_long_variant", .takes = "a + b + c + d"}}};
    struct lab_comparison comparison = comparison_of(1, &demo);
    struct lab_style style = {.width = 60, .ascii = true};
    add_result(&comparison, 0, record_in_turn());
    show_view("", lab_view_table, comparison, &style);
}

TEST(a_long_error_continues_below_where_it_began) {
    struct lab_style style = {.width = 56};
    struct lab_comparison comparison = comparison_failed();
    comparison.runs[1]->rc = LAB_EDEADLK;
    show_view("", lab_view_table, comparison, &style);
}

TEST(an_error_of_many_lines_is_cut_at_the_edge) {
    struct lab_style style = {.width = 56};
    struct lab_comparison comparison = comparison_02();
    struct lab_event event = {
        .kind = LAB_EVENT_END, .task = 1, .value = LAB_ECANCELED};
    struct lab_text reason = {0};
    lab_text_repeat(&reason, "a long reason ", 10);
    lab_record_add(comparison.runs[1]->record, event, lab_text_string(&reason));
    comparison.runs[1]->rc = LAB_ECANCELED;
    char *text = seen(lab_view_table, comparison, &style);
    CHECK(strstr(text, "\u2026\n"));
    CHECK(lines_fit(text, 56));
    lab_text_free(&reason);
    lab_free(text);
}

TEST(a_narrow_screen_has_lines_for_columns) {
    struct lab_style style = {.width = 20};
    show_view("", lab_view_table, comparison_late(), &style);
}

TEST(a_narrow_screen_has_room_for_an_error) {
    struct lab_style style = {.width = 30};
    char *text = seen(lab_view_table, comparison_failed(), &style);
    struct lab_text line = {0};
    lab_text_printf(&line, "; predicted\n    1.420 s\n  failed: %s\n",
                    lab_error_text(LAB_ECANCELED));
    CHECK(strstr(text, lab_text_string(&line)));
    lab_free(text);
    style.width = 20;
    text = seen(lab_view_table, comparison_failed(), &style);
    lab_text_clear(&line);
    lab_text_printf(&line, " predicted: 1.420 s\n failed: %s\n",
                    lab_error_text(LAB_ECANCELED));
    CHECK(strstr(text, lab_text_string(&line)));
    lab_text_free(&line);
    lab_free(text);
}

TEST(an_empty_comparison_has_no_table) {
    char *text = seen(lab_view_table, (struct lab_comparison){.number = 3},
                      &style_80_ascii);
    CHECK_STR(text, "");
    lab_free(text);
}
