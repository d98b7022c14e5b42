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
// the eye. One that would shrink to a few cells is stretched, and says so.

#include "base/alloc.h"
#include "view/line.h"
#include "view/picture.h"
#include "view/share.h"
#include "view/window.h"

enum {
    MANY = 40,  // with more lanes of a kind than this,
    SHOWN = 30, // so many are drawn
    TINY = 3,   // a run shorter than so many cells is stretched
    LEAST_MARGIN = 5,
    MOST_MARGIN = 32,
};

// A comparison as it is drawn.
struct chart {
    struct lab_picture picture;
    const struct lab_comparison *comparison;
    struct lab_lanes *lanes; // of each run
    size_t count;
    lab_time scale; // the longest of the runs
};

static size_t asked(const struct lab_style *style,
                    const struct lab_lane_list *list, char kind) {
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++)
        count += lab_window_shows(style, kind, &list->lanes[i]);
    return count;
}

static size_t shown(size_t count) {
    return count > MANY ? SHOWN : count;
}

static int widest(const struct lab_style *style,
                  const struct lab_lane_list *list, char kind, int columns) {
    size_t left = shown(asked(style, list, kind));
    for (size_t i = 0; left > 0; i++) {
        if (!lab_window_shows(style, kind, &list->lanes[i]))
            continue;
        int width = lab_line_columns(list->lanes[i].name);
        columns = width > columns ? width : columns;
        left--;
    }
    return columns;
}

// How many columns names get: what they need, and at most a quarter.
static int margin_for(const struct chart *chart,
                      const struct lab_style *style) {
    int columns = LEAST_MARGIN, width = style->width;
    for (size_t i = 0; i < chart->count; i++) {
        columns = widest(style, &chart->lanes[i].tasks, 't', columns);
        columns = widest(style, &chart->lanes[i].workers, 'w', columns);
    }
    int most = width / 4 < MOST_MARGIN ? width / 4 : MOST_MARGIN;
    columns = columns < most ? columns : most;
    return columns + (width < 40 ? 1 : 2);
}

static void draw_gap(struct lab_picture *picture,
                     const struct lab_comparison *of,
                     const struct lab_gap *gap) {
    struct lab_text text = {0};
    const struct lab_axis *axis = &picture->axis;
    if (gap->to <= axis->from || gap->from > axis->from + axis->scale)
        return;
    lab_text_printf(&text, "%s: ", of->gap_text ? of->gap_text : "longest gap");
    lab_line_time(&text, gap->to - gap->from);
    lab_picture_bracket(picture, gap->from, gap->to, lab_text_string(&text));
    lab_text_free(&text);
}

// Draws the lanes of [list]; returns whether that of number [marked] is there,
// which then has the [gap] under it.
static bool draw_list(struct chart *chart, const struct lab_lane_list *list,
                      char kind, const struct lab_gap *gap, uint32_t marked) {
    const struct lab_style *style = chart->picture.style;
    size_t all = asked(style, list, kind), left = shown(all);
    bool drawn = false;
    for (size_t i = 0; left > 0; i++) {
        const struct lab_lane *lane = &list->lanes[i];
        if (!lab_window_shows(style, kind, lane))
            continue;
        left--;
        lab_picture_lane(&chart->picture, lane);
        if (gap->to > gap->from && lane->number == marked) {
            draw_gap(&chart->picture, chart->comparison, gap);
            drawn = true;
        }
    }
    lab_window_more(chart->picture.out, style, all, shown(all),
                    kind == 't' ? "tasks" : "workers");
    return drawn;
}

// Appends [text] as a remark on what is drawn.
static void remark(struct lab_picture *picture, const char *text) {
    lab_line_wrap(picture->out, picture->style, LAB_COLOR_DIM, 0, text);
}

// Sets the scale and puts what stands above the lanes.
static void draw_head(struct chart *chart, size_t index) {
    struct lab_picture *picture = &chart->picture;
    lab_time end = chart->lanes[index].end;
    struct lab_window window = lab_window_of(picture->style, chart->scale);
    lab_picture_between(picture, window.from, window.to);
    bool whole = window.from == 0 && window.to == chart->scale;
    bool stretched = whole && end > 0 && end < chart->scale &&
                     lab_axis_cell(&picture->axis, end) < TINY;
    if (stretched)
        lab_picture_scale(picture, end);
    lab_window_head(picture->out, picture->style,
                    chart->comparison->runs[index]);
    if (stretched)
        remark(picture, "(too short for the common scale: stretched)");
    if (window.from > end)
        remark(picture, "(over before what is shown here begins)");
    lab_axis_put(picture->out, picture->style, &picture->axis, picture->margin);
}

// The line below the lanes, with the figures that they add up to.
static void draw_sums(struct chart *chart, size_t index) {
    const struct lab_lanes *lanes = &chart->lanes[index];
    const struct lab_style *style = chart->picture.style;
    struct lab_window window = lab_window_of(style, lanes->end);
    lab_share_put(chart->picture.out, style, lanes, &window);
    lab_window_left_out(chart->picture.out, style, lanes->state->record);
}

static void draw_variant(struct chart *chart, size_t index) {
    const struct lab_lanes *lanes = &chart->lanes[index];
    struct lab_gap gap = {0};
    if (chart->comparison->mark)
        gap = lab_record_gap(chart->comparison->runs[index]->record,
                             chart->comparison->mark);
    draw_head(chart, index);
    if (lab_window_names(chart->picture.style, 'l', &lanes->loop))
        lab_picture_lane(&chart->picture, &lanes->loop);
    bool drawn =
        draw_list(chart, &lanes->tasks, 't', &gap, gap.worker ? 0 : gap.task);
    drawn |= draw_list(chart, &lanes->workers, 'w', &gap, gap.worker);
    if (gap.to > gap.from && !drawn) // nobody's, or of a lane left out
        draw_gap(&chart->picture, chart->comparison, &gap);
    draw_sums(chart, index);
}

void lab_view_timeline(struct lab_text *out,
                       const struct lab_comparison *comparison,
                       const struct lab_style *style) {
    struct chart *chart = lab_alloc(sizeof *chart);
    chart->comparison = comparison;
    chart->count = comparison->count;
    chart->lanes = lab_alloc(chart->count * sizeof *chart->lanes);
    for (size_t i = 0; i < chart->count; i++) {
        struct lab_lanes *lanes = &chart->lanes[i];
        lab_lanes_read(lanes, comparison->runs[i]->record);
        chart->scale = lanes->end > chart->scale ? lanes->end : chart->scale;
    }
    lab_picture_init(&chart->picture, out, style, margin_for(chart, style));
    for (size_t i = 0; i < chart->count; i++) {
        draw_variant(chart, i);
        lab_text_put(out, "\n");
        lab_lanes_free(&chart->lanes[i]);
    }
    lab_picture_legend(&chart->picture, chart->comparison->mark
                                            ? chart->comparison->mark
                                            : "mark");
    lab_picture_term(&chart->picture);
    lab_free(chart->lanes);
    lab_free(chart);
}
