// export_html.c - a page to zoom, to hover over, and to step through.
//
// The page is one file that needs no network: words and figures as HTML, the
// record as JSON, and export_page.js, which tells it and has it drawn by
// export_draw.js. What the JSON holds is said at the top of that file. A
// sentence that many events share is written once.

#include "base/alloc.h"
#include "base/error.h"
#include "base/intern.h"
#include "base/json.h"
#include "view/chart.h"
#include "view/export.h"
#include "view/export_legend.h"
#include "view/export_text.h"
#include "view/sentence.h"
#include "view/share.h"
#include "view/verdict.h"
#include "view/window.h"

#include <inttypes.h>
#include <limits.h>
#include <string.h>

enum {
    LINE = 200,  // columns of a text at most
    LANES = 400, // of each kind are drawn: a canvas has a greatest height
};

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

// --- the record as JSON

static void put_json(struct lab_text *out, const char *key,
                     const char *string) {
    lab_json_put_key(out, key);
    lab_export_put_json(out, string, LINE);
}

static size_t at_most(size_t count) {
    return count < LANES ? count : LANES;
}

// The place in the page of each lane; -1 if it is left out, as the tasks of
// libraries and all generators are. The caller frees them.
static long *places_of(const struct lab_lanes *lanes) {
    size_t count = lab_lanes_count(lanes), workers_from;
    long *places = lab_alloc(count * sizeof *places), next = 0;
    size_t shown[2] = {0}; // of tasks, and of workers
    workers_from = 1 + lanes->tasks.count;
    for (size_t i = 0; i < count; i++) {
        const struct lab_lane *lane = lab_lanes_at(lanes, i);
        bool drawn = lane->kind != 'g' && !lane->is_library &&
                     (i == 0 || shown[i >= workers_from]++ < LANES);
        places[i] = drawn ? next++ : -1;
    }
    return places;
}

// What export_draw.js draws of a span: a place in its list of states.
static int state_of(const struct lab_span *span) {
    enum { INSIDE = 1 };
    static const int places[LAB_IS_COUNT] = {
        [LAB_IS_WAITING] = 2, [LAB_IS_READY] = 3,     [LAB_IS_QUEUED] = 4,
        [LAB_IS_RUNNING] = 5, [LAB_IS_COMPUTING] = 6, [LAB_IS_BLOCKED] = 7,
    };
    return span->inside ? INSIDE : places[span->state];
}

// When each job of a worker began, and its name.
static void put_jobs(struct lab_text *out, const struct lab_lane *lane) {
    lab_text_put(out, ",\"jobs\":[");
    for (size_t i = 0; i < lane->moment_count; i++) {
        if (!lane->moments[i].job)
            continue;
        lab_json_put_comma(out);
        lab_text_printf(out, "%" PRId64 ",", lane->moments[i].time);
        lab_export_put_json(out, lane->moments[i].name, LINE);
    }
    lab_text_put(out, "]");
}

static void put_lane(struct lab_text *out, const struct lab_lane *lane) {
    lab_text_put(out, "{");
    put_json(out, "name", lane->name);
    lab_text_printf(out, ",\"to\":%" PRId64 ",\"spans\":[", lane->to);
    for (size_t i = 0; i < lane->span_count; i++)
        lab_text_printf(out, "%s%" PRId64 ",%d,%" PRIu32, i ? "," : "",
                        lane->spans[i].from, state_of(&lane->spans[i]),
                        lane->spans[i].event);
    lab_text_put(out, "],\"marks\":[");
    for (size_t i = 0; i < lane->moment_count; i++) {
        if (!lab_moment_is_mark(&lane->moments[i]))
            continue;
        lab_json_put_comma(out);
        lab_text_printf(out, "%" PRId64, lane->moments[i].time);
    }
    lab_text_put(out, "]");
    if (lane->kind == 'w')
        put_jobs(out, lane);
    put_json(out, "ending", lab_ending_name(lane->ending));
    lab_text_put(out, "}");
}

static void put_gauge(struct lab_text *out, const struct lab_lane *gauge) {
    lab_text_put(out, "{");
    put_json(out, "name", gauge->name);
    lab_text_printf(out,
                    ",\"to\":%" PRId64 ",\"peak\":%" PRId64 ",\"levels\":[",
                    gauge->to, lab_lane_peak(gauge));
    for (size_t i = 0; i < gauge->level_count; i++)
        lab_text_printf(out, "%s%" PRId64 ",%" PRId64, i ? "," : "",
                        gauge->levels[i].time, gauge->levels[i].value);
    lab_text_put(out, "]}");
}

