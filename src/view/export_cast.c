// export_cast.c - asciicast version 2: what `run` prints, at the run's times,
// and what `timeline` shows of it.
//
// The variants follow each other as they do in `run`; then come the table and
// the bars, and then the timelines, one at a time. No time comes from the
// machine: a minute of virtual time takes a minute to watch, and the bytes are
// the same everywhere.

#include "record/lanes.h"
#include "view/export.h"
#include "view/export_said.h"
#include "view/export_text.h"
#include "view/wording.h"

#include <limits.h>
#include <string.h>

static const struct lab_style screen = {.width = 80, .color = true};
enum { HEIGHT = 24 };
static const lab_time to_look = 3 * LAB_S; // at a paragraph

// A string of JSON whose escape sequences are ours, and whose names have none.
static void put_output(struct lab_text *out, const struct lab_text *text) {
    lab_text_put(out, "\"");
    for (size_t i = 0; i < text->length; i++) {
        unsigned char c = (unsigned char)text->data[i];
        if (c == '\n')
            lab_text_put(out, "\\r\\n");
        else if (c == '"' || c == '\\')
            lab_text_printf(out, "\\%c", c);
        else if (c < 0x20)
            lab_text_printf(out, "\\u%04x", c);
        else
            lab_text_write(out, text->data + i, 1);
    }
    lab_text_put(out, "\"");
}

// Writes [text] as printed at [time], and clears it.
static void put_event(struct lab_text *out, lab_time time,
                      struct lab_text *text) {
    lab_text_put(out, "[");
    lab_time_put_in(out, time, LAB_S);
    lab_text_put(out, ", \"o\", ");
    put_output(out, text);
    lab_text_put(out, "]\n");
    lab_text_clear(text);
}

// Writes the paragraphs of [text], each when there was time to look at the one
// before it, from [time] on.
static void put_slowly(struct lab_text *out, lab_time time,
                       const struct lab_text *text) {
    struct lab_text paragraph = {0};
    for (const char *at = lab_text_string(text); *at;) {
        const char *end = strstr(at, "\n\n");
        size_t n = end ? (size_t)(end - at) + 1 : strlen(at);
        time = lab_time_plus(time, to_look);
        lab_text_write(&paragraph, at, n);
        put_event(out, time, &paragraph);
        at += n;
    }
    lab_text_free(&paragraph);
}

static bool is_said(const struct lab_event *event) {
    return event->kind == LAB_EVENT_SAY || event->kind == LAB_EVENT_UNREAD;
}

static void put_said(struct lab_text *text, const struct lab_record *record,
                     const struct lab_event *event, const char *who) {
    struct lab_text line = {0};
    int columns = 0; // always so: this screen is not wide
    if (event->kind == LAB_EVENT_SAY) {
        lab_text_put(&line, lab_record_text(record, event));
    } else {
        lab_text_put(&line, "failed and nobody asked");
        lab_wording_event_error(&line, record, event);
    }
    lab_export_said_line(text, event->time, who, lab_text_string(&line),
                         &screen, &columns);
    lab_text_free(&line);
}

// Writes what [run] says, from [start] on; returns when it has ended.
static lab_time put_record(struct lab_text *out, const struct lab_run *run,
                           lab_time start) {
    const struct lab_record *record = run->record;
    bool is_silent = true;
    struct lab_lanes lanes;
    struct lab_text text = {0};
    lab_time now = 0;
    lab_lanes_read(&lanes, record);
    for (size_t i = 0; i < lab_record_count(record); i++) {
        const struct lab_event *event = lab_record_at(record, i);
        size_t lane = lab_lanes_of(&lanes, event);
        // Labels, which number equal names, are for lanes.
        const char *who = lane ? lab_lanes_at(&lanes, lane)->says : "";
        now = event->time > now ? event->time : now;
        if (!is_said(event))
            continue;
        if (is_silent)
            lab_export_said_first(&text, run, &screen);
        is_silent = false;
        put_said(&text, record, event, who);
        put_event(out, lab_time_plus(start, now), &text);
    }
    lab_lanes_free(&lanes);
    lab_text_free(&text);
    return lab_time_plus(start, now);
}

static void put_header(struct lab_text *out,
                       const struct lab_comparison *comparison) {
    struct lab_text title = {0};
    lab_export_put_title(&title, comparison);
    lab_text_printf(out, "{\"version\": 2, \"width\": %d, \"height\": %d, ",
                    screen.width, HEIGHT);
    lab_text_put(out, "\"title\": ");
    lab_export_put_json(out, lab_text_string(&title), INT_MAX);
    lab_text_put(out, "}\n");
    lab_text_free(&title);
}

void lab_export_cast(struct lab_text *out,
                     const struct lab_comparison *comparison,
                     const struct lab_style *style) {
    (void)style;
    struct lab_text text = {0};
    lab_time now = 0;
    put_header(out, comparison);
    lab_export_said_heading(&text, comparison, &screen);
    for (size_t i = 0; i < comparison->count; i++) {
        const struct lab_run *run = comparison->runs[i];
        lab_export_said_begin(&text, run, &screen);
        if (text.length)
            put_event(out, now, &text);
        now = put_record(out, run, now);
    }
    lab_view_append(&text, lab_view_results, comparison, &screen);
    put_event(out, now, &text);
    lab_view_append(&text, lab_view_timeline, comparison, &screen);
    put_slowly(out, now, &text);
    lab_text_free(&text);
}
