#include "runs.h"
#include "view/view.h"

// Demo 03, whose first variant should take [predicted] and does not.
static struct lab_comparison comparison_off(lab_time predicted) {
    struct lab_comparison comparison = comparison_03();
    comparison.runs[0]->time.predicted = predicted;
    comparison.runs[0]->time.held = false;
    return comparison;
}

TEST(a_law_that_did_not_hold_is_marked_in_the_bar_or_beyond_it) {
    struct lab_style style = {.width = 60, .ascii = true};
    show_view("in the bar", lab_view_bars, comparison_off(2 * LAB_S), &style);
    show_view("beyond it", lab_view_bars, comparison_off(10 * LAB_S), &style);
}

TEST(a_part_of_a_cell_stands_before_a_mark_beyond_it) {
    struct lab_style style = {.width = 41};
    show_view("", lab_view_bars, comparison_off(10 * LAB_S), &style);
}

TEST(the_longest_time_there_is_fits_the_smallest_screen) {
    struct lab_style style = {.width = 20};
    struct lab_comparison comparison = comparison_03();
    comparison.runs[0]->time.measured = INT64_MAX;
    show_view("", lab_view_bars, comparison, &style);
}

TEST(what_took_any_time_has_a_bar) {
    struct lab_style style = {.width = 60, .ascii = true};
    struct lab_comparison comparison = comparison_03();
    comparison.runs[1]->time.measured = 1;
    char *text = seen(lab_view_bars, comparison, &style);
    CHECK(strstr(text, "together  # <0.000001 s\n"));
    lab_free(text);
}

TEST(what_took_no_time_has_none) {
    struct lab_style style = {.width = 60, .ascii = true};
    struct lab_comparison comparison = comparison_03();
    comparison.runs[0]->time.measured = 0;
    comparison.runs[1]->time.measured = 0;
    show_view("", lab_view_bars, comparison, &style);
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

TEST(an_error_that_is_longer_than_a_bar_goes_on_below_it) {
    struct lab_comparison comparison = comparison_03();
    static const struct lab_style narrow = {.width = 30};
    comparison.runs[1]->rc = LAB_EOUTSIDE;
    char *text = seen(lab_view_bars, comparison, &narrow);
    CHECK(strstr(text, "together  under the virtual\n          clock only\n"));
    CHECK(!strstr(text, "\u2026"));
    CHECK(lines_fit(text, 30));
    lab_free(text);
}

// A long bar of a gap is bad news, so it is never green.
TEST(a_gap_has_not_the_colour_of_what_runs) {
    static const struct lab_style color = {.width = 80, .color = true};
    char *text = seen(lab_view_bars, comparison_02(), &color);
    const char *gaps = strstr(text, "without a beat");
    CHECK(strstr(text, "38;5;28m"));
    CHECK(gaps && strstr(gaps, "\x1b[1m\u2588"));
    CHECK(gaps && !strstr(gaps, "38;5;28m"));
    lab_free(text);
}

// --- one scale

// The length of the bar in the line at *[at], which is then the next line's.
static int length_of_bar(const char **at) {
    int length = 0;
    for (; **at && **at != '\n'; ++*at)
        length += **at == '#';
    *at += **at == '\n';
    return length;
}

// Is [length] to [longest] as [time] is to [most]?
static void check_length(int length, int longest, lab_time time,
                         lab_time most) {
    double should = most ? (double)time / (double)most * longest : 0;
    double least = time > 0 && should < 1 ? 1 : should;
    CHECK((double)length > least - 1 && (double)length < least + 1);
}

// Whatever a bar is of: it is as long as its time, on one scale.
static void check_lengths(const struct lab_comparison *comparison) {
    struct lab_style style = {.width = 200, .ascii = true};
    struct lab_text out = {0};
    lab_view_bars(&out, comparison, &style);
    int lengths[64], longest = 0;
    lab_time times[64], most = 0;
    size_t n = 0;
    bool gaps = comparison->runs[0]->gap.law != NULL;
    const char *at = lab_text_string(&out);
    for (int gap = 0; gap <= gaps; gap++) {
        for (int head = 0; head < gaps + gap; head++)
            length_of_bar(&at); // a heading, and the line before the second
        for (size_t i = 0; i < comparison->count && n < 64; i++, n++) {
            const struct lab_run *run = comparison->runs[i];
            times[n] = gap ? run->gap.measured : run->time.measured;
            lengths[n] = length_of_bar(&at);
            longest = lengths[n] > longest ? lengths[n] : longest;
            most = times[n] > most ? times[n] : most;
        }
    }
    CHECK(!*at && n > 0);
    for (size_t i = 0; i < n; i++)
        check_length(lengths[i], longest, times[i], most);
    lab_text_free(&out);
}

static void check_all(const struct lab_comparison *comparison,
                      const struct lab_run *run) {
    if (run == comparison->runs[0])
        check_lengths(comparison);
}

TEST(a_bar_is_as_long_as_its_time_whatever_it_is_of) {
    with_runs(check_all);
}
