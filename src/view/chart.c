#include "view/chart.h"

#include "base/alloc.h"
#include "view/line.h"
#include "view/window.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

// How much of [name] stands before the number at its end; 0 if there is none.
static size_t base_of(const char *name) {
    size_t n = strlen(name), all = n;
    while (n > 0 && name[n - 1] >= '0' && name[n - 1] <= '9')
        n--;
    return n < all && n > 1 && name[n - 1] == ' ' ? n : 0;
}

// How many lanes from [index] on make one row: more than FEW whose names differ
// in their numbers alone, or 1.
static size_t alike(const struct lab_lane_list *list, size_t index) {
    enum { FEW = 12 };
    const char *first = list->lanes[index].name;
    size_t base = base_of(first), n = 1;
    while (base && index + n < list->count &&
           base_of(list->lanes[index + n].name) == base &&
           list->lanes[index + n].is_library == list->lanes[index].is_library &&
           strncmp(list->lanes[index + n].name, first, base) == 0)
        n++;
    return n > FEW ? n : 1;
}

const char *lab_chart_name(const struct lab_chart_row *row) {
    return row->name ? row->name : row->lanes->name;
}

void lab_chart_put(struct lab_picture *picture,
                   const struct lab_chart_row *row) {
    lab_picture_lanes(picture, lab_chart_name(row), row->lanes, row->count);
}

static bool shows(const struct lab_style *style, const struct lab_lane *lane) {
    struct lab_window window = lab_window_of(style, LAB_FOREVER);
    bool whole = style->from <= 0 && style->to <= 0;
    return lab_window_names(style, lane) &&
           (whole || lab_window_meets(&window, lane->from, lane->to));
}

static void add(struct lab_chart_run *run, const struct lab_lane *lanes,
                size_t count) {
    struct lab_chart_row *row = &run->rows[run->count++];
    *row = (struct lab_chart_row){.lanes = lanes, .count = count};
    if (count > 1) {
        struct lab_text name = {0};
        const char *last = lanes[count - 1].name;
        lab_text_printf(&name, "%s to %s", lanes->name, last + base_of(last));
        row->name = lab_strdup(lab_text_string(&name));
        lab_text_free(&name);
    }
}

// Adds the generators that task [maker] has made; they are drawn under it.
static void choose_generators(struct lab_chart_run *run,
                              const struct lab_style *style, uint32_t maker) {
    const struct lab_lane_list *list = &run->lanes.generators;
    for (size_t i = 0; i < list->count; i++)
        if (list->lanes[i].maker == maker && shows(style, &list->lanes[i]))
            add(run, &list->lanes[i], 1);
}

// Adds those of [list] that are drawn, and returns how many more there are.
static size_t choose(struct lab_chart_run *run, const struct lab_style *style,
                     const struct lab_lane_list *list) {
    enum { MANY = 40, SHOWN = 30 }; // of more than MANY, SHOWN are drawn
    size_t before = run->count;
    for (size_t i = 0, n; i < list->count; i += n) {
        n = style->lanes ? 1 : alike(list, i);
        if (shows(style, &list->lanes[i]))
            add(run, &list->lanes[i], n);
        for (size_t j = i; list == &run->lanes.tasks && j < i + n; j++)
            choose_generators(run, style, list->lanes[j].number);
    }
    size_t all = run->count - before;
    if (all <= MANY)
        return 0;
    while (run->count > before + SHOWN)
        lab_free(run->rows[--run->count].name);
    return all - SHOWN;
}

