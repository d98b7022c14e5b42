// film.c - a frame of a film.
//
//     0.500 s of 5.000 s   x1   playing                   where that is
//                 0      1 s     2 s  ...                 the axis of all
//                 ├────────┼─────────┼──────
//     in_turn  0.500 s  call each, wait for it            a run
//     loop        ●··
//     in_turn     ●──
//     together  0.500 s  spawn all, gather                and another
//     ...
//     * running  - waiting  ...                           if there is room
//     space pause  ← → moment  ...                        keys

#include "view/film.h"

#include "base/alloc.h"
#include "record/clock.h"
#include "view/chart.h"
#include "view/line.h"
#include "view/live.h"
#include "view/rows.h"
#include "view/window.h"

#include <string.h>

enum {
    LEAST_ROWS = 4, // of a run: its heading and some lanes
    LEAST_LANES = 2,
};

// --- moments

static bool shows(const struct lab_film *film, size_t run) {
    return !film->only || film->only == run + 1;
}

static const struct lab_record *record_of(const struct lab_film *film,
                                          size_t run) {
    return film->comparison->runs[run]->record;
}

lab_time lab_film_end(const struct lab_film *film) {
    lab_time end = 0;
    for (size_t i = 0; i < film->comparison->count; i++)
        if (shows(film, i) && lab_record_end(record_of(film, i)) > end)
            end = lab_record_end(record_of(film, i));
    return end;
}

lab_time lab_film_next(const struct lab_film *film) {
    lab_time next = lab_film_end(film);
    for (size_t i = 0; i < film->comparison->count; i++) {
        const struct lab_record *record = record_of(film, i);
        for (size_t j = 0; shows(film, i) && j < lab_record_count(record);
             j++) {
            lab_time time = lab_record_at(record, j)->time;
            if (time > film->now && time < next)
                next = time;
        }
    }
    return next;
}

lab_time lab_film_last(const struct lab_film *film) {
    lab_time last = 0;
    for (size_t i = 0; i < film->comparison->count; i++) {
        const struct lab_record *record = record_of(film, i);
        for (size_t j = 0; shows(film, i) && j < lab_record_count(record);
             j++) {
            lab_time time = lab_record_at(record, j)->time;
            if (time < film->now && time > last)
                last = time;
        }
    }
    return last;
}

// --- lanes up to a moment

static void cut_lane(struct lab_lane *lane, lab_time now) {
    while (lane->span_count && lane->spans[lane->span_count - 1].from > now)
        lane->span_count--;
    while (lane->moment_count &&
           lane->moments[lane->moment_count - 1].time > now)
        lane->moment_count--;
    while (lane->level_count && lane->levels[lane->level_count - 1].time > now)
        lane->level_count--;
    if (lane->span_count > 0 && lane->spans[lane->span_count - 1].to > now)
        lane->spans[lane->span_count - 1].to = now;
    if (lane->to <= now)
        return;
    lane->to = now;
    lane->ending = LAB_ENDING_OPEN;
}

static void cut(struct lab_lanes *lanes, lab_time now) {
    cut_lane(&lanes->loop, now);
    for (int kind = 0; kind < LAB_LANE_KINDS; kind++)
        for (size_t i = 0; i < lanes->lists[kind].count; i++)
            cut_lane(&lanes->lists[kind].lanes[i], now);
}

// --- a frame

static void put_status(struct lab_text *out, const struct lab_style *style,
                       const struct lab_film *film) {
    struct lab_text line = {0};
    lab_time end = lab_film_end(film);
    lab_line_time_like(&line, film->now, end);
    lab_text_put(&line, " of ");
    lab_line_time(&line, end);
    lab_text_put(&line, "   ");
    if (film->pace == 1)
        lab_text_put(&line, "x1");
    else
        lab_clock_put(&line, (struct lab_clock){.pace = film->pace});
    lab_text_printf(&line, "   %s",
                    film->is_playing   ? "playing"
                    : film->now >= end ? "the end"
                                       : "paused");
    lab_line_paint(out, style, LAB_COLOR_NONE, lab_text_string(&line),
                   style->width);
    lab_text_put(out, "\n");
    lab_text_free(&line);
}

// In no more than [rows] rows, in which how it goes about it is cut if it must
// be. That it is over takes no other rows, or all would move.
static void put_heading(struct lab_text *out, const struct lab_style *style,
                        const struct lab_run *run, lab_time now, lab_time end,
                        int rows) {
    static const char over[] = ", over";
    struct lab_text line = {0};
    size_t from = out->length;
    lab_text_printf(&line, "%s  ", run->name);
    lab_line_time_like(&line, now < end ? now : end, end);
    int used = lab_line_columns(lab_text_string(&line)) + (int)strlen(over);
    lab_text_put(&line, now < end ? "" : over);
    lab_line_paint(out, style, LAB_COLOR_HEAD, lab_text_string(&line),
                   style->width);
    size_t named = out->length;
    lab_window_text(out, style, used, run->text);
    if (run->text && lab_line_count(out, from) > rows) {
        int columns = lab_line_columns(lab_text_string(&line)) + 2;
        lab_text_cut(out, named);
        lab_text_put(out, "  ");
        lab_line_paint(out, style, LAB_COLOR_DIM, run->text,
                       style->width - columns);
        lab_text_put(out, "\n");
    }
    lab_text_free(&line);
}

