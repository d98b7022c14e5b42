// export_trace.c - Chrome's trace format, which Perfetto opens as well.
//
// Each variant is a process. It has a track for the loop, one for each task
// and one for each worker; their spans are complete events ("X"), which
// follow each other and so never overlap. What was said and marked, cancelled
// or failed, and how each task ended, are instants ("i") on the track where it
// happened. Gauges are counters ("C") of the process. Times are microseconds,
// with all their decimals.

#include "base/json.h"
#include "view/export.h"
#include "view/export_text.h"
#include "view/sentence.h"

#include <inttypes.h>

enum { LINE = 200 }; // columns of a name at most

struct writer {
    struct lab_text *out;
    const struct lab_lanes *lanes;
    const struct lab_record *record;
    size_t process, written;
};

// Begins an event of track [lane]; its closing brace is the caller's.
static void begin(struct writer *writer, const char *phase, size_t lane) {
    lab_text_printf(writer->out, "%s\n{\"ph\":\"%s\",\"pid\":%zu,\"tid\":%zu",
                    writer->written++ ? "," : "", phase, writer->process,
                    lane + 1);
}

static void put_string(struct writer *writer, const char *key,
                       const char *string) {
    lab_json_put_key(writer->out, key);
    lab_export_put_json(writer->out, string, LINE);
}

static void put_time(struct writer *writer, const char *key, lab_time time) {
    lab_json_put_key(writer->out, key);
    lab_time_put_in(writer->out, time, LAB_US);
}

static void put_label(struct writer *writer, size_t lane, const char *what,
                      const char *name) {
    begin(writer, "M", lane);
    put_string(writer, "name", what);
    lab_text_put(writer->out, ",\"args\":{\"id\":0");
    put_string(writer, "name", name);
    lab_text_put(writer->out, "}}");
}

static void put_sort(struct writer *writer, size_t lane, const char *what,
                     size_t index) {
    begin(writer, "M", lane);
    put_string(writer, "name", what);
    lab_text_printf(writer->out, ",\"args\":{\"sort_index\":%zu}}", index);
}

static struct lab_wording wording_of(const struct writer *writer) {
    return (struct lab_wording){writer->record, .lanes = writer->lanes};
}

static void put_why(struct writer *writer, uint32_t why) {
    const struct lab_event *event = lab_record_at(writer->record, why - 1);
    struct lab_text sentence = {0};
    lab_sentence_put(&sentence, wording_of(writer), event);
    lab_text_printf(writer->out, ",\"args\":{\"event\":%u", (unsigned)why);
    put_string(writer, "why", lab_text_string(&sentence));
    if (event->line)
        lab_text_printf(writer->out, ",\"line\":%u",
                        lab_location_line(event->line));
    if (lab_location_file(writer->record, event->line))
        put_string(writer, "file",
                   lab_location_file(writer->record, event->line)->name);
    lab_text_put(writer->out, "}");
    lab_text_free(&sentence);
}

static void put_spans(struct writer *writer, size_t index) {
    const struct lab_lane *lane = lab_lanes_at(writer->lanes, index);
    for (size_t i = 0; i < lane->span_count; i++) {
        const struct lab_span *span = &lane->spans[i];
        if (span->state == LAB_IS_IDLE)
            continue;
        begin(writer, "X", index);
        put_time(writer, "ts", span->from);
        put_time(writer, "dur", span->to - span->from);
        put_string(writer, "name", lab_is_name(span->state));
        if (span->event)
            put_why(writer, span->event);
        lab_text_put(writer->out, "}");
    }
}

static bool is_instant(unsigned kind) {
    return kind == LAB_EVENT_SAY || kind == LAB_EVENT_MARK ||
           kind == LAB_EVENT_CANCEL || kind == LAB_EVENT_UNCANCEL ||
           kind == LAB_EVENT_RAISE || kind == LAB_EVENT_UNREAD ||
           kind == LAB_EVENT_END;
}

static void put_instants(struct writer *writer) {
    struct lab_text sentence = {0};
    for (size_t i = 0; i < lab_record_count(writer->record); i++) {
        const struct lab_event *event = lab_record_at(writer->record, i);
        if (!is_instant(event->kind))
            continue;
        lab_text_clear(&sentence);
        lab_sentence_put(&sentence, wording_of(writer), event);
        begin(writer, "i", lab_lanes_of(writer->lanes, event));
        put_time(writer, "ts", event->time);
        lab_text_put(writer->out, ",\"s\":\"t\"");
        put_string(writer, "name", lab_text_string(&sentence));
        lab_text_put(writer->out, "}");
    }
    lab_text_free(&sentence);
}

static void put_level(struct writer *writer, const struct lab_lane *gauge,
                      struct lab_level level) {
    begin(writer, "C", 0);
    put_time(writer, "ts", level.time);
    put_string(writer, "name", gauge->name);
    lab_text_printf(writer->out, ",\"args\":{\"value\":%" PRId64 "}}",
                    level.value);
}

// A gauge stands at 0 until it is first changed.
static void put_gauges(struct writer *writer) {
    const struct lab_lane_list *gauges = &writer->lanes->gauges;
    for (size_t i = 0; i < gauges->count; i++) {
        const struct lab_lane *gauge = &gauges->lanes[i];
        if (gauge->levels[0].time > 0)
            put_level(writer, gauge, (struct lab_level){0});
        for (size_t j = 0; j < gauge->level_count; j++)
            put_level(writer, gauge, gauge->levels[j]);
    }
}

static void put_variant(struct writer *writer, const char *name) {
    put_label(writer, 0, "process_name", name);
    put_sort(writer, 0, "process_sort_index", writer->process);
    for (size_t i = 0; i < lab_lanes_count(writer->lanes); i++) {
        put_label(writer, i, "thread_name",
                  lab_lanes_at(writer->lanes, i)->name);
        put_sort(writer, i, "thread_sort_index", i + 1);
        put_spans(writer, i);
    }
    put_instants(writer);
    put_gauges(writer);
}

void lab_export_trace(struct lab_text *out,
                      const struct lab_comparison *comparison,
                      const struct lab_style *style) {
    (void)style;
    struct lab_text title = {0};
    struct writer writer = {.out = out};
    lab_export_put_title(&title, comparison);
    lab_text_put(out, "{\"displayTimeUnit\":\"ms\",\"otherData\":{\"demo\":");
    lab_export_put_json(out, lab_text_string(&title), LINE);
    lab_text_put(out, "},\"traceEvents\":[");
    for (size_t i = 0; i < comparison->count; i++) {
        const struct lab_run *run = comparison->runs[i];
        struct lab_lanes lanes;
        lab_lanes_read(&lanes, run->record);
        writer.lanes = &lanes;
        writer.record = run->record;
        writer.process = i + 1;
        put_variant(&writer, run->name);
        lab_lanes_free(&lanes);
    }
    lab_text_put(out, "\n]}\n");
    lab_text_free(&title);
}
