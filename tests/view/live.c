#include "view/live.h"

#include "runs.h"

static const char *drawn(struct lab_comparison *comparison, lab_time now,
                         int rows) {
    static char text[8000];
    const struct lab_style style = {.width = 60, .ascii = true};
    struct lab_text out = {0};
    lab_view_live(&out, comparison, &style, now, rows);
    memccpy(text, lab_text_string(&out), 0, sizeof text - 1);
    lab_text_free(&out);
    return text;
}

static int rows_of(const char *text) {
    int rows = 0;
    for (; *text; text++)
        rows += *text == '\n';
    return rows;
}

// A run that ended after its third event: two seconds of a nap of five.
static struct lab_comparison half_a_run(void) {
    struct lab_record *record = lab_record_new();
    ADD(record, SPAWN, 0, 1, "in_turn");
    ADD(record, RUN, 0, 1, NULL);
    add_on(record, LAB_EVENT_WAIT, 0, 1, LAB_ON_SLEEP);
    struct lab_comparison comparison = demo_with(3, "in_turn", record);
    comparison.runs[0]->time.predicted = 5 * LAB_S;
    comparison.expected = 5 * LAB_S;
    return comparison;
}

TEST(a_run_that_goes_on_is_drawn_up_to_now_on_the_scale_of_its_law) {
    struct lab_comparison comparison = half_a_run();
    picture_show("", drawn(&comparison, 2 * LAB_S, 10));
    lab_comparison_free(&comparison);
}

TEST(a_narrow_live_timeline_says_the_whole_of_how_a_run_goes_about_it) {
    struct lab_comparison comparison = half_a_run();
    const struct lab_style style = {.width = 40};
    struct lab_text out = {0};
    lab_view_live(&out, &comparison, &style, 2 * LAB_S, 10);
    CHECK(strstr(lab_text_string(&out),
                 "in_turn  2.000 s of 5.000 s\n  call each, wait for it\n"));
    lab_text_free(&out);
    lab_comparison_free(&comparison);
}

TEST(a_live_timeline_keeps_to_the_rows_there_are) {
    struct lab_comparison comparison = comparison_04();
    for (int rows = 6; rows < 40; rows++)
        CHECK(rows_of(drawn(&comparison, LAB_S, rows)) <= rows);
    lab_comparison_free(&comparison);
}

TEST(a_run_that_takes_longer_than_its_law_makes_the_scale_longer) {
    struct lab_comparison comparison = half_a_run();
    CHECK(strstr(drawn(&comparison, 7 * LAB_S, 10), "in_turn  7.000 s  call") !=
          NULL);
    lab_comparison_free(&comparison);
}

TEST(a_run_is_drawn_on_the_scale_of_those_to_come) {
    struct lab_comparison comparison = half_a_run();
    comparison.expected = 60 * LAB_S;
    CHECK(strstr(drawn(&comparison, 2 * LAB_S, 10), " of 5.000 s  call"));
    CHECK(strstr(drawn(&comparison, 2 * LAB_S, 10), "60 s\n"));
    lab_comparison_free(&comparison);
}

// Where the line begins that [at], in [text], is in.
static const char *line_of(const char *text, const char *at) {
    while (at > text && at[-1] != '\n')
        at--;
    return at;
}

// Appends the axis that follows the line of [text] that begins with [head]: its
// scale, and the figures above it.
static void put_axis(struct lab_text *out, const char *text, const char *head) {
    const char *at = strstr(text, head);
    const char *scale = at ? strstr(at, "├") : NULL;
    const char *none = at ? strstr(at, "(too short") : NULL;
    if (!scale || (none && none < scale))
        return;
    const char *line = line_of(text, scale);
    const char *end = line + strcspn(line, "\n");
    line = line_of(text, line - 1);
    lab_text_write(out, line, (size_t)(end - line));
}

// When a comparison has run, its last live picture has the axis of the timeline
// that takes its place, to the cell.
static void check_axis(const struct lab_comparison *comparison,
                       const struct lab_run *run) {
    static const struct lab_style styles[] = {
        {.width = 80}, {.width = 36}, {.width = 80, .from = 1}};
    // One that was skipped is a sentence in the end.
    if (run != comparison->runs[comparison->count - 1] || lab_run_skipped(run))
        return;
    for (size_t i = 0; i < countof(styles); i++) {
        struct lab_text live = {0}, final = {0}, is = {0}, should = {0};
        char head[80];
        snprintf(head, sizeof head, "%s  ", run->name);
        lab_view_live(&live, comparison, &styles[i],
                      lab_record_end(run->record), 50);
        lab_view_timeline(&final, comparison, &styles[i]);
        put_axis(&is, lab_text_string(&live), head);
        put_axis(&should, lab_text_string(&final), head);
        // Beside longer ones a short run may have no axis in the end.
        if (CHECK(is.length > 0) && should.length > 0)
            CHECK_STR(lab_text_string(&is), lab_text_string(&should));
        lab_text_free(&live);
        lab_text_free(&final);
        lab_text_free(&is);
        lab_text_free(&should);
    }
}

TEST(the_last_live_picture_has_the_axis_of_the_timeline) {
    with_runs(check_axis);
}
