// export_html.c - a page to zoom, to hover over, and to step through.
//
// The page is one file that needs no network: words and figures as HTML, the
// record as JSON, and export_page.js, which tells it and has it drawn by
// export_draw.js.

#include "view/export.h"
#include "view/export_legend.h"
#include "view/export_record.h"
#include "view/export_text.h"
#include "view/share.h"
#include "view/verdict.h"
#include "view/window.h"

#include <limits.h>

// Files beside this one, as the Makefile turns them into objects.
extern const char css_start[] __asm__("_binary_src_view_export_page_css_start");
extern const char css_end[] __asm__("_binary_src_view_export_page_css_end");
extern const char js_start[] __asm__("_binary_src_view_export_page_js_start");
extern const char js_end[] __asm__("_binary_src_view_export_page_js_end");
extern const char draw_start[] __asm__("_binary_src_view_export_draw_js_start");
extern const char draw_end[] __asm__("_binary_src_view_export_draw_js_end");
extern const char
    tools_start[] __asm__("_binary_src_view_export_tools_html_start");
extern const char tools_end[] __asm__("_binary_src_view_export_tools_html_end");
extern const char
    panel_start[] __asm__("_binary_src_view_export_panel_html_start");
extern const char panel_end[] __asm__("_binary_src_view_export_panel_html_end");

static void put_element(struct lab_text *out, const char *before,
                        const char *string, const char *after) {
    lab_text_put(out, before);
    lab_export_put_xml(out, string, LAB_EXPORT_LINE);
    lab_text_put(out, after);
}

static void put_head(struct lab_text *out, const char *title) {
    lab_text_put(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
                      "<meta charset=\"utf-8\">\n"
                      "<meta name=\"viewport\" content=\"width=device-width, "
                      "initial-scale=1\">\n"
                      "<meta http-equiv=\"Content-Security-Policy\" content=\""
                      "default-src 'none'; style-src 'unsafe-inline'; "
                      "script-src 'unsafe-inline'\">\n");
    put_element(out, "<title>", title, "</title>\n<style>\n");
    lab_export_put_file(out, css_start, css_end);
    lab_text_put(out, "</style>\n</head>\n<body>\n");
}

static void put_header(struct lab_text *out, const char *title,
                       const struct lab_comparison *comparison) {
    struct lab_text setting = {0}, verdict = {0};
    const char *asks = comparison->asks;
    lab_export_put_setting(&setting, comparison);
    lab_verdict_put(&verdict, comparison);
    put_element(out, "<header>\n<h1>", title, "</h1>\n");
    if (asks)
        put_element(out, "<p class=\"asks\">", asks, "</p>\n");
    put_element(out, "<p class=\"dim\">", lab_text_string(&setting), "</p>\n");
    lab_text_put(out, "<p>");
    lab_export_put_xml(out, lab_text_string(&verdict), INT_MAX); // all of it
    lab_text_put(out, "</p>\n</header>\n");
    lab_text_free(&setting);
    lab_text_free(&verdict);
}

static void put_left_out(struct lab_text *out, size_t count, const char *kind) {
    if (count > LAB_EXPORT_LANES)
        lab_text_printf(out, "<p class=\"dim\">... and %zu %s more</p>\n",
                        count - LAB_EXPORT_LANES, kind);
}

// What the loop did in all, and how many tasks there were at once.
static void put_share(struct lab_text *out, const struct lab_lanes *lanes) {
    const struct lab_style plain = {.width = LAB_EXPORT_LINE};
    struct lab_window whole = {.to = lanes->end};
    struct lab_text line = {0}, text = {0};
    lab_share_put(&line, &plain, lanes, &whole);
    lab_text_write(&text, line.data, line.length - 1); // without the newline
    put_element(out, "<p class=\"dim\">", lab_text_string(&text), "</p>\n");
    lab_text_free(&line);
    lab_text_free(&text);
}

static void put_heading(struct lab_text *out, const struct lab_run *run) {
    struct lab_text time = {0}, about = {0};
    lab_time_put(&time, lab_record_end(run->record));
    lab_export_put_about(&about, run);
    put_element(out, "<section>\n<h2>", run->name, " <small>");
    put_element(out, "", lab_text_string(&time), "</small> <small>");
    put_element(out, "", lab_text_string(&about), "</small></h2>\n");
    lab_text_free(&time);
    lab_text_free(&about);
}

// What is drawn of a run by the script, and what it leaves out.
static void put_lanes_of(struct lab_text *out, const struct lab_run *run,
                         struct lab_export_legend *legend) {
    static const struct lab_style all = {.width = 80};
    struct lab_lanes lanes;
    lab_lanes_read(&lanes, run->record);
    for (size_t i = 0; i < lab_lanes_count(&lanes); i++)
        lab_export_legend_note(legend, lab_lanes_at(&lanes, i));
    put_element(out,
                "<div class=\"lanes\" tabindex=\"0\" role=\"application\" "
                "aria-describedby=\"keys\" aria-label=\"Timeline of ",
                run->name, "\"><canvas aria-hidden=\"true\"></canvas></div>\n");
    size_t folded = lab_window_folded(&all, &lanes);
    put_left_out(out, lanes.tasks.count - folded, "tasks");
    put_left_out(out, lanes.workers.count, "workers");
    if (folded > 0)
        lab_text_printf(out,
                        "<p class=\"dim\">... and %zu task%s of "
                        "libraries</p>\n",
                        folded, folded == 1 ? "" : "s");
    put_left_out(out, lanes.gauges.count, "gauges");
    put_share(out, &lanes);
    lab_lanes_free(&lanes);
}

// A skipped run did nothing: its heading says why. The script does not know it.
static size_t put_sections(struct lab_text *out,
                           const struct lab_comparison *comparison,
                           struct lab_export_legend *legend) {
    size_t drawn = 0;
    lab_text_put(out, "<main>\n");
    for (size_t i = 0; i < comparison->count; i++) {
        put_heading(out, comparison->runs[i]);
        if (!lab_run_skipped(comparison->runs[i])) {
            put_lanes_of(out, comparison->runs[i], legend);
            drawn++;
        }
        lab_text_put(out, "</section>\n");
    }
    lab_text_put(out, "</main>\n");
    return drawn;
}

void lab_export_html(struct lab_text *out,
                     const struct lab_comparison *comparison,
                     const struct lab_style *style) {
    (void)style;
    struct lab_export_legend legend = {0};
    struct lab_text title = {0}, sections = {0};
    lab_export_put_title(&title, comparison);
    put_head(out, lab_text_string(&title));
    put_header(out, lab_text_string(&title), comparison);
    size_t drawn = put_sections(&sections, comparison, &legend);
    if (drawn > 0)
        lab_export_put_file(out, tools_start, tools_end);
    lab_text_write(out, sections.data, sections.length);
    if (drawn > 0) {
        lab_export_legend_put(&legend, comparison->mark, out);
        lab_export_put_file(out, panel_start, panel_end);
        lab_export_put_record(out, comparison);
        lab_text_put(out, "<script>\n");
        lab_export_put_file(out, draw_start, draw_end);
        lab_export_put_file(out, js_start, js_end);
        lab_text_put(out, "</script>\n");
    }
    lab_text_put(out, "</body>\n</html>\n");
    lab_text_free(&title);
    lab_text_free(&sections);
}
