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
#include "view/chart.h"
#include "view/export.h"
#include "view/export_text.h"
#include "view/line.h"
#include "view/svg.h"
#include "view/verdict.h"
#include "view/window.h"

#include <limits.h>
#include <string.h>

enum {
    WIDTH = LAB_SVG_WIDTH,
    EDGE = LAB_SVG_EDGE,
    ROW = LAB_SVG_ROW,
    NAME = LAB_SVG_NAME,
    GLYPH = LAB_SVG_GLYPH,
    TEXT = 100, // columns of a line of text at most
    LINE = 20,  // from line to line of text
};

// export_svg.css, as the Makefile turns it into an object.
extern const char css_start[] __asm__("_binary_src_view_export_svg_css_start");
extern const char css_end[] __asm__("_binary_src_view_export_svg_css_end");

// Likewise, of export_patterns.svg.
extern const char
    patterns_start[] __asm__("_binary_src_view_export_patterns_svg_start");
extern const char
    patterns_end[] __asm__("_binary_src_view_export_patterns_svg_end");

// --- one variant

// A line in the place of lanes; takes [text].
static void put_remark(struct lab_svg *drawing, struct lab_text *text) {
    if (text->length > 0) {
        lab_svg_text(drawing, EDGE, drawing->y + 15, "dim",
                     lab_text_string(text), TEXT);
        drawing->y += ROW;
    }
    lab_text_free(text);
}

static void put_more(struct lab_svg *drawing, size_t count, const char *kind) {
    struct lab_text text = {0};
    if (count > 0)
        lab_text_printf(&text, "... and %zu %s more", count, kind);
    put_remark(drawing, &text);
}

static void put_lanes(struct lab_svg *drawing, const struct lab_chart_run *run,
                      const struct lab_chart_gap *gap) {
    for (size_t i = 0; i <= run->count; i++) {
        if (i == run->workers_from)
            put_more(drawing, run->more_tasks, "tasks");
        if (i < run->count)
            lab_svg_lanes(drawing, &run->rows[i]);
        if (i == gap->row && gap->gap.to > gap->gap.from)
            lab_svg_bracket(drawing, gap->gap.from, gap->gap.to, gap->text);
    }
    put_more(drawing, run->more_workers, "workers");
    struct lab_text folded = {0};
    lab_window_say_folded(&folded, run->folded);
    put_remark(drawing, &folded);
}

static void put_tick(struct lab_svg *drawing, lab_time time, int bottom) {
    int x = drawing->left + lab_svg_at(drawing, time);
    lab_text_printf(drawing->out,
                    "<text x=\"%d\" y=\"%d\" class=\"tick\" "
                    "text-anchor=\"middle\">",
                    x, drawing->y + 14);
    lab_axis_label(drawing->out, &drawing->axis, time);
    lab_text_put(drawing->out, "</text>\n");
    lab_text_printf(drawing->out, "<path class=\"grid\" d=\"M%d.5 %dV%d\"/>\n",
                    x, drawing->y + LINE, bottom);
}

// The labels, and lines from them through the lanes.
static void put_axis(struct lab_svg *drawing, const struct lab_chart_run *run,
                     const struct lab_chart_gap *gap) {
    const struct lab_axis *axis = &drawing->axis;
    size_t rows = run->count + (run->more_tasks > 0) + (run->more_workers > 0);
    rows += run->folded > 0 ? 1 : 0;
    rows += gap->gap.to > gap->gap.from ? 1 : 0;
    int bottom = drawing->y + LINE + (int)rows * ROW;
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
    struct lab_text text = {0}, about = {0};
    lab_text_put(&text, run->name);
    lab_text_put(&text, "  ");
    if (run->time.measured >= 0)
        lab_time_put(&text, run->time.measured);
    lab_svg_text(drawing, EDGE, drawing->y + 14, "b", lab_text_string(&text),
                 60);
    int columns = lab_text_columns(lab_text_string(&text));
    int x = EDGE + (columns < 60 ? columns : 60) * (GLYPH + 1) + 8;
    lab_export_put_about(&about, run);
    lab_svg_text(drawing, x, drawing->y + 14, "dim", lab_text_string(&about),
                 (WIDTH - EDGE - x) / GLYPH);
    drawing->y += LINE;
    lab_text_free(&text);
    lab_text_free(&about);
}

static void put_variant(struct lab_svg *drawing,
                        const struct lab_comparison *comparison, size_t index,
                        const struct lab_chart_run *drawn) {
    const struct lab_run *run = comparison->runs[index];
    struct lab_chart_gap gap = lab_chart_gap(drawn, comparison, run->record);
    put_heading(drawing, run);
    if (!lab_run_skipped(run)) { // it says why, and did nothing
        put_axis(drawing, drawn, &gap);
        put_lanes(drawing, drawn, &gap);
    }
    drawing->y += LINE;
    lab_free(gap.text);
}

// --- around them

// Goes to the next row of the legend if [word] and its sample do not fit into
// this one. Returns where they begin.
static int begin_word(struct lab_svg *drawing, int x, const char *word) {
    int width = LAB_SVG_SAMPLE + 6 + (int)strlen(word) * GLYPH;
    if (x == EDGE || x + width <= WIDTH - EDGE)
        return x;
    drawing->y += ROW;
    return EDGE;
}

