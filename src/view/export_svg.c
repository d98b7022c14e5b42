// export_svg.c - timelines as a picture that stands alone in a README.
//
//     03 sequential_gather: the question         title and settings
//     in_turn  5.000 s  call each, wait for it   a heading for each variant
//              0        1 s        2 s  ...      its axis
//     loop     *........*..........*             its lanes
//     a.txt    *--------*
//     * running  - waiting  ...                  the legend
//
// What a lane is made of is in svg.c.

#include "base/alloc.h"
#include "base/error.h"
#include "view/export.h"
#include "view/export_text.h"
#include "view/svg.h"
#include "view/verdict.h"
#include "view/window.h"

#include <string.h>

enum {
    WIDTH = LAB_SVG_WIDTH,
    EDGE = LAB_SVG_EDGE,
    ROW = LAB_SVG_ROW,
    NAME = LAB_SVG_NAME,
    GLYPH = 7,  // pixels of a column of text, about
    TEXT = 100, // columns of a line of text at most
    LINE = 20,  // from line to line of text
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
    "<pattern id=\"lab-ready\" width=\"7\" height=\"7\" "
    "patternUnits=\"userSpaceOnUse\">"
    "<path class=\"ready-line\" d=\"M-1 8L8-1\"/></pattern>\n"
    "</defs>\n";

// --- one variant

static size_t asked(const struct lab_svg *drawing,
                    const struct lab_lane_list *list, char kind) {
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++)
        count += lab_window_shows(drawing->style, kind, &list->lanes[i]);
    return count;
}

static size_t shown(size_t count) {
    return count > MANY ? SHOWN : count;
}

static void put_list(struct lab_svg *drawing, const struct lab_lane_list *list,
                     char kind) {
    size_t all = asked(drawing, list, kind), left = shown(all);
    for (size_t i = 0; left > 0; i++) {
        if (!lab_window_shows(drawing->style, kind, &list->lanes[i]))
            continue;
        lab_svg_lane(drawing, &list->lanes[i]);
        left--;
    }
    if (shown(all) == all)
        return;
    struct lab_text text = {0};
    lab_text_printf(&text, "... and %zu %s more", all - shown(all),
                    kind == 't' ? "tasks" : "workers");
    lab_svg_text(drawing, EDGE, drawing->y + 15, "dim", lab_text_string(&text),
                 TEXT);
    drawing->y += ROW;
    lab_text_free(&text);
}

static bool shows_loop(const struct lab_svg *drawing,
                       const struct lab_lanes *lanes) {
    return lab_window_names(drawing->style, 'l', &lanes->loop);
}

static int height_of(const struct lab_svg *drawing,
                     const struct lab_lanes *lanes) {
    size_t tasks = asked(drawing, &lanes->tasks, 't');
    size_t workers = asked(drawing, &lanes->workers, 'w');
    size_t rows = shown(tasks) + (tasks > MANY) + shown(workers) +
                  (workers > MANY) + shows_loop(drawing, lanes);
    return (int)rows * ROW;
}

