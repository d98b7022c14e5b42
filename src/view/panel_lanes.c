// panel_lanes.c - the whole run as lanes, with a cursor above them.
//
//     1.000 s ━━━━━━━━●───────────────
//     loop    ●·······●·······●······●
//     a.txt   ●───────●

#include "view/line.h"
#include "view/live.h"
#include "view/panel_internal.h"

// As a ruler of the picture's cells, with the end of the run in the margin if
// there is room.
static void put_cursor(struct lab_picture *picture, lab_time now,
                       lab_time end) {
    struct lab_text *out = picture->out, time = {0};
    const struct lab_style *style = picture->style;
    int at = lab_axis_cell(&picture->axis, now);
    lab_line_time(&time, end);
    bool has_room = lab_line_columns(lab_text_string(&time)) < picture->margin;
    lab_line_left(out, style, has_room ? lab_text_string(&time) : "",
                  picture->margin);
    lab_text_repeat(out, style->ascii ? "=" : "━", at);
    lab_view_color(out, style, LAB_COLOR_HEAD);
    lab_text_put(out, style->ascii ? "O" : "●");
    lab_view_color(out, style, LAB_COLOR_NONE);
    lab_text_repeat(out, style->ascii ? "-" : "─",
                    picture->axis.cells - 1 - at);
    lab_text_put(out, "\n");
    lab_text_free(&time);
}

void lab_panel_lanes_free(struct lab_panel_lanes *lanes) {
    lab_chart_free(&lanes->chart);
    *lanes = (struct lab_panel_lanes){0};
}

static void read_lanes(struct lab_panel_lanes *lanes,
                       const struct lab_style *style,
                       const struct lab_snapshot *snapshot) {
    const struct lab_record *record = snapshot->state->record;
    struct lab_run run = *snapshot->run, *runs[] = {&run};
    struct lab_comparison one = *snapshot->comparison;
    size_t events = lab_record_count(record);
    if (lanes->record == record && lanes->events == events)
        return;
    one.runs = runs;
    one.count = 1;
    lab_panel_lanes_free(lanes);
    lab_chart_read(&lanes->chart, &one, style, 0);
    lanes->record = record;
    lanes->events = events;
}

bool lab_panel_lanes_put(struct lab_text *out, const struct lab_style *style,
                         const struct lab_snapshot *snapshot, int rows) {
    enum { LEAST = 2, LEAST_WIDTH = 40 }; // lanes below the cursor; columns
    const struct lab_state *state = snapshot->state;
    lab_time end = lab_record_end(state->record);
    struct lab_panel_lanes once = {0};
    struct lab_panel_lanes *lanes = snapshot->lanes ? snapshot->lanes : &once;
    const struct lab_chart *chart = &lanes->chart;
    struct lab_picture picture;
    if (rows <= LEAST || style->width < LEAST_WIDTH || end <= 0)
        return false;
    read_lanes(lanes, style, snapshot);
    lab_picture_init(&picture, out, style,
                     lab_chart_margin(chart, style->width), chart->values);
    lab_picture_between(&picture, 0, end);
    put_cursor(&picture, state->now, end);
    lab_view_live_lanes(&picture, &chart->runs[0], (size_t)rows - 1);
    lab_picture_term(&picture);
    lab_panel_lanes_free(&once);
    return true;
}
