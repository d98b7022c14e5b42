// export_svg.c - timelines as a picture that stands alone in a README.
//
//     03 sequential_gather: the question         title and settings
//     in_turn  5.000 s  call each, wait for it   a heading for each variant
//              0        1 s        2 s  ...      its axis
//     loop     *........*..........*             its lanes
//     a.txt    *--------*
//     * running  - waiting  ...                  the legend
//
// All is in whole pixels: what happened within one is drawn once, so a picture
// has a bound. A state is told by shape and pattern; colour says it again.

#include "core/error.h"
#include "view/axis.h"
#include "view/export.h"
#include "view/export_text.h"
#include "view/lanes.h"
#include "view/verdict.h"

#include <string.h>

enum {
    WIDTH = 880,
    EDGE = 20,  // around everything
    GLYPH = 7,  // pixels of a column of text, about
    NAME = 24,  // columns of a lane's name at most
    TEXT = 100, // columns of a line of text at most
    ROW = 22,   // from lane to lane
    LINE = 20,  // from line to line of text
    BAR = 12,   // how high a lane's bars are
    MANY = 40,  // with more lanes of a kind than this,
    SHOWN = 30, // so many are drawn
};

// export_svg.css, as the Makefile turns it into an object.
extern const char css_start[] __asm__("_binary_src_view_export_svg_css_start");
extern const char css_end[] __asm__("_binary_src_view_export_svg_css_end");

static const char patterns[] =
    "<defs>\n"
    "<pattern id=\"lab-block\" width=\"6\" height=\"6\" "
    "patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
    "<path class=\"block-line\" d=\"M1.5 0v6\"/></pattern>\n"
    "<pattern id=\"lab-burn\" width=\"5\" height=\"5\" "
    "patternUnits=\"userSpaceOnUse\">"
    "<path class=\"burn-line\" d=\"M1 1h2v2h-2z\"/></pattern>\n"
    "</defs>\n";

struct drawing {
    struct lab_text *out;
    int left, y; // where time begins, and the top of what is drawn next
    struct lab_axis axis;
    // What each pixel of a lane shows: a state and 1, or 0; and moments.
    unsigned char states[WIDTH], dots[WIDTH], marks[WIDTH];
    bool seen[LAB_LANE_STATES], seen_mark;
};

// The pixel of [time], from drawing->left on.
static int at(const struct drawing *drawing, lab_time time) {
    int most = WIDTH - 2 * EDGE - drawing->left;
    if (time <= 0 || drawing->axis.scale <= 0)
        return 0;
    if (time >= drawing->axis.scale)
        return most;
    return (int)((double)time / (double)drawing->axis.scale * most + 0.5);
}

