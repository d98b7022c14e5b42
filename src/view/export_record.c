// A sentence that many events share is written once.

#include "view/export_record.h"

#include "base/alloc.h"
#include "base/intern.h"
#include "base/json.h"
#include "view/chart.h"
#include "view/export_text.h"
#include "view/sentence.h"

#include <inttypes.h>
#include <string.h>

static void put_json(struct lab_text *out, const char *key,
                     const char *string) {
    lab_json_put_key(out, key);
    lab_export_put_json(out, string, LAB_EXPORT_LINE);
}

static size_t at_most(size_t count) {
    return count < LAB_EXPORT_LANES ? count : LAB_EXPORT_LANES;
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
                     (i == 0 || shown[i >= workers_from]++ < LAB_EXPORT_LANES);
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
        lab_export_put_json(out, lane->moments[i].name, LAB_EXPORT_LINE);
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
        lab_export_put_cut(&cut, lab_text_string(&sentence), LAB_EXPORT_LINE);
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
        lab_export_put_json(out, lab_text_string(&line), LAB_EXPORT_LINE);
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

void lab_export_put_record(struct lab_text *out,
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
        if (lab_run_skipped(comparison->runs[i]))
            continue;
        lab_json_put_comma(out);
        put_run(out, comparison, comparison->runs[i], &sentences);
    }
    lab_text_put(out, "],\n\"texts\":[");
    for (uint32_t i = 1; i <= sentences.count; i++) {
        lab_text_put(out, i > 1 ? ",\n" : "\n");
        lab_export_put_json(out, lab_intern_string(&sentences, i),
                            LAB_EXPORT_LINE);
    }
    lab_text_put(out, "]}\n</script>\n");
    lab_intern_free(&sentences);
}