static void put_lanes(struct lab_text *out, const struct lab_lanes *lanes,
                      const long *places) {
    lab_text_put(out, ",\"lanes\":[");
    for (size_t i = 0; i < lab_lanes_count(lanes); i++) {
        if (places[i] < 0)
            continue;
        lab_text_put(out, i ? ",\n" : "");
        put_lane(out, lab_lanes_at(lanes, i));
    }
    lab_text_put(out, "],\n\"gauges\":[");
    for (size_t i = 0; i < at_most(lanes->gauges.count); i++) {
        lab_text_put(out, i ? ",\n" : "");
        put_gauge(out, &lanes->gauges.lanes[i]);
    }
    lab_text_put(out, "]");
}

// The longest gap in the marks, and the lane with the last of them.
static void put_gap(struct lab_text *out,
                    const struct lab_comparison *comparison,
                    const struct lab_lanes *lanes, const long *places,
                    const struct lab_record *record) {
    if (!comparison->mark)
        return;
    struct lab_gap gap = lab_record_gap(record, comparison->mark);
    const struct lab_lane *lane = lab_chart_gap_lane(lanes, &gap);
    long place = -1;
    for (size_t i = 0; lane && i < lab_lanes_count(lanes); i++)
        if (lab_lanes_at(lanes, i) == lane)
            place = places[i];
    if (gap.to <= gap.from || place < 0)
        return;
    struct lab_text words = {0};
    lab_chart_gap_put(&words, comparison, &gap);
    lab_text_printf(
        out, ",\n\"gap\":{\"lane\":%ld,\"from\":%" PRId64 ",\"to\":%" PRId64,
        place, gap.from, gap.to);
    put_json(out, "name", lab_text_string(&words));
    lab_text_put(out, "}");
    lab_text_free(&words);
}

static void put_events(struct lab_text *out, const struct lab_lanes *lanes,
                       const long *places, const struct lab_record *record,
                       struct lab_intern *sentences) {
    struct lab_wording wording = {record, .lanes = lanes};
    struct lab_text sentence = {0}, cut = {0};
    lab_text_put(out, ",\n\"events\":[");
    for (size_t i = 0; i < lab_record_count(record); i++) {
        const struct lab_event *event = lab_record_at(record, i);
        lab_text_clear(&sentence);
        lab_text_clear(&cut);
        lab_sentence_put(&sentence, wording, event);
        lab_export_put_cut(&cut, lab_text_string(&sentence), LINE);
        lab_text_printf(
            out, "%s%" PRId64 ",%ld,%" PRIu32 ",%" PRIu32, i ? "," : "",
            event->time, places[lab_lanes_of(lanes, event)],
            lab_intern(sentences, lab_text_string(&cut)) - 1, event->line);
    }
    lab_text_put(out, "]");
    lab_text_free(&sentence);
    lab_text_free(&cut);
}

// The text of a program's file, a line at a time. Tabs differ in width: they
// become spaces.
static void put_code(struct lab_text *out, const char *code) {
    struct lab_text line = {0};
    if (!code)
        return;
    lab_text_put(out, ",\n\"code\":[");
    while (*code) {
        for (; *code && *code != '\n'; code++)
            if (*code == '\t')
                lab_text_put(&line, "    ");
            else if (*code != '\r')
                lab_text_write(&line, code, 1);
        code += *code == '\n';
        lab_json_put_comma(out);
        lab_export_put_json(out, lab_text_string(&line), LINE);
        lab_text_clear(&line);
    }
    lab_text_put(out, "]");
    lab_text_free(&line);
}

// The other files of the program, that places of events are in.
static void put_files(struct lab_text *out, const struct lab_record *record) {
    if (record->file_count == 0)
        return;
    lab_text_put(out, ",\n\"files\":[");
    for (size_t i = 0; i < record->file_count; i++) {
        lab_text_put(out, i ? ",{" : "{");
        put_json(out, "file", record->files[i].name);
        put_code(out, record->files[i].code);
        lab_text_put(out, "}");
    }
    lab_text_put(out, "]");
}

static void put_run(struct lab_text *out,
                    const struct lab_comparison *comparison,
                    const struct lab_run *run, struct lab_intern *sentences) {
    struct lab_lanes lanes;
    lab_lanes_read(&lanes, run->record);
    lab_text_put(out, "{");
    put_json(out, "name", run->name);
    long *places = places_of(&lanes);
    put_lanes(out, &lanes, places);
    put_gap(out, comparison, &lanes, places, run->record);
    put_events(out, &lanes, places, run->record, sentences);
    put_files(out, run->record);
    lab_text_put(out, "}");
    lab_free(places);
    lab_lanes_free(&lanes);
}

