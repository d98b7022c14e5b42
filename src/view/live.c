#include "view/live.h"

#include "view/line.h"
#include "view/picture.h"
#include "view/window.h"

enum { HEAD = 3 }; // rows: heading, axis

static void put_heading(struct lab_text *out, const struct lab_style *style,
                        const struct lab_run *run, lab_time now) {
    struct lab_text line = {0};
    lab_text_printf(&line, "%s  ", run->name);
    lab_line_time(&line, now);
    if (run->time.law && run->time.predicted > now) {
        lab_text_put(&line, " of ");
        lab_line_time(&line, run->time.predicted);
    }
    if (run->text)
        lab_text_printf(&line, "  %s", run->text);
    lab_line_paint(out, style, LAB_COLOR_HEAD, lab_text_string(&line),
                   style->width);
    lab_text_put(out, "\n");
    lab_text_free(&line);
}

// Draws the lanes [from] up to before [to] of [run] and some [more] in [rows]
// rows. If there are more, the last row says so.
static void put_lanes(struct lab_picture *picture,
                      const struct lab_chart_run *run, size_t from, size_t to,
                      size_t more, size_t rows, const char *kind) {
    size_t all = to - from + more;
    size_t shown = all <= rows ? all : rows > 0 ? rows - 1 : 0;
    shown = shown < to - from ? shown : to - from;
    for (size_t i = from; i < from + shown; i++)
        lab_chart_put(picture, &run->rows[i]);
    if (rows > 0)
        lab_window_more(picture->out, picture->style, all, shown, kind);
}

void lab_view_live_lanes(struct lab_picture *picture,
                         const struct lab_chart_run *run, size_t rows) {
    size_t tasks = run->count > 0 && run->rows[0].lanes == &run->lanes.loop;
    size_t workers = run->gauges_from - run->workers_from + run->more_workers;
    size_t gauges = run->count - run->gauges_from;
    if (tasks)
        lab_chart_put(picture, &run->rows[0]);
    rows -= tasks && rows > 0;
    gauges = gauges < rows / 3 ? gauges : rows / 3;
    rows -= gauges;
    // Workers are few, and what the tasks wait for.
    workers = workers < rows / 2 ? workers : rows / 2;
    put_lanes(picture, run, tasks, run->workers_from, run->more_tasks,
              rows - workers, "tasks");
    put_lanes(picture, run, run->workers_from, run->gauges_from,
              run->more_workers, workers, "workers");
    for (size_t i = 0; i < gauges; i++)
        lab_chart_put(picture, &run->rows[run->gauges_from + i]);
}

void lab_view_live(struct lab_text *out,
                   const struct lab_comparison *comparison,
                   const struct lab_style *style, lab_time now, int rows) {
    struct lab_chart chart;
    struct lab_picture picture;
    lab_chart_read(&chart, comparison, style, now);
    if (comparison->expected > chart.scale)
        chart.scale = comparison->expected;
    struct lab_window window = lab_window_of(style, chart.scale);
    lab_picture_init(&picture, out, style,
                     lab_chart_margin(&chart, style->width), chart.values);
    lab_picture_between(&picture, window.from, window.to);
    put_heading(out, style, comparison->runs[chart.count - 1], now);
    lab_axis_put(out, style, &picture.axis, picture.margin);
    lab_view_live_lanes(&picture, &chart.runs[chart.count - 1],
                        rows > HEAD ? (size_t)(rows - HEAD) : 0);
    lab_picture_term(&picture);
    lab_chart_free(&chart);
}
