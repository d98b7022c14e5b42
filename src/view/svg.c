#include "view/svg.h"

#include "base/alloc.h"
#include "view/export_text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
    WIDTH = LAB_SVG_WIDTH,
    EDGE = LAB_SVG_EDGE,
    ROW = LAB_SVG_ROW,
    NAME = LAB_SVG_NAME,
    BAR = LAB_SVG_SAMPLE / 2, // how high a lane's bars are
    INSIDE = 1,               // in the place of a state: a wait for a task
};

int lab_svg_at(const struct lab_svg *drawing, lab_time time) {
    int most = WIDTH - 2 * EDGE - drawing->left;
    const struct lab_axis *axis = &drawing->axis;
    if (time <= axis->from || axis->scale <= 0)
        return 0;
    if (time - axis->from >= axis->scale)
        return most;
    double part = (double)(time - axis->from) / (double)axis->scale;
    return (int)(part * most + 0.5);
}

// Is any of the time between these two on the axis?
static bool is_on(const struct lab_svg *drawing, lab_time from, lab_time to) {
    const struct lab_axis *axis = &drawing->axis;
    return to >= axis->from &&
           (from <= axis->from || from - axis->from <= axis->scale);
}

void lab_svg_text(struct lab_svg *drawing, int x, int y, const char *class,
                  const char *string, int columns) {
    lab_text_printf(drawing->out, "<text x=\"%d\" y=\"%d\" class=\"%s\">", x, y,
                    class);
    lab_export_put_xml(drawing->out, string, columns);
    lab_text_put(drawing->out, "</text>\n");
}

// --- one lane

static void fill(unsigned char *states, int from, int to, int state) {
    do {
        if (states[from] < state)
            states[from] = (unsigned char)state;
    } while (++from < to);
}

static void read_lane(struct lab_svg *drawing, const struct lab_lane *lane) {
    for (size_t i = 0; i < lane->span_count; i++) {
        const struct lab_span *span = &lane->spans[i];
        if (!is_on(drawing, span->from, span->to))
            continue;
        int from = lab_svg_at(drawing, span->from),
            to = lab_svg_at(drawing, span->to);
        // On the real clock every task is ready for an instant before it runs.
        if (span->state == LAB_IS_READY && from == to)
            continue;
        *(span->inside ? &drawing->seen_inside : &drawing->seen[span->state]) =
            true;
        if (span->state == LAB_IS_RUNNING && to - from < 2)
            drawing->dots[from] = 1;
        else
            fill(drawing->states, from, to,
                 span->inside ? INSIDE : INSIDE + 1 + (int)span->state);
    }
    for (size_t i = 0; i < lane->moment_count; i++) {
        lab_time time = lane->moments[i].time;
        if (!lab_moment_is_mark(&lane->moments[i]) ||
            !is_on(drawing, time, time))
            continue;
        drawing->marks[lab_svg_at(drawing, time)] = 1;
        drawing->seen_mark = true;
    }
}

#define OF(state) [INSIDE + 1 + LAB_IS_##state]
static const char *const classes[INSIDE + 1 + LAB_IS_COUNT] = {
    [INSIDE] = "wait inside", OF(IDLE) = "idle",     OF(WAITING) = "wait",
    OF(READY) = "ready",      OF(QUEUED) = "queue",  OF(RUNNING) = "run",
    OF(COMPUTING) = "burn",   OF(BLOCKED) = "block", OF(CREATED) = "ready",
    OF(SUSPENDED) = "wait",
};

static bool is_line(int state) {
    return state == INSIDE || state == INSIDE + 1 + LAB_IS_IDLE ||
           state == INSIDE + 1 + LAB_IS_WAITING ||
           state == INSIDE + 1 + LAB_IS_SUSPENDED;
}

static void put_run(struct lab_svg *drawing, int state, int from, int to) {
    int x = drawing->left + from, n = to - from;
    if (is_line(state))
        lab_text_printf(drawing->out, "M%d %dh%d", x, drawing->y + ROW / 2, n);
    else
        lab_text_printf(drawing->out, "M%d %dh%dv%dh-%dz", x,
                        drawing->y + (ROW - BAR) / 2, n, BAR, n);
}