// Appends [word] and returns where the next sample is.
static int put_word(struct lab_svg *drawing, int x, const char *word) {
    lab_svg_text(drawing, x, drawing->y + ROW / 2 + 4, "name", word, NAME);
    return x + (int)strlen(word) * GLYPH + 18;
}

// A sample of each state, and its name after it.
static void put_legend(struct lab_svg *drawing, const char *mark) {
    static const char inside[] = "waiting for a task";
    int x = EDGE;
    drawing->left = 0;
    for (int state = LAB_IS_COUNT - 1; state >= 0; state--) {
        const char *name = lab_is_name((enum lab_is)state);
        if (!drawing->seen[state])
            continue;
        x = begin_word(drawing, x, name);
        lab_svg_sample(drawing, x, (enum lab_is)state);
        x = put_word(drawing, x + LAB_SVG_SAMPLE + 6, name);
    }
    if (drawing->seen_inside) {
        x = begin_word(drawing, x, inside);
        lab_svg_sample_inside(drawing, x);
        x = put_word(drawing, x + LAB_SVG_SAMPLE + 6, inside);
    }
    for (int i = LAB_ENDING_FAILED; i <= LAB_ENDING_CANCELLED; i++) {
        if (!drawing->seen_ending[i])
            continue;
        const char *name = lab_ending_name((enum lab_ending)i);
        x = begin_word(drawing, x, name);
        lab_svg_sample_ending(drawing, x + 6, (enum lab_ending)i);
        x = put_word(drawing, x + 18, name);
    }
    if (drawing->seen_mark) {
        mark = mark ? mark : "mark";
        x = begin_word(drawing, x, mark);
        lab_svg_sample_mark(drawing, x + 6);
        put_word(drawing, x + 18, mark);
    }
    drawing->y += ROW;
}

// What it comes to, in as many lines as it takes.
static void put_verdict(struct lab_svg *drawing,
                        const struct lab_comparison *comparison) {
    const struct lab_style style = {.width = TEXT};
    struct lab_text verdict = {0}, lines = {0};
    lab_verdict_put(&verdict, comparison);
    lab_line_wrap(&lines, &style, LAB_COLOR_NONE, 0, lab_text_string(&verdict));
    char *rest = lines.length ? lines.data : NULL, *line;
    while (verdict.length && (line = strsep(&rest, "\n")) && *line) {
        lab_svg_text(drawing, EDGE, drawing->y + 14, "b", line, TEXT);
        drawing->y += LINE;
    }
    drawing->y += verdict.length ? LINE / 2 : 0;
    lab_text_free(&verdict);
    lab_text_free(&lines);
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
    lab_export_put_xml(out, lab_text_string(&text), INT_MAX);
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
    if (asks) {
        lab_svg_text(drawing, EDGE, drawing->y + 37, "", asks, TEXT);
        drawing->y += 20;
    }
    lab_svg_text(drawing, EDGE, drawing->y + 37, "dim",
                 lab_text_string(&setting), TEXT);
    drawing->y += 60;
    lab_text_free(&title);
    lab_text_free(&setting);
}

static void put_svg(struct lab_text *out,
                    const struct lab_comparison *comparison,
                    const struct lab_text *body, int height) {
    struct lab_text title = {0};
    lab_export_put_title(&title, comparison);
    lab_text_printf(out,
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"looplab"
                    "\" role=\"img\" aria-labelledby=\"lab-title lab-desc\" "
                    "width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">\n",
                    WIDTH, height, WIDTH, height);
    lab_text_put(out, "<title id=\"lab-title\">");
    lab_export_put_xml(out, lab_text_string(&title), 80);
    lab_text_put(out, "</title>\n");
    put_description(out, comparison);
    lab_text_put(out, "<style>\n");
    lab_export_put_file(out, css_start, css_end);
    lab_text_put(out, "</style>\n");
    lab_export_put_file(out, patterns_start, patterns_end);
    lab_text_printf(out,
                    "<rect class=\"paper\" x=\".5\" y=\".5\" width=\"%d\" "
                    "height=\"%d\" rx=\"6\"/>\n",
                    WIDTH - 1, height - 1);
    lab_text_write(out, lab_text_string(body), body->length);
    lab_text_put(out, "</svg>\n");
    lab_text_free(&title);
}

void lab_export_svg(struct lab_text *out,
                    const struct lab_comparison *comparison,
                    const struct lab_style *style) {
    enum { LEAST_NAME = 4 };
    struct lab_text body = {0};
    struct lab_svg drawing = {.out = &body, .style = style};
    struct lab_chart chart;
    lab_chart_read(&chart, comparison, style, 0);
    int columns = chart.columns < NAME ? chart.columns : NAME;
    columns = columns > LEAST_NAME ? columns : LEAST_NAME;
    drawing.left = EDGE + columns * GLYPH + 16;
    struct lab_window window = lab_window_of(style, chart.scale);
    // Of the axis only the steps are wanted: here nothing stands in cells.
    drawing.axis = lab_axis_between(window.from, window.to,
                                    (WIDTH - 2 * EDGE - drawing.left) / GLYPH);
    put_head(&drawing, comparison);
    for (size_t i = 0; i < chart.count; i++)
        put_variant(&drawing, comparison, i, &chart.runs[i]);
    put_verdict(&drawing, comparison);
    put_legend(&drawing, comparison->mark);
    put_svg(out, comparison, &body, drawing.y + EDGE);
    lab_text_free(&body);
    lab_chart_free(&chart);
}
