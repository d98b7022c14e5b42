#include "view/live.h"

#include "base/alloc.h"
#include "view/line.h"
#include "view/picture.h"
#include "view/window.h"

static void put_heading(struct lab_text *out, const struct lab_style *style,
                        const struct lab_run *run, lab_time now) {
    struct lab_text line = {0};
    lab_text_printf(&line, "%s  ", run->name);
    lab_line_time(&line, now);
    if (run->time.law && run->time.predicted > now) {
        lab_text_put(&line, " of ");
        lab_line_time(&line, run->time.predicted);
    }
    lab_line_paint(out, style, LAB_COLOR_HEAD, lab_text_string(&line),
                   style->width);
    lab_window_text(out, style, lab_line_columns(lab_text_string(&line)),
                    run->text);
    lab_text_free(&line);
}

// --- lanes

// The lanes of one kind: those in the chart, and how many more there are.
struct group {
    const char *kind;
    size_t from, count, more;
    size_t shown;
};

static size_t hidden(const struct group *group) {
    return group->count + group->more - group->shown;
}

// Gives lanes up to [rows] in all, and returns how many rows are left.
static size_t give(struct group *group, size_t rows) {
    size_t more = group->count - group->shown;
    more = more < rows ? more : rows;
    group->shown += more;
    return rows - more;
}

static void put_lanes(struct lab_picture *picture,
                      const struct lab_chart_run *run,
                      const struct group *group) {
    for (size_t i = 0; i < group->shown; i++)
        lab_chart_put(picture, &run->rows[group->from + i]);
}

// Appends how many lanes of one kind or of both are hidden, in a row: "... and
// 9 tasks and 1 worker more".
static void put_more(const struct lab_picture *picture, const struct group *one,
                     const struct group *other) {
    const struct group *groups[] = {one, other};
    struct lab_text text = {0};
    for (size_t i = 0; i < countof(groups); i++)
        if (groups[i] && hidden(groups[i]))
            lab_text_printf(&text, "%s %zu %s%s", text.length ? " and" : "",
                            hidden(groups[i]), groups[i]->kind,
                            hidden(groups[i]) == 1 ? "" : "s");
    if (one && other && (int)text.length + 12 > picture->style->width) {
        lab_text_clear(&text);
        lab_text_printf(&text, " %zu lanes", hidden(one) + hidden(other));
    }
    if (text.length > 0)
        lab_line_printf(picture->out, picture->style, LAB_COLOR_NONE, 0,
                        "... and%s more", text.data);
    lab_text_free(&text);
}

// Workers are few, and what the tasks wait for: they get half of the rows.
static void share(struct group *tasks, struct group *workers, size_t rows) {
    size_t all = tasks->count + tasks->more + workers->count + workers->more;
    rows -= all > rows && rows > 0; // to say so
    size_t half = (rows + 1) / 2;
    size_t left = give(workers, half);
    left = give(tasks, rows - half + left);
    give(workers, left);
}

void lab_view_live_lanes(struct lab_picture *picture,
                         const struct lab_chart_run *run, size_t rows) {
    size_t loop = run->count > 0 && run->rows[0].lanes == &run->lanes.loop;
    size_t gauges = run->count - run->gauges_from;
    struct group tasks = {"task", loop, run->workers_from - loop,
                          run->more_tasks, 0};
    struct group workers = {"worker", run->workers_from,
                            run->gauges_from - run->workers_from,
                            run->more_workers, 0};
    if (loop)
        lab_chart_put(picture, &run->rows[0]);
    rows -= loop && rows > 0;
    gauges = gauges < rows / 3 ? gauges : rows / 3;
    rows -= gauges;
    share(&tasks, &workers, rows);
    bool both = hidden(&tasks) && hidden(&workers);
    put_lanes(picture, run, &tasks);
    if (rows > 0 && !both)
        put_more(picture, &tasks, NULL);
    put_lanes(picture, run, &workers);
    if (rows > 0)
        put_more(picture, both ? &tasks : NULL, &workers);
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
    size_t from = out->length;
    put_heading(out, style, comparison->runs[chart.count - 1], now);
    lab_axis_put(out, style, &picture.axis, picture.margin);
    int left = rows - lab_line_count(out, from);
    lab_view_live_lanes(&picture, &chart.runs[chart.count - 1],
                        left > 0 ? (size_t)left : 0);
    lab_picture_term(&picture);
    lab_chart_free(&chart);
}