static void put_file(struct lab_text *out,
                     const struct lab_comparison *comparison) {
    const char *source =
        comparison->source ? comparison->source : comparison->demo;
    const char *slash = strrchr(source, '/');
    struct lab_text file = {0};
    if (comparison->number > 0)
        lab_text_printf(&file, "%02d_%s.c", comparison->number,
                        comparison->demo);
    else
        lab_text_put(&file, slash ? slash + 1 : source);
    put_json(out, "file", lab_text_string(&file));
    put_code(out, comparison->code);
    lab_text_free(&file);
}

static void put_record(struct lab_text *out,
                       const struct lab_comparison *comparison) {
    struct lab_intern sentences = {0};
    lab_time end = 0;
    for (size_t i = 0; i < comparison->count; i++) {
        lab_time one = lab_record_end(comparison->runs[i]->record);
        end = one > end ? one : end;
    }
    lab_text_put(out, "<script type=\"application/json\" id=\"record\">\n{");
    put_file(out, comparison);
    lab_text_printf(out, ",\"end\":%" PRId64 ",\"runs\":[", end);
    for (size_t i = 0; i < comparison->count; i++) {
        lab_text_put(out, i ? ",\n" : "\n");
        put_run(out, comparison, comparison->runs[i], &sentences);
    }
    lab_text_put(out, "],\n\"texts\":[");
    for (uint32_t i = 1; i <= sentences.count; i++) {
        lab_text_put(out, i > 1 ? ",\n" : "\n");
        lab_export_put_json(out, lab_intern_string(&sentences, i), LINE);
    }
    lab_text_put(out, "]}\n</script>\n");
    lab_intern_free(&sentences);
}

// --- words and figures

static void put_element(struct lab_text *out, const char *before,
                        const char *string, const char *after) {
    lab_text_put(out, before);
    lab_export_put_xml(out, string, LINE);
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
    lab_export_put_file(out, tools_start, tools_end);
    lab_text_free(&setting);
    lab_text_free(&verdict);
}

static void put_left_out(struct lab_text *out, size_t count, const char *kind) {
    if (count > LANES)
        lab_text_printf(out, "<p class=\"dim\">... and %zu %s more</p>\n",
                        count - LANES, kind);
}

// What the loop did in all, and how many tasks there were at once.
static void put_share(struct lab_text *out, const struct lab_lanes *lanes) {
    const struct lab_style plain = {.width = LINE};
    struct lab_window whole = {.to = lanes->end};
    struct lab_text line = {0}, text = {0};
    lab_share_put(&line, &plain, lanes, &whole);
    lab_text_write(&text, line.data, line.length - 1); // without the newline
    put_element(out, "<p class=\"dim\">", lab_text_string(&text), "</p>\n");
    lab_text_free(&line);
    lab_text_free(&text);
}

static void put_section(struct lab_text *out, const struct lab_run *run,
                        struct lab_export_legend *legend) {
    static const struct lab_style all = {.width = 80};
    struct lab_text time = {0}, about = {0};
    struct lab_lanes lanes;
    lab_lanes_read(&lanes, run->record);
    for (size_t i = 0; i < lab_lanes_count(&lanes); i++)
        lab_export_legend_note(legend, lab_lanes_at(&lanes, i));
    lab_time_put(&time, lab_record_end(run->record));
    lab_export_put_about(&about, run);
    put_element(out, "<section>\n<h2>", run->name, " <small>");
    put_element(out, "", lab_text_string(&time), "</small> <small>");
    put_element(out, "", lab_text_string(&about), "</small></h2>\n");
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
    lab_text_put(out, "</section>\n");
    lab_text_free(&time);
    lab_text_free(&about);
    lab_lanes_free(&lanes);
}

void lab_export_html(struct lab_text *out,
                     const struct lab_comparison *comparison,
                     const struct lab_style *style) {
    (void)style;
    struct lab_export_legend legend = {0};
    struct lab_text title = {0};
    lab_export_put_title(&title, comparison);
    put_head(out, lab_text_string(&title));
    put_header(out, lab_text_string(&title), comparison);
    lab_text_put(out, "<main>\n");
    for (size_t i = 0; i < comparison->count; i++)
        put_section(out, comparison->runs[i], &legend);
    lab_text_put(out, "</main>\n");
    lab_export_legend_put(&legend, comparison->mark, out);
    lab_export_put_file(out, panel_start, panel_end);
    put_record(out, comparison);
    lab_text_put(out, "<script>\n");
    lab_export_put_file(out, draw_start, draw_end);
    lab_export_put_file(out, js_start, js_end);
    lab_text_put(out, "</script>\n</body>\n</html>\n");
    lab_text_free(&title);
}
