#include "view/window.h"

#include "base/intern.h"
#include "view/line.h"
#include "view/wording.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct lab_window lab_window_of(const struct lab_style *style, lab_time end) {
    lab_time from = style->from > 0 ? style->from : 0;
    lab_time to = style->to > 0 && style->to < end ? style->to : end;
    return (struct lab_window){from, to > from ? to : from};
}

bool lab_window_meets(const struct lab_window *window, lab_time from,
                      lab_time to) {
    return to >= window->from && from <= window->to;
}

static bool is(const char *name, const char *word, size_t n) {
    return strlen(name) == n && memcmp(name, word, n) == 0;
}

// --- is it there?

static bool is_called(const struct lab_lane *lane, const char *word, size_t n) {
    char number[16];
    snprintf(number, sizeof number, "%c%" PRIu32, lane->kind, lane->number);
    return is(lane->name, word, n) || is(lane->says, word, n) ||
           is(number, word, n);
}

// How many lanes= may name: the lanes, then the gauges.
static size_t count_all(const struct lab_lanes *lanes) {
    return lab_lanes_count(lanes) + lanes->gauges.count;
}

static bool has_lane(const struct lab_comparison *comparison, const char *word,
                     size_t n) {
    bool has = false;
    for (size_t i = 0; i < comparison->count && !has; i++) {
        struct lab_lanes lanes;
        lab_lanes_read(&lanes, comparison->runs[i]->record);
        for (size_t j = 0; j < count_all(&lanes) && !has; j++)
            has = is_called(lab_lanes_at(&lanes, j), word, n);
        lab_lanes_free(&lanes);
    }
    return has;
}

enum { NAMED = 12 }; // lanes that a sentence lists at most

// Appends the names of the lanes of all runs, each once.
static void put_lanes(struct lab_text *error,
                      const struct lab_comparison *comparison) {
    struct lab_intern names = {0};
    for (size_t i = 0; i < comparison->count; i++) {
        struct lab_lanes lanes;
        lab_lanes_read(&lanes, comparison->runs[i]->record);
        for (size_t j = 0; j < count_all(&lanes); j++)
            lab_intern(&names, lab_lanes_at(&lanes, j)->name);
        lab_lanes_free(&lanes);
    }
    for (uint32_t i = 1; i <= names.count && i <= NAMED + 1; i++)
        lab_text_printf(error, "%s %s", i > 1 ? "," : "",
                        i <= NAMED ? lab_intern_string(&names, i) : "...");
    lab_intern_free(&names);
}

static bool check_lanes(const char *names,
                        const struct lab_comparison *comparison,
                        struct lab_text *error) {
    for (const char *word = names; *word;) {
        size_t n = strcspn(word, ",");
        if (n > 0 && !is("all", word, n) && !has_lane(comparison, word, n)) {
            lab_text_put(error, "no lane ");
            lab_text_quote(error, word, n);
            lab_text_put(error, "; there are");
            put_lanes(error, comparison);
            return false;
        }
        word += n + (word[n] == ',');
    }
    return true;
}

bool lab_window_check(const struct lab_style *style,
                      const struct lab_comparison *comparison,
                      struct lab_text *error) {
    lab_time end = 0;
    for (size_t i = 0; i < comparison->count; i++) {
        lab_time at = lab_record_end(comparison->runs[i]->record);
        end = at > end ? at : end;
    }
    if (style->from > end) {
        lab_text_put(error, "nothing happened after ");
        lab_time_put(error, end);
        lab_text_put(error, "; from= must be before");
        return false;
    }
    return !style->lanes || check_lanes(style->lanes, comparison, error);
}

// --- what is shown

bool lab_window_names(const struct lab_style *style,
                      const struct lab_lane *lane) {
    if (!style->lanes)
        return !lane || !lane->is_library;
    for (const char *word = style->lanes; *word;) {
        size_t n = strcspn(word, ",");
        if (is("all", word, n) || (lane && is_called(lane, word, n)))
            return true;
        word += n + (word[n] == ',');
    }
    return false;
}

size_t lab_window_folded(const struct lab_style *style,
                         const struct lab_lanes *lanes) {
    size_t count = 0;
    for (size_t i = 0; i < lanes->tasks.count && !style->lanes; i++)
        count += lanes->tasks.lanes[i].is_library;
    return count;
}

void lab_window_say_folded(struct lab_text *out, size_t count) {
    if (count > 0)
        lab_text_printf(
            out, "... and %zu task%s of libraries; lanes=all shows %s", count,
            count == 1 ? "" : "s", count == 1 ? "it" : "them");
}

void lab_window_put_folded(struct lab_text *out, const struct lab_style *style,
                           const struct lab_lanes *lanes) {
    struct lab_text line = {0};
    lab_window_say_folded(&line, lab_window_folded(style, lanes));
    if (line.length > 0)
        lab_line_end(out, style, LAB_COLOR_NONE, 0, &line);
}

void lab_window_text(struct lab_text *out, const struct lab_style *style,
                     int used, const char *text) {
    bool has_text = text && *text;
    bool fits = has_text && lab_line_columns(text) <= style->width - used - 2;
    if (fits) {
        lab_text_put(out, "  ");
        lab_line_paint(out, style, LAB_COLOR_DIM, text, style->width);
    }
    lab_text_put(out, "\n");
    if (has_text && !fits)
        lab_line_wrap(out, style, LAB_COLOR_DIM, 2, text);
}

void lab_window_head(struct lab_text *out, const struct lab_style *style,
                     const struct lab_run *run) {
    struct lab_text time = {0};
    lab_line_time(&time, run->time.measured);
    int most = style->width - (int)time.length - 2;
    int used = lab_line_columns(run->name);
    used = used < most ? used : most;
    lab_view_color(out, style, LAB_COLOR_HEAD);
    lab_line_put(out, style, run->name, used);
    lab_text_printf(out, "  %s", lab_text_string(&time));
    lab_view_color(out, style, LAB_COLOR_NONE);
    used += 2 + (int)time.length;
    lab_text_free(&time);

    lab_window_text(out, style, used, run->text);
    if (!lab_run_finished(run)) {
        struct lab_text error = {0};
        lab_wording_run_failure(&error, run);
        lab_line_end(out, style, lab_wording_run_color(run), 0, &error);
    }
}

void lab_window_more(struct lab_text *out, const struct lab_style *style,
                     size_t count, size_t most, const char *things) {
    if (count > most)
        lab_line_printf(out, style, LAB_COLOR_NONE, 0, "... and %zu %s more",
                        count - most, things);
}

void lab_window_left_out(struct lab_text *out, const struct lab_style *style,
                         const struct lab_record *record) {
    uint64_t count = lab_record_left_out(record);
    if (count > 0)
        lab_line_printf(out, style, LAB_COLOR_DIM, 0,
                        "(the record is full: of the events of the run it "
                        "lacks the last %" PRIu64 ")",
                        count);
}

void lab_window_each(struct lab_text *out,
                     const struct lab_comparison *comparison,
                     const struct lab_style *style, lab_run_view_fn *fn,
                     void *arg) {
    for (size_t i = 0; i < comparison->count; i++) {
        const struct lab_run *run = comparison->runs[i];
        struct lab_run_view view = {out, style, run->record};
        lab_lanes_read(&view.lanes, run->record);
        view.window = lab_window_of(style, view.lanes.end);
        lab_text_put(out, i ? "\n" : "");
        lab_window_head(out, style, run);
        if (!lab_run_skipped(run))
            fn(&view, arg);
        lab_window_left_out(out, style, run->record);
        lab_lanes_free(&view.lanes);
    }
}