// Appends a run in [rows] rows.
static void put_run(struct lab_picture *picture, struct lab_chart_run *lanes,
                    const struct lab_run *run, lab_time now, int rows) {
    size_t from = picture->out->length;
    put_heading(picture->out, picture->style, run, now, lanes->lanes.end,
                rows - LEAST_LANES);
    cut(&lanes->lanes, now);
    rows -= lab_line_count(picture->out, from);
    if (rows > 0)
        lab_view_live_lanes(picture, lanes, (size_t)rows);
}

// Appends the runs that there is room for in [rows] rows.
static void put_runs(struct lab_picture *picture, struct lab_chart *chart,
                     const struct lab_film *film, int rows) {
    struct lab_text *out = picture->out;
    size_t from = out->length, all = film->only ? 1 : chart->count;
    size_t fits = rows > 2 * LEAST_ROWS ? (size_t)rows / LEAST_ROWS : 1;
    size_t left = all < fits ? all : fits;
    rows -= left < all; // to say so
    for (size_t i = 0; i < chart->count && left > 0; i++)
        if (shows(film, i))
            put_run(picture, &chart->runs[i], film->comparison->runs[i],
                    film->now,
                    (rows - lab_line_count(out, from)) / (int)left--);
    if (all > fits)
        lab_line_printf(out, picture->style, LAB_COLOR_DIM, 0,
                        "... and %zu more; v shows one after the other",
                        all - fits);
}

// Appends what the signs mean, if [rows] rows have room for it and an empty
// one.
static void put_legend(struct lab_picture *picture, const struct lab_film *film,
                       int rows) {
    struct lab_text *out = picture->out, legend = {0};
    const char *mark = film->comparison->mark;
    picture->out = &legend;
    lab_picture_legend(picture, mark ? mark : "mark");
    picture->out = out;
    if (lab_line_count(&legend, 0) + 1 <= rows)
        lab_text_printf(out, "\n%s", lab_text_string(&legend));
    lab_text_free(&legend);
}

// With one variant there is no other to show.
static void put_keys(struct lab_text *out, const struct lab_style *style,
                     bool has_others) {
    static const char *const drawn[] = {
        ("space play, pause   ← → moment   + - speed   v variant   ? help   q "
         "leave"),
        "space play, pause   ← → moment   + - speed   ? help   q leave",
        "space play, pause   ← → moment   ? help   q leave",
        "space play  ← → moment  ? help  q leave",
        "? help  q leave",
    };
    static const char *const ascii[] = {
        ("space: play, pause  left/right: moment  + -: speed  v  ? help  q "
         "leave"),
        ("space: play, pause  left/right: moment  + -: speed  ? help  q "
         "leave"),
        "space: play, pause  ? help  q leave",
        "? help  q leave",
    };
    size_t skip = has_others ? 0 : 1;
    const char *keys =
        style->ascii ? lab_line_fitting(ascii + skip, countof(ascii) - skip,
                                        style->width)
                     : lab_line_fitting(drawn + skip, countof(drawn) - skip,
                                        style->width);
    lab_line_paint(out, style, LAB_COLOR_DIM, keys, style->width);
}

// Appends the first [rows] rows of [text], and as many empty ones as it lacks.
static void put_rows(struct lab_text *out, const struct lab_style *style,
                     const struct lab_text *text, int rows) {
    const char *at = lab_text_string(text);
    for (int i = 0; i < rows; i++) {
        size_t n = strcspn(at, "\n");
        lab_line_cut(out, at, n, style->width);
        lab_text_put(out, "\n");
        at += n + (at[n] == '\n');
    }
}

void lab_film_screen(struct lab_text *out, const struct lab_style *style,
                     const struct lab_film *film, int rows) {
    enum { NARROWEST = 20, AROUND = 4 }; // status, axis, keys
    struct lab_style roomy = *style;
    struct lab_text body = {0}, keys = {0};
    struct lab_chart chart;
    struct lab_picture picture;
    if (roomy.width < NARROWEST)
        roomy.width = NARROWEST;
    lab_chart_read(&chart, film->comparison, &roomy, 0);
    lab_picture_init(&picture, &body, &roomy,
                     lab_chart_margin(&chart, roomy.width), chart.values);
    lab_picture_between(&picture, 0, lab_film_end(film));
    put_status(&body, &roomy, film);
    lab_axis_put(&body, &roomy, &picture.axis, picture.margin);
    put_runs(&picture, &chart, film, rows > AROUND ? rows - AROUND : 1);
    put_legend(&picture, film, rows - 1 - lab_line_count(&body, 0));
    lab_picture_term(&picture);
    lab_chart_free(&chart);
    put_rows(out, style, &body, rows - 1);
    put_keys(&keys, &roomy, film->comparison->count > 1);
    lab_line_cut(out, lab_text_string(&keys), keys.length, style->width);
    lab_text_free(&body);
    lab_text_free(&keys);
}

void lab_film_help(struct lab_text *out, const struct lab_style *style,
                   bool has_others, int rows) {
    const char *const keys[][2] = {
        {"Space", "pauses and continues; at the end, from the beginning"},
        {"Right, Left",
         "to the next moment at which something happens, or back"},
        {"Home, End", "to the beginning, to the end"},
        {"+, -", "twice as fast, half as fast"},
        {has_others ? "v" : NULL,
         "one variant after the other, then all again"},
        {"q, Esc, Ctrl-C", "leave"},
    };
    lab_rows_put_screen(out, style, keys, countof(keys), rows);
}