static void put_tick(struct lab_svg *drawing, lab_time time, int bottom) {
    static const struct {
        lab_time unit;
        const char *name;
    } units[] = {{LAB_S, "s"}, {LAB_MS, "ms"}, {LAB_US, "us"}, {LAB_NS, "ns"}};
    size_t i = 0;
    lab_time end = drawing->axis.from + drawing->axis.scale;
    while (end < units[i].unit && units[i].unit > 1)
        i++;
    int x = drawing->left + lab_svg_at(drawing, time);
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
static void put_axis(struct lab_svg *drawing, const struct lab_lanes *lanes) {
    const struct lab_axis *axis = &drawing->axis;
    int bottom = drawing->y + LINE + height_of(drawing, lanes);
    lab_time end = axis->from + axis->scale;
    if (axis->from == 0)
        put_tick(drawing, 0, bottom);
    for (lab_time k = axis->step ? axis->from / axis->step : 0;
         axis->step && k <= end / axis->step; k++)
        if (k > 0 && k * axis->step >= axis->from)
            put_tick(drawing, k * axis->step, bottom);
    drawing->y += LINE;
}

static void put_heading(struct lab_svg *drawing, const struct lab_run *run) {
    struct lab_text text = {0};
    lab_text_put(&text, run->name);
    lab_text_put(&text, "  ");
    if (run->time.measured >= 0)
        lab_time_put(&text, run->time.measured);
    lab_svg_text(drawing, EDGE, drawing->y + 14, "b", lab_text_string(&text),
                 60);
    int columns = lab_text_columns(lab_text_string(&text));
    int x = EDGE + (columns < 60 ? columns : 60) * (GLYPH + 1) + 8;
    const char *about =
        lab_run_failed(run) ? lab_error_text(run->rc) : run->text;
    lab_svg_text(drawing, x, drawing->y + 14, "dim", about ? about : "",
                 (WIDTH - EDGE - x) / GLYPH);
    drawing->y += LINE;
    lab_text_free(&text);
}

static void put_variant(struct lab_svg *drawing, const struct lab_run *run,
                        const struct lab_lanes *lanes) {
    put_heading(drawing, run);
    put_axis(drawing, lanes);
    if (shows_loop(drawing, lanes))
        lab_svg_lane(drawing, &lanes->loop);
    put_list(drawing, &lanes->tasks, 't');
    put_list(drawing, &lanes->workers, 'w');
    drawing->y += LINE;
}

// --- around them

// A sample of each state, and its name behind it.
static void put_legend(struct lab_svg *drawing, const char *mark) {
    int x = EDGE, y = drawing->y + ROW / 2 + 4;
    drawing->left = 0;
    for (int state = LAB_IS_COUNT - 1; state >= 0; state--) {
        const char *name = lab_is_name((enum lab_is)state);
        if (!drawing->seen[state])
            continue;
        lab_svg_sample(drawing, x, (enum lab_is)state);
        lab_svg_text(drawing, x + LAB_SVG_SAMPLE + 6, y, "name", name, NAME);
        x += LAB_SVG_SAMPLE + 6 + (int)strlen(name) * GLYPH + 18;
    }
    if (drawing->seen_mark) {
        lab_svg_sample_mark(drawing, x + 6);
        lab_svg_text(drawing, x + 18, y, "name", mark ? mark : "mark", NAME);
    }
    drawing->y += ROW;
}

// What a reader who does not see the picture is told instead.
static void put_description(struct lab_text *out,
                            const struct lab_comparison *comparison) {
    struct lab_text text = {0}, verdict = {0};
    lab_verdict_put(&verdict, comparison);
    for (size_t i = 0; i < comparison->count; i++) {
        const struct lab_run *run = comparison->runs[i];
        if (i > 0)
            lab_text_put(&text, ", ");
        lab_export_put_cut(&text, run->name, NAME);
        lab_text_put(&text, " took ");
        lab_time_put(&text, lab_record_end(run->record));
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

static void put_head(struct lab_svg *drawing,
                     const struct lab_comparison *comparison) {
    struct lab_text title = {0}, setting = {0};
    const char *asks = comparison->asks;
    lab_export_put_title(&title, comparison);
    lab_export_put_setting(&setting, comparison);
    drawing->y = EDGE;
    lab_svg_text(drawing, EDGE, drawing->y + 16, "b h", lab_text_string(&title),
                 80);
    lab_svg_text(drawing, EDGE, drawing->y + 37, "", asks ? asks : "", TEXT);
    lab_svg_text(drawing, EDGE, drawing->y + 57, "dim",
                 lab_text_string(&setting), TEXT);
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

// How many columns the names of what is shown of [list] need.
static int widest(const struct lab_svg *drawing,
                  const struct lab_lane_list *list, char kind, int columns) {
    struct lab_text cut = {0};
    size_t left = shown(asked(drawing, list, kind));
    for (size_t i = 0; left > 0; i++) {
        if (!lab_window_shows(drawing->style, kind, &list->lanes[i]))
            continue;
        lab_text_clear(&cut);
        lab_export_put_cut(&cut, list->lanes[i].name, NAME);
        int width = lab_text_columns(lab_text_string(&cut));
        columns = width > columns ? width : columns;
        left--;
    }
    lab_text_free(&cut);
    return columns;
}

void lab_export_svg(struct lab_text *out,
                    const struct lab_comparison *comparison,
                    const struct lab_style *style) {
    struct lab_lanes *lanes = lab_alloc(comparison->count * sizeof *lanes);
    struct lab_text body = {0};
    struct lab_svg drawing = {.out = &body, .style = style};
    lab_time scale = 0;
    int columns = 4;
    for (size_t i = 0; i < comparison->count; i++) {
        lab_lanes_read(&lanes[i], comparison->runs[i]->record);
        scale = lanes[i].end > scale ? lanes[i].end : scale;
        columns = widest(&drawing, &lanes[i].tasks, 't', columns);
        columns = widest(&drawing, &lanes[i].workers, 'w', columns);
    }
    drawing.left = EDGE + columns * GLYPH + 16;
    struct lab_window window = lab_window_of(style, scale);
    // Of the axis only the steps are wanted: here nothing stands in cells.
    drawing.axis = lab_axis_between(window.from, window.to,
                                    (WIDTH - 2 * EDGE - drawing.left) / GLYPH);
    put_head(&drawing, comparison);
    for (size_t i = 0; i < comparison->count; i++) {
        put_variant(&drawing, comparison->runs[i], &lanes[i]);
        lab_lanes_free(&lanes[i]);
    }
    put_legend(&drawing, comparison->mark);
    put_svg(out, comparison, &body, drawing.y + EDGE);
    lab_text_free(&body);
    lab_free(lanes);
}
