#include "view/svg.h"

#include "view/export_text.h"

#include <string.h>

enum {
    WIDTH = LAB_SVG_WIDTH,
    EDGE = LAB_SVG_EDGE,
    ROW = LAB_SVG_ROW,
    NAME = LAB_SVG_NAME,
    BAR = LAB_SVG_SAMPLE / 2, // how high a lane's bars are
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
    struct lab_text cut = {0};
    lab_export_put_cut(&cut, string, columns);
    lab_text_printf(drawing->out, "<text x=\"%d\" y=\"%d\" class=\"%s\">", x, y,
                    class);
    lab_export_put_xml(drawing->out, lab_text_string(&cut));
    lab_text_put(drawing->out, "</text>\n");
    lab_text_free(&cut);
}

// --- one lane

static void fill(unsigned char *states, int from, int to, int state) {
    do {
        if (states[from] < state + 1)
            states[from] = (unsigned char)(state + 1);
    } while (++from < to);
}

static void read_lane(struct lab_svg *drawing, const struct lab_lane *lane) {
    memset(drawing->states, 0, sizeof drawing->states);
    memset(drawing->dots, 0, sizeof drawing->dots);
    memset(drawing->marks, 0, sizeof drawing->marks);
    for (size_t i = 0; i < lane->span_count; i++) {
        const struct lab_span *span = &lane->spans[i];
        if (!is_on(drawing, span->from, span->to))
            continue;
        int from = lab_svg_at(drawing, span->from),
            to = lab_svg_at(drawing, span->to);
        // On the real clock every task is ready for an instant before it runs.
        if (span->state == LAB_IS_READY && from == to)
            continue;
        drawing->seen[span->state] = true;
        if (span->state == LAB_IS_RUNNING && to - from < 2)
            drawing->dots[from] = 1;
        else
            fill(drawing->states, from, to, (int)span->state);
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

static const char *const classes[LAB_IS_COUNT] = {
    [LAB_IS_IDLE] = "idle",      [LAB_IS_WAITING] = "wait",
    [LAB_IS_READY] = "ready",    [LAB_IS_QUEUED] = "queue",
    [LAB_IS_RUNNING] = "run",    [LAB_IS_COMPUTING] = "burn",
    [LAB_IS_BLOCKED] = "block",  [LAB_IS_CREATED] = "ready",
    [LAB_IS_SUSPENDED] = "wait",
};

static void put_run(struct lab_svg *drawing, int state, int from, int to) {
    int x = drawing->left + from, n = to - from;
    if (state == LAB_IS_IDLE || state == LAB_IS_WAITING ||
        state == LAB_IS_SUSPENDED)
        lab_text_printf(drawing->out, "M%d %dh%d", x, drawing->y + ROW / 2, n);
    else
        lab_text_printf(drawing->out, "M%d %dh%dv%dh-%dz", x,
                        drawing->y + (ROW - BAR) / 2, n, BAR, n);
}

// All that a lane shows of one state is one path.
static void put_state(struct lab_svg *drawing, int state) {
    bool begun = false;
    for (int x = 0, next; x < WIDTH; x = next) {
        next = x + 1;
        if (drawing->states[x] != state + 1)
            continue;
        while (next < WIDTH && drawing->states[next] == state + 1)
            next++;
        if (!begun)
            lab_text_printf(drawing->out, "<path class=\"%s\" d=\"",
                            classes[state]);
        begun = true;
        put_run(drawing, state, x, next);
    }
    if (begun)
        lab_text_put(drawing->out, "\"/>\n");
}

// Moments that would hide each other are left out.
static void put_moments(struct lab_svg *drawing, const unsigned char *moments,
                        const char *class, const char *shape, int apart) {
    bool begun = false;
    for (int x = 0, last = -WIDTH; x < WIDTH; x++) {
        if (!moments[x] || x - last < apart)
            continue;
        if (!begun)
            lab_text_printf(drawing->out, "<path class=\"%s\" d=\"", class);
        begun = true;
        lab_text_printf(drawing->out, "M%d %d%s", drawing->left + x,
                        drawing->y + ROW / 2, shape);
        last = x;
    }
    if (begun)
        lab_text_put(drawing->out, "\"/>\n");
}

static const char dot[] = "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z";
static const char diamond[] = "m0-6l5 6l-5 6l-5-6z";

void lab_svg_lane(struct lab_svg *drawing, const struct lab_lane *lane) {
    lab_svg_text(drawing, EDGE, drawing->y + ROW / 2 + 4, "name", lane->name,
                 NAME);
    read_lane(drawing, lane);
    for (int state = 0; state < LAB_IS_COUNT; state++)
        put_state(drawing, state);
    put_moments(drawing, drawing->dots, "run dot", dot, 3);
    put_moments(drawing, drawing->marks, "mark", diamond, 4);
    drawing->y += ROW;
}

// --- samples

static void put_sample(struct lab_svg *drawing, int x, const char *class,
                       const char *shape) {
    lab_text_printf(drawing->out, "<path class=\"%s\" d=\"M%d %d%s\"/>\n",
                    class, x, drawing->y + ROW / 2, shape);
}

void lab_svg_sample(struct lab_svg *drawing, int x, enum lab_is state) {
    bool is_dot = state == LAB_IS_RUNNING;
    lab_text_printf(drawing->out, "<path class=\"%s\" d=\"", classes[state]);
    put_run(drawing, (int)state, x + (is_dot ? BAR : 0), x + LAB_SVG_SAMPLE);
    lab_text_put(drawing->out, "\"/>\n");
    if (is_dot)
        put_sample(drawing, x + 4, "run dot", dot);
}

void lab_svg_sample_mark(struct lab_svg *drawing, int x) {
    put_sample(drawing, x, "mark", diamond);
}