// Appends [string] at [x], in the line whose foot is [y].
static void put_text(struct drawing *drawing, int x, int y, const char *class,
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

static void read_lane(struct drawing *drawing, const struct lab_lane *lane) {
    memset(drawing->states, 0, sizeof drawing->states);
    memset(drawing->dots, 0, sizeof drawing->dots);
    memset(drawing->marks, 0, sizeof drawing->marks);
    for (size_t i = 0; i < lane->span_count; i++) {
        const struct lab_span *span = &lane->spans[i];
        int from = at(drawing, span->from), to = at(drawing, span->to);
        drawing->seen[span->state] = true;
        if (span->state == LAB_LANE_RUNNING && to - from < 2)
            drawing->dots[from] = 1;
        else
            fill(drawing->states, from, to, (int)span->state);
    }
    for (size_t i = 0; i < lane->moment_count; i++) {
        if (lane->moments[i].job)
            continue;
        drawing->marks[at(drawing, lane->moments[i].time)] = 1;
        drawing->seen_mark = true;
    }
}

static const char *const classes[LAB_LANE_STATES] = {"idle", "wait", "queue",
                                                     "run",  "burn", "block"};

static void put_run(struct drawing *drawing, int state, int from, int to) {
    int x = drawing->left + from, n = to - from;
    if (state == LAB_LANE_IDLE || state == LAB_LANE_WAITING)
        lab_text_printf(drawing->out, "M%d %dh%d", x, drawing->y + ROW / 2, n);
    else
        lab_text_printf(drawing->out, "M%d %dh%dv%dh-%dz", x,
                        drawing->y + (ROW - BAR) / 2, n, BAR, n);
}

// All that a lane shows of one state is one path.
static void put_state(struct drawing *drawing, int state) {
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
static void put_moments(struct drawing *drawing, const unsigned char *moments,
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

static void put_lane(struct drawing *drawing, const struct lab_lane *lane) {
    put_text(drawing, EDGE, drawing->y + ROW / 2 + 4, "name", lane->name, NAME);
    read_lane(drawing, lane);
    for (int state = 0; state < LAB_LANE_STATES; state++)
        put_state(drawing, state);
    put_moments(drawing, drawing->dots, "run dot", dot, 3);
    put_moments(drawing, drawing->marks, "mark", diamond, 4);
    drawing->y += ROW;
}

// --- one variant

static size_t shown(const struct lab_lane_list *list) {
    return list->count > MANY ? SHOWN : list->count;
}

static void put_list(struct drawing *drawing, const struct lab_lane_list *list,
                     const char *kind) {
    for (size_t i = 0; i < shown(list); i++)
        put_lane(drawing, &list->lanes[i]);
    if (shown(list) == list->count)
        return;
    struct lab_text text = {0};
    lab_text_printf(&text, "... and %zu %s more", list->count - shown(list),
                    kind);
    put_text(drawing, EDGE, drawing->y + 15, "dim", lab_text_string(&text),
             TEXT);
    drawing->y += ROW;
    lab_text_free(&text);
}

static int height_of(const struct lab_lane_list *list) {
    return ((int)shown(list) + (list->count > MANY)) * ROW;
}

static void put_tick(struct drawing *drawing, lab_time time, int bottom) {
    static const struct {
        lab_time unit;
        const char *name;
    } units[] = {{LAB_S, "s"}, {LAB_MS, "ms"}, {LAB_US, "us"}, {LAB_NS, "ns"}};
    size_t i = 0;
    while (drawing->axis.scale < units[i].unit && units[i].unit > 1)
        i++;
    int x = drawing->left + at(drawing, time);
    lab_text_printf(drawing->out,
                    "<text x=\"%d\" y=\"%d\" class=\"tick\" "
                    "text-anchor=\"middle\">",
                    x, drawing->y + 14);
    lab_export_put_units(drawing->out, time, units[i].unit);
    lab_text_printf(drawing->out, "%s%s</text>\n", time ? " " : "",
                    time ? units[i].name : "");
    lab_text_printf(drawing->out, "<path class=\"grid\" d=\"M%d.5 %dV%d\"/>\n",
                    x, drawing->y + LINE, bottom);
}

// The labels, and lines from them through the lanes.
static void put_axis(struct drawing *drawing, const struct lab_lanes *lanes) {
    const struct lab_axis *axis = &drawing->axis;
    int bottom = drawing->y + LINE + ROW + height_of(&lanes->tasks) +
                 height_of(&lanes->workers);
    put_tick(drawing, 0, bottom);
    for (lab_time k = 1; axis->step && k <= axis->scale / axis->step; k++)
        put_tick(drawing, k * axis->step, bottom);
    drawing->y += LINE;
}

static void put_heading(struct drawing *drawing,
                        const struct lab_result *result) {
    struct lab_text text = {0};
    lab_text_put(&text, result->variant->name);
    lab_text_put(&text, "  ");
    if (result->time.measured >= 0)
        lab_time_put(&text, result->time.measured);
    put_text(drawing, EDGE, drawing->y + 14, "b", lab_text_string(&text), 60);
    int columns = lab_text_columns(lab_text_string(&text));
    int x = EDGE + (columns < 60 ? columns : 60) * (GLYPH + 1) + 8;
    const char *about =
        result->rc < 0 ? lab_error_text(result->rc) : result->variant->text;
    put_text(drawing, x, drawing->y + 14, "dim", about ? about : "",
             (WIDTH - EDGE - x) / GLYPH);
    drawing->y += LINE;
    lab_text_free(&text);
}

static void put_variant(struct drawing *drawing,
                        const struct lab_result *result,
                        const struct lab_lanes *lanes) {
    put_heading(drawing, result);
    put_axis(drawing, lanes);
    put_lane(drawing, &lanes->loop);
    put_list(drawing, &lanes->tasks, "tasks");
    put_list(drawing, &lanes->workers, "workers");
    drawing->y += LINE;
}

// --- around them

static void put_sample(struct drawing *drawing, int x, const char *class,
                       const char *shape) {
    lab_text_printf(drawing->out, "<path class=\"%s\" d=\"M%d %d%s\"/>\n",
                    class, x, drawing->y + ROW / 2, shape);
}

// A sample of each state, and its name behind it.
static void put_legend(struct drawing *drawing, const char *mark) {
    static const char *const names[LAB_LANE_STATES] = {
        "idle", "waiting", "queued", "running", "computing", "blocked"};
    int x = EDGE, y = drawing->y + ROW / 2 + 4;
    drawing->left = 0;
    for (int state = LAB_LANE_STATES - 1; state >= 0; state--) {
        if (!drawing->seen[state])
            continue;
        lab_text_printf(drawing->out, "<path class=\"%s\" d=\"",
                        classes[state]);
        bool is_dot = state == LAB_LANE_RUNNING;
        put_run(drawing, state, x + (is_dot ? BAR : 0), x + 2 * BAR);
        lab_text_put(drawing->out, "\"/>\n");
        if (is_dot)
            put_sample(drawing, x + 4, "run dot", dot);
        put_text(drawing, x + 2 * BAR + 6, y, "name", names[state], NAME);
        x += 2 * BAR + 6 + (int)strlen(names[state]) * GLYPH + 18;
    }
    if (drawing->seen_mark) {
        put_sample(drawing, x + 6, "mark", diamond);
        put_text(drawing, x + 18, y, "name", mark ? mark : "mark", NAME);
    }
    drawing->y += ROW;
}

// What a reader who does not see the picture is told instead.
static void put_description(struct lab_text *out,
                            const struct lab_comparison *comparison) {
    struct lab_text text = {0}, verdict = {0};
    lab_verdict_put(&verdict, comparison);
    for (size_t i = 0; i < comparison->count; i++) {
        const struct lab_result *result = &comparison->results[i];
        if (i > 0)
            lab_text_put(&text, ", ");
        lab_export_put_cut(&text, result->variant->name, NAME);
        lab_text_put(&text, " took ");
        lab_time_put(&text, lab_record_end(result->record));
    }
    lab_text_put(&text, ". ");
    lab_export_put_cut(&text, lab_text_string(&verdict), 2 * TEXT);
    lab_text_put(out, "<desc id=\"lab-desc\">Timelines of the loop, its tasks "
                      "and workers: ");
    lab_export_put_xml(out, lab_text_string(&text));
    lab_text_put(out, "</desc>\n");
    lab_text_free(&text);
    lab_text_free(&verdict);
}

static void put_head(struct drawing *drawing,
                     const struct lab_comparison *comparison) {
    struct lab_text title = {0}, setting = {0};
    const char *asks = comparison->settings.demo->asks;
    lab_export_put_title(&title, comparison);
    lab_export_put_setting(&setting, comparison);
    drawing->y = EDGE;
    put_text(drawing, EDGE, drawing->y + 16, "b h", lab_text_string(&title),
             80);
    put_text(drawing, EDGE, drawing->y + 37, "", asks ? asks : "", TEXT);
    put_text(drawing, EDGE, drawing->y + 57, "dim", lab_text_string(&setting),
             TEXT);
    drawing->y += 80;
    lab_text_free(&title);
    lab_text_free(&setting);
}

static void put_svg(struct lab_text *out,
                    const struct lab_comparison *comparison,
                    const struct lab_text *body, int height) {
    struct lab_text title = {0}, cut = {0};
    lab_export_put_title(&title, comparison);
    lab_export_put_cut(&cut, lab_text_string(&title), 80);
    lab_text_printf(out,
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"looplab"
                    "\" role=\"img\" aria-labelledby=\"lab-title lab-desc\" "
                    "width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">\n",
                    WIDTH, height, WIDTH, height);
    lab_text_put(out, "<title id=\"lab-title\">");
    lab_export_put_xml(out, lab_text_string(&cut));
    lab_text_put(out, "</title>\n");
    put_description(out, comparison);
    lab_text_put(out, "<style>\n");
    lab_export_put_file(out, css_start, css_end);
    lab_text_put(out, "</style>\n");
    lab_text_put(out, patterns);
    lab_text_printf(out,
                    "<rect class=\"paper\" x=\".5\" y=\".5\" width=\"%d\" "
                    "height=\"%d\" rx=\"6\"/>\n",
                    WIDTH - 1, height - 1);
    lab_text_write(out, lab_text_string(body), body->length);
    lab_text_put(out, "</svg>\n");
    lab_text_free(&title);
    lab_text_free(&cut);
}

// How many columns the names of [list] need.
static int widest(const struct lab_lane_list *list, int columns) {
    struct lab_text cut = {0};
    for (size_t i = 0; i < shown(list); i++) {
        lab_text_clear(&cut);
        lab_export_put_cut(&cut, list->lanes[i].name, NAME);
        int width = lab_text_columns(lab_text_string(&cut));
        columns = width > columns ? width : columns;
    }
    lab_text_free(&cut);
    return columns;
}

void lab_export_svg(struct lab_text *out,
                    const struct lab_comparison *comparison,
                    const struct lab_style *style) {
    (void)style;
    struct lab_lanes lanes[LAB_DEMO_VARIANTS];
    struct lab_text body = {0};
    struct drawing drawing = {.out = &body};
    lab_time scale = 0;
    int columns = 4;
    for (size_t i = 0; i < comparison->count; i++) {
        lab_lanes_read(&lanes[i], comparison->results[i].record);
        scale = lanes[i].end > scale ? lanes[i].end : scale;
        columns = widest(&lanes[i].tasks, columns);
        columns = widest(&lanes[i].workers, columns);
    }
    drawing.left = EDGE + columns * GLYPH + 16;
    // Of the axis only the steps are wanted: here nothing stands in cells.
    drawing.axis =
        lab_axis_of(scale, (WIDTH - 2 * EDGE - drawing.left) / GLYPH);
    put_head(&drawing, comparison);
    for (size_t i = 0; i < comparison->count; i++) {
        put_variant(&drawing, &comparison->results[i], &lanes[i]);
        lab_lanes_free(&lanes[i]);
    }
    put_legend(&drawing, comparison->settings.demo->mark);
    put_svg(out, comparison, &body, drawing.y + EDGE);
    lab_text_free(&body);
}
