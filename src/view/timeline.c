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

#include "core/error.h"
#include "view/line.h"
#include "view/picture.h"
#include "view/view.h"

enum {
    MANY = 40,  // with more lanes of a kind than this,
    SHOWN = 30, // so many are drawn
    TINY = 3,   // a run shorter than so many cells is stretched
    LEAST_MARGIN = 5,
    MOST_MARGIN = 32,
};

static size_t shown(const struct lab_lane_list *list) {
    return list->count > MANY ? SHOWN : list->count;
}

static int widest(const struct lab_lane_list *list, int columns) {
    for (size_t i = 0; i < shown(list); i++) {
        int width = lab_line_columns(list->lanes[i].name);
        columns = width > columns ? width : columns;
    }
    return columns;
}

// How many columns names get: what they need, and at most a quarter.
static int margin_for(const struct lab_lanes *lanes, size_t count, int width) {
    int columns = LEAST_MARGIN;
    for (size_t i = 0; i < count; i++) {
        columns = widest(&lanes[i].tasks, columns);
        columns = widest(&lanes[i].workers, columns);
    }
    int most = width / 4 < MOST_MARGIN ? width / 4 : MOST_MARGIN;
    columns = columns < most ? columns : most;
    return columns + (width < 40 ? 1 : 2);
}

// The name, the time and how it goes about it, in one line; below, what has
// to be known to read the lanes.
static void draw_heading(struct lab_picture *picture,
                         const struct lab_result *result, bool stretched) {
    const struct lab_style *style = picture->style;
    struct lab_text time = {0};
    lab_line_time(&time, result->time.measured);
    int most = style->width - (int)time.length - 2;
    int used = lab_line_columns(result->variant->name);
    used = used < most ? used : most;
    lab_view_color(picture->out, style, LAB_COLOR_HEAD);
    lab_line_put(picture->out, style, result->variant->name, used);
    lab_text_printf(picture->out, "  %s", lab_text_string(&time));
    lab_view_color(picture->out, style, LAB_COLOR_NONE);
    used += 2 + (int)time.length;
    lab_text_free(&time);

    const char *text = result->variant->text;
    if (text && *text && style->width - used > 10) {
        lab_text_put(picture->out, "  ");
        lab_view_color(picture->out, style, LAB_COLOR_DIM);
        lab_line_put(picture->out, style, text, style->width - used - 2);
        lab_view_color(picture->out, style, LAB_COLOR_NONE);
    }
    lab_text_put(picture->out, "\n");
    if (result->rc < 0)
        lab_line_wrap(picture->out, style, LAB_COLOR_BAD, 0,
                      lab_error_text(result->rc));
    if (stretched)
        lab_line_wrap(picture->out, style, LAB_COLOR_DIM, 0,
                      "(too short for the common scale: stretched)");
}

static void draw_gap(struct lab_picture *picture, const struct lab_demo *demo,
                     const struct lab_lanes_gap *gap) {
    struct lab_text text = {0};
    lab_text_printf(&text,
                    "%s: ", demo->gap_text ? demo->gap_text : "longest gap");
    lab_line_time(&text, gap->to - gap->from);
    lab_picture_bracket(picture, gap->from, gap->to, lab_text_string(&text));
    lab_text_free(&text);
}

// Draws the lanes of [list]; returns whether that of number [marked] is there,
// which then has the [gap] under it.
static bool draw_list(struct lab_picture *picture,
                      const struct lab_lane_list *list, const char *kind,
                      const struct lab_demo *demo,
                      const struct lab_lanes_gap *gap, uint32_t marked) {
    bool drawn = false;
    for (size_t i = 0; i < shown(list); i++) {
        lab_picture_lane(picture, &list->lanes[i]);
        if (gap->to > gap->from && list->lanes[i].number == marked) {
            draw_gap(picture, demo, gap);
            drawn = true;
        }
    }
    if (shown(list) < list->count) {
        struct lab_text text = {0};
        lab_text_printf(&text, "... and %zu %s more", list->count - shown(list),
                        kind);
        lab_line_wrap(picture->out, picture->style, LAB_COLOR_NONE, 0,
                      lab_text_string(&text));
        lab_text_free(&text);
    }
    return drawn;
}

static void draw_variant(struct lab_picture *picture,
                         const struct lab_result *result,
                         const struct lab_lanes *lanes, lab_time scale,
                         const struct lab_demo *demo) {
    lab_picture_scale(picture, scale);
    bool stretched = lanes->end > 0 && lanes->end < scale &&
                     lab_axis_cell(&picture->axis, lanes->end) < TINY;
    if (stretched)
        lab_picture_scale(picture, lanes->end);
    draw_heading(picture, result, stretched);
    lab_axis_put(picture->out, picture->style, &picture->axis, picture->margin);
    struct lab_lanes_gap gap = {0};
    if (demo->mark)
        gap = lab_lanes_find_gap(result->record, demo->mark);

    lab_picture_lane(picture, &lanes->loop);
    bool drawn = draw_list(picture, &lanes->tasks, "tasks", demo, &gap,
                           gap.worker ? 0 : gap.task);
    drawn |=
        draw_list(picture, &lanes->workers, "workers", demo, &gap, gap.worker);
    if (gap.to > gap.from && !drawn) // nobody's, or of a lane left out
        draw_gap(picture, demo, &gap);
}

void lab_view_timeline(struct lab_text *out,
                       const struct lab_comparison *comparison,
                       const struct lab_style *style) {
    const struct lab_demo *demo = comparison->settings.demo;
    struct lab_lanes lanes[LAB_DEMO_VARIANTS];
    lab_time scale = 0;
    for (size_t i = 0; i < comparison->count; i++) {
        lab_lanes_read(&lanes[i], comparison->results[i].record);
        scale = lanes[i].end > scale ? lanes[i].end : scale;
    }
    struct lab_picture picture;
    lab_picture_init(&picture, out, style,
                     margin_for(lanes, comparison->count, style->width));
    for (size_t i = 0; i < comparison->count; i++) {
        draw_variant(&picture, &comparison->results[i], &lanes[i], scale, demo);
        lab_text_put(out, "\n");
        lab_lanes_free(&lanes[i]);
    }
    lab_picture_legend(&picture, demo->mark ? demo->mark : "mark");
    lab_picture_term(&picture);
}
