// timeline.c - who ran, waited, blocked and queued, and when.
//
//     together  1.000 s  spawn all, gather            the heading
//                 0      0.2 s     0.4 s  ...         the axis
//                 ├────────┼─────────┼──────
//     loop        ●·······················●           lanes: the loop's,
//     together    ●───────────────────────●           one a task, one a
//     a.txt       ●───────────────────────●           worker
//
// All variants stand on one time scale, so that a shorter run is shorter to
// the eye. One that would shrink to a few cells is stretched, and says so. With
// axis=turns a column is a turn of the loop, for what happens at one time.

#include "base/alloc.h"
#include "view/chart.h"
#include "view/intervals.h"
#include "view/line.h"
#include "view/picture.h"
#include "view/share.h"
#include "view/window.h"

enum { TINY = 3 }; // a run of fewer cells is stretched

static void draw_gap(struct lab_picture *picture,
                     const struct lab_chart_gap *drawn) {
    const struct lab_axis *axis = &picture->axis;
    const struct lab_gap *gap = &drawn->gap;
    if (gap->to > gap->from && gap->to > axis->from &&
        gap->from <= axis->from + axis->scale)
        lab_picture_bracket(picture, gap->from, gap->to, drawn->text);
}

// Draws the lanes of [run], with [gap] under the lane that it belongs to, or
// below all lanes if that one is not drawn.
static void draw_lanes(struct lab_picture *picture,
                       const struct lab_chart_run *run,
                       const struct lab_chart_gap *gap) {
    for (size_t i = 0; i <= run->count; i++) {
        if (i == run->workers_from)
            lab_window_more(picture->out, picture->style, run->more_tasks, 0,
                            "tasks");
        if (i == run->gauges_from)
            lab_window_more(picture->out, picture->style, run->more_workers, 0,
                            "workers");
        if (i < run->count)
            lab_chart_put(picture, &run->rows[i]);
        if (i == gap->row)
            draw_gap(picture, gap);
    }
    lab_window_put_folded(picture->out, picture->style, &run->lanes);
}

// Appends [text] as a remark on what is drawn.
static void remark(struct lab_picture *picture, const char *text) {
    lab_line_wrap(picture->out, picture->style, LAB_COLOR_DIM, 0, text);
}

// Sets the scale of a run that ends at [end] beside others, the longest of
// which takes [scale], and puts what stands above its lanes.
static void draw_head(struct lab_picture *picture, const struct lab_run *run,
                      lab_time end, lab_time scale) {
    struct lab_window window = lab_window_of(picture->style, scale);
    if (picture->style->in_turns)
        lab_picture_turns(picture, scale);
    else
        lab_picture_between(picture, window.from, window.to);
    bool whole = window.from == 0 && window.to == scale;
    bool stretched = whole && !picture->style->in_turns && end > 0 &&
                     end < scale && lab_axis_cell(&picture->axis, end) < TINY;
    if (stretched)
        lab_picture_scale(picture, end);
    lab_window_head(picture->out, picture->style, run);
    if (stretched)
        remark(picture, "(too short for the common scale: stretched)");
    if (window.from > end)
        remark(picture, "(over before what is shown here begins)");
    lab_axis_put(picture->out, picture->style, &picture->axis, picture->margin);
}

static void draw_variant(struct lab_picture *picture,
                         const struct lab_comparison *comparison, size_t index,
                         const struct lab_chart *chart) {
    if (lab_run_skipped(comparison->runs[index])) {
        lab_window_head(picture->out, picture->style, comparison->runs[index]);
        return;
    }
    const struct lab_chart_run *run = &chart->runs[index];
    const struct lab_record *record = comparison->runs[index]->record;
    struct lab_window window = lab_window_of(picture->style, run->lanes.end);
    struct lab_chart_gap gap = {0};
    if (!picture->style->in_turns)
        gap = lab_chart_gap(run, comparison, record);
    draw_head(picture, comparison->runs[index], run->lanes.end, chart->scale);
    draw_lanes(picture, run, &gap);
    lab_free(gap.text);
    if (picture->style->in_turns)
        lab_picture_times(picture, &run->lanes.turns);
    else
        lab_share_put(picture->out, picture->style, &run->lanes, &window);
    lab_window_left_out(picture->out, picture->style, record);
}

void lab_view_timeline(struct lab_text *out,
                       const struct lab_comparison *comparison,
                       const struct lab_style *style) {
    enum { NARROW = 60 }; // where most names would be cut
    const char *mark = comparison->mark;
    struct lab_picture picture;
    struct lab_chart chart;
    lab_chart_read(&chart, comparison, style, 0);
    if (style->plain) {
        lab_intervals_put(out, style, comparison, &chart);
        lab_chart_free(&chart);
        return;
    }
    lab_picture_init(&picture, out, style,
                     lab_chart_margin(&chart, style->width), chart.values);
    picture.above = style->width < NARROW;
    for (size_t i = 0; i < chart.count; i++) {
        lab_text_put(out, i ? "\n" : "");
        draw_variant(&picture, comparison, i, &chart);
    }
    lab_picture_end(&picture, mark ? mark : "mark");
    lab_picture_term(&picture);
    lab_chart_free(&chart);
}