static void read_run(struct lab_chart_run *run, const struct lab_record *record,
                     const struct lab_style *style, lab_time now) {
    struct lab_lanes *lanes = &run->lanes;
    if (style->in_turns)
        lab_lanes_read_turns(lanes, record);
    else
        lab_lanes_read_until(lanes, record, now);
    run->rows = lab_alloc((lab_lanes_count(lanes) + lanes->gauges.count) *
                          sizeof *run->rows);
    if (lab_window_names(style, &lanes->loop))
        add(run, &lanes->loop, 1);
    run->more_tasks = choose(run, style, &lanes->tasks);
    run->folded = lab_window_folded(style, lanes);
    run->workers_from = run->count;
    run->more_workers = choose(run, style, &lanes->workers);
    run->gauges_from = run->count;
    for (size_t i = 0; i < lanes->gauges.count; i++)
        if (lab_window_names(style, &lanes->gauges.lanes[i]))
            add(run, &lanes->gauges.lanes[i], 1);
}

// The columns of the greatest value of [lane], and of the space before it.
static int values_of(const struct lab_lane *lane) {
    if (lane->level_count == 0)
        return 0;
    return snprintf(NULL, 0, " %" PRId64, lab_lane_peak(lane));
}

void lab_chart_read(struct lab_chart *chart,
                    const struct lab_comparison *comparison,
                    const struct lab_style *style, lab_time now) {
    *chart = (struct lab_chart){.count = comparison->count};
    chart->runs = lab_alloc(chart->count * sizeof *chart->runs);
    for (size_t i = 0; i < chart->count; i++) {
        struct lab_chart_run *run = &chart->runs[i];
        bool last = i + 1 == chart->count;
        read_run(run, comparison->runs[i]->record, style, last ? now : 0);
        if (run->lanes.end > chart->scale)
            chart->scale = run->lanes.end;
        for (size_t j = 0; j < run->count; j++) {
            int columns = lab_line_columns(lab_chart_name(&run->rows[j]));
            chart->columns =
                columns > chart->columns ? columns : chart->columns;
            int values = values_of(run->rows[j].lanes);
            chart->values = values > chart->values ? values : chart->values;
        }
    }
}

const struct lab_lane *lab_chart_gap_lane(const struct lab_lanes *lanes,
                                          const struct lab_gap *gap) {
    return gap->worker ? lab_lanes_worker(lanes, gap->worker)
           : gap->task ? lab_lanes_task(lanes, gap->task)
                       : NULL;
}

void lab_chart_gap_put(struct lab_text *out,
                       const struct lab_comparison *comparison,
                       const struct lab_gap *gap) {
    lab_text_printf(
        out,
        "%s: ", comparison->gap_text ? comparison->gap_text : "longest gap");
    lab_line_time(out, gap->to - gap->from);
}

struct lab_chart_gap lab_chart_gap(const struct lab_chart_run *run,
                                   const struct lab_comparison *comparison,
                                   const struct lab_record *record) {
    struct lab_chart_gap drawn = {.row = run->count};
    struct lab_text text = {0};
    if (!comparison->mark)
        return drawn;
    const struct lab_gap *gap = &drawn.gap;
    drawn.gap = lab_record_gap(record, comparison->mark);
    const struct lab_lane *marked = lab_chart_gap_lane(&run->lanes, gap);
    for (size_t i = 0; marked && i < run->count; i++)
        if (marked >= run->rows[i].lanes &&
            marked < run->rows[i].lanes + run->rows[i].count)
            drawn.row = i;
    lab_chart_gap_put(&text, comparison, gap);
    drawn.text = lab_strdup(lab_text_string(&text));
    lab_text_free(&text);
    return drawn;
}

void lab_chart_free(struct lab_chart *chart) {
    for (size_t i = 0; i < chart->count; i++) {
        for (size_t j = 0; j < chart->runs[i].count; j++)
            lab_free(chart->runs[i].rows[j].name);
        lab_free(chart->runs[i].rows);
        lab_lanes_free(&chart->runs[i].lanes);
    }
    lab_free(chart->runs);
    *chart = (struct lab_chart){0};
}

int lab_chart_margin(const struct lab_chart *chart, int width) {
    enum { LEAST = 5 };
    int most = width / 4;
    int columns = chart->columns > LEAST ? chart->columns : LEAST;
    columns = columns < most ? columns : most;
    return columns + (width < 40 ? 1 : 2);
}