// Begins a path of [class], if it is not yet begun.
static void begin_path(struct lab_svg *drawing, const char *class,
                       bool *begun) {
    if (!*begun)
        lab_text_printf(drawing->out, "<path class=\"%s\" d=\"", class);
    *begun = true;
}

static void end_path(struct lab_svg *drawing, bool begun) {
    lab_text_put(drawing->out, begun ? "\"/>\n" : "");
}

// All that a lane shows of one state is one path.
static void put_state(struct lab_svg *drawing, int state) {
    bool begun = false;
    for (int x = 0, next; x < WIDTH; x = next) {
        next = x + 1;
        if (drawing->states[x] != state)
            continue;
        while (next < WIDTH && drawing->states[next] == state)
            next++;
        begin_path(drawing, classes[state], &begun);
        put_run(drawing, state, x, next);
    }
    end_path(drawing, begun);
}

// Moments that would hide each other are left out.
static void put_moments(struct lab_svg *drawing, const unsigned char *moments,
                        const char *class, const char *shape, int apart) {
    bool begun = false;
    for (int x = 0, last = -WIDTH; x < WIDTH; x++) {
        if (!moments[x] || x - last < apart)
            continue;
        begin_path(drawing, class, &begun);
        lab_text_printf(drawing->out, "M%d %d%s", drawing->left + x,
                        drawing->y + ROW / 2, shape);
        last = x;
    }
    end_path(drawing, begun);
}

static const char dot[] = "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z";
static const char diamond[] = "m0-6l5 6l-5 6l-5-6z";
static const char *const ends[] = {
    [LAB_ENDING_FAILED] = "m-5-5l10 10m0-10l-10 10",
    [LAB_ENDING_CANCELLED] = "m-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0m2 4l7-7"};

static void put_shape(struct lab_svg *drawing, int x, const char *class,
                      const char *shape) {
    lab_text_printf(drawing->out, "<path class=\"%s\" d=\"M%d %d%s\"/>\n",
                    class, x, drawing->y + ROW / 2, shape);
}

static void put_ending(struct lab_svg *drawing, const struct lab_lane *lane) {
    if (lane->ending <= LAB_ENDING_OK || !is_on(drawing, lane->to, lane->to))
        return;
    put_shape(drawing, drawing->left + lab_svg_at(drawing, lane->to), "end",
              ends[lane->ending]);
    drawing->seen_ending[lane->ending] = true;
}

// Where the job ends that begins at pixel [from], if another does not begin
// before: its worker has nothing to do, whether it waited meanwhile or not.
static int job_end(const struct lab_svg *drawing, int from) {
    const unsigned char *states = drawing->states,
                        idle = INSIDE + 1 + LAB_IS_IDLE;
    int to = from;
    while (to + 1 < WIDTH && states[to + 1] && states[to + 1] != idle)
        to++;
    return to;
}

// Names of jobs on their lanes, as far as there is room.
static void put_jobs(struct lab_svg *drawing, const struct lab_lane *lane) {
    enum { LEAST = 2, BEFORE = 8 };
    for (size_t i = 0; i < lane->moment_count; i++) {
        const struct lab_moment *moment = &lane->moments[i];
        if (!moment->job || !is_on(drawing, moment->time, moment->time))
            continue;
        int from = lab_svg_at(drawing, moment->time),
            to = job_end(drawing, from);
        if (i + 1 < lane->moment_count && lane->moments[i + 1].job) {
            int next = lab_svg_at(drawing, moment[1].time);
            to = next < to ? next : to;
        }
        int columns = (to - from - 2 * BEFORE) / LAB_SVG_GLYPH;
        if (*moment->name && columns >= LEAST)
            lab_svg_text(drawing, drawing->left + from + BEFORE,
                         drawing->y + ROW / 2 + 4, "job", moment->name,
                         columns);
    }
}

// Steps as high as the gauge stands, and the greatest of it.
static void put_gauge(struct lab_svg *drawing, const struct lab_lane *lane) {
    enum { HIGH = ROW - 6 };
    int64_t peak = lab_lane_peak(lane);
    char value[24];
    int foot = drawing->y + ROW - 3, x = drawing->left;
    lab_text_printf(drawing->out, "<path class=\"gauge\" d=\"M%d %d", x, foot);
    for (size_t i = 0; i < lane->level_count; i++) {
        const struct lab_level *level = &lane->levels[i];
        int to = drawing->left + lab_svg_at(drawing, level->time);
        bool lasts = i + 1 == lane->level_count || level[1].time > level->time;
        if (!lasts ||
            (i + 1 < lane->level_count && level[1].time < drawing->axis.from))
            continue;
        double part =
            level->value > 0 ? (double)level->value / (double)peak : 0;
        lab_text_printf(drawing->out, "H%dV%d", to,
                        foot - (int)(part * HIGH + 0.5));
    }
    x += lab_svg_at(drawing, lane->to);
    lab_text_printf(drawing->out, "H%dV%dz\"/>\n", x, foot);
    snprintf(value, sizeof value, "%" PRId64, peak);
    lab_svg_text(drawing, x + 5, foot, "name", value, 4);
}

void lab_svg_lanes(struct lab_svg *drawing, const struct lab_chart_row *row) {
    lab_svg_text(drawing, EDGE, drawing->y + ROW / 2 + 4, "name",
                 lab_chart_name(row), NAME);
    memset(drawing->states, 0, sizeof drawing->states);
    memset(drawing->dots, 0, sizeof drawing->dots);
    memset(drawing->marks, 0, sizeof drawing->marks);
    for (size_t i = 0; i < row->count; i++)
        read_lane(drawing, &row->lanes[i]);
    for (int state = INSIDE; state < (int)countof(classes); state++)
        put_state(drawing, state);
    if (row->lanes->level_count > 0)
        put_gauge(drawing, row->lanes);
    if (row->count == 1)
        put_jobs(drawing, row->lanes);
    put_moments(drawing, drawing->dots, "run dot", dot, 3);
    put_moments(drawing, drawing->marks, "mark", diamond, 4);
    for (size_t i = 0; i < row->count; i++)
        put_ending(drawing, &row->lanes[i]);
    drawing->y += ROW;
}

void lab_svg_bracket(struct lab_svg *drawing, lab_time from, lab_time to,
                     const char *text) {
    enum { HALF = 5, SPACE = 8 };
    if (!is_on(drawing, from, to))
        return;
    int left = drawing->left + lab_svg_at(drawing, from);
    int right = drawing->left + lab_svg_at(drawing, to);
    int middle = drawing->y + ROW / 2 - HALF, width = (int)strlen(text);
    width *= LAB_SVG_GLYPH;
    bool after = right + SPACE + width <= WIDTH - EDGE;
    lab_text_printf(drawing->out,
                    "<path class=\"gap\" d=\"M%d %dv%dm0-%dH%dm0-%dv%d\"/>\n",
                    left, middle - HALF, 2 * HALF, HALF, right, HALF, 2 * HALF);
    if (!after) // below it, as far to the right as it begins
        drawing->y += ROW / 2;
    int x = after ? right + SPACE : left;
    if (x + width > WIDTH - EDGE)
        x = WIDTH - EDGE - width;
    lab_svg_text(drawing, x > EDGE ? x : EDGE, drawing->y + ROW / 2, "name b",
                 text, (WIDTH - 2 * EDGE) / LAB_SVG_GLYPH);
    drawing->y += ROW;
}

// --- samples

static void put_sample(struct lab_svg *drawing, int state, int from, int to) {
    lab_text_printf(drawing->out, "<path class=\"%s\" d=\"", classes[state]);
    put_run(drawing, state, from, to);
    lab_text_put(drawing->out, "\"/>\n");
}

void lab_svg_sample(struct lab_svg *drawing, int x, enum lab_is state) {
    bool is_dot = state == LAB_IS_RUNNING;
    put_sample(drawing, INSIDE + 1 + (int)state, x + (is_dot ? BAR : 0),
               x + LAB_SVG_SAMPLE);
    if (is_dot)
        put_shape(drawing, x + 4, "run dot", dot);
}

void lab_svg_sample_inside(struct lab_svg *drawing, int x) {
    put_sample(drawing, INSIDE, x, x + LAB_SVG_SAMPLE);
}

void lab_svg_sample_mark(struct lab_svg *drawing, int x) {
    put_shape(drawing, x, "mark", diamond);
}

void lab_svg_sample_ending(struct lab_svg *drawing, int x,
                           enum lab_ending ending) {
    put_shape(drawing, x, "end", ends[ending]);
}
