#include "record/file.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/json.h"
#include "record/location.h"

#include <inttypes.h>
#include <string.h>

static bool fail(const char *path, int rc, struct lab_text *error) {
    lab_text_printf(error, "%s cannot be written: %s", path,
                    rc == LAB_EPERM ? "it is read-only" : lab_error_text(rc));
    return false;
}

bool lab_recorder_open(struct lab_recorder *recorder, const char *path,
                       struct lab_text *error) {
    *recorder = (struct lab_recorder){0};
    int rc = lab_save_open(&recorder->save, path);
    if (rc < 0)
        return fail(path, rc, error);
    recorder->path = lab_strdup(path);
    return true;
}

bool lab_recorder_close(struct lab_recorder *recorder, struct lab_text *error) {
    int rc = lab_save_close(&recorder->save);
    if (rc < 0)
        fail(recorder->path, rc, error);
    lab_free(recorder->path);
    return rc == 0;
}

void lab_recorder_drop(struct lab_recorder *recorder) {
    lab_save_drop(&recorder->save);
    lab_free(recorder->path);
}

// Writes [line], adding its end, and frees it.
static void write_line(struct lab_recorder *recorder, struct lab_text *line) {
    lab_text_put(line, "}\n");
    fwrite(line->data, 1, line->length, recorder->save.file);
    lab_text_free(line);
}

static void put_params(struct lab_text *line,
                       const struct lab_comparison *comparison) {
    lab_text_put(line, ",\"params\":[");
    for (size_t i = 0; i < comparison->param_count; i++) {
        const struct lab_run_param *param = &comparison->params[i];
        lab_json_put_comma(line);
        lab_text_put(line, "{");
        lab_json_put_member(line, "name", param->name);
        lab_text_printf(line,
                        param->is_list ? ",\"value\":[%s]" : ",\"value\":%s",
                        param->value);
        lab_json_put_member(line, "unit", *param->unit ? param->unit : NULL);
        lab_text_put(line, "}");
    }
    lab_text_put(line, "]");
}

void lab_recorder_begin(struct lab_recorder *recorder,
                        const struct lab_comparison *comparison) {
    struct lab_text line = {0}, clock = {0};
    const char *source = comparison->source;
    const char *slash = source ? strrchr(source, '/') : NULL;
    recorder->demos++;
    lab_clock_put(&clock, comparison->clock);
    lab_text_printf(&line, "{\"looplab\":\"record\",\"version\":%d",
                    LAB_FILE_VERSION);
    lab_json_put_member(&line, "demo", comparison->demo);
    lab_text_printf(&line, ",\"number\":%d", comparison->number);
    lab_json_put_member(&line, "asks", comparison->asks);
    lab_json_put_member(&line, "source", slash ? slash + 1 : source);
    if (comparison->language)
        lab_json_put_member(&line, "language", comparison->language);
    if (comparison->code)
        lab_json_put_member(&line, "code", comparison->code);
    lab_json_put_member(&line, "mark", comparison->mark);
    lab_json_put_member(&line, "gap_text", comparison->gap_text);
    if (comparison->verdict)
        lab_json_put_member(&line, "verdict", comparison->verdict);
    lab_json_put_member(&line, "clock", lab_text_string(&clock));
    if (comparison->cores)
        lab_text_printf(&line, ",\"cores\":%d", comparison->cores);
    lab_json_put_member(&line, "schedule", comparison->schedule);
    put_params(&line, comparison);
    write_line(recorder, &line);
    lab_text_free(&clock);
}

static void put_number(struct lab_text *line, const char *key, int64_t value) {
    if (value)
        lab_text_printf(line, ",\"%s\":%" PRId64, key, value);
}

// What only some kinds of event have.
static void put_own(struct lab_text *line, const struct lab_record *record,
                    const struct lab_event *event) {
    switch (event->kind) {
    case LAB_EVENT_RUN:
        put_number(line, "of", event->need);
        break;
    case LAB_EVENT_SPAWN:
        lab_text_put(line, event->is_library ? ",\"library\":true" : "");
        break;
    case LAB_EVENT_SAY:
        if (event->is_stderr)
            lab_json_put_member(line, "stream", "stderr");
        break;
    case LAB_EVENT_QUEUE:
        if (event->name)
            lab_json_put_member(line, "name",
                                lab_record_string(record, event->name));
        break;
    default:
        put_number(line, "need", event->need);
        break;
    }
}

// The text of a file comes with the first event in it.
static void put_file(struct lab_text *line, struct lab_recorder *recorder,
                     const struct lab_event *event) {
    const struct lab_record_file *file =
        lab_location_file(recorder->record, event->line);
    size_t number = event->line >> LAB_LOCATION_BITS;
    if (!file)
        return;
    lab_json_put_member(line, "file", file->name);
    if (number > recorder->files && file->code)
        lab_json_put_member(line, "code", file->code);
    recorder->files = number > recorder->files ? number : recorder->files;
}

// An event that was kept as "other" is written as it was read.
static void on_event(void *arg, const struct lab_event *event,
                     const char *text) {
    static const char *const wheres[] = {NULL, "inside", "outside"};
    struct lab_recorder *recorder = arg;
    struct lab_text line = {0};
    // Without a name they are "other" in the file as well.
    bool other = event->kind == LAB_EVENT_OTHER && *text;
    bool on_other = event->on == LAB_ON_OTHER && *text;
    lab_text_printf(&line, "{\"seq\":%" PRIu64 ",\"ns\":%" PRId64,
                    ++recorder->events, event->time);
    lab_json_put_member(&line, "event",
                        other ? text : lab_event_name(event->kind));
    put_number(&line, "task", event->task);
    put_number(&line, "other", event->other);
    put_number(&line, "worker", event->worker);
    put_number(&line, "value", event->value);
    put_number(&line, "line", lab_location_line(event->line));
    put_file(&line, recorder, event);
    put_own(&line, recorder->record, event);
    if (event->on)
        lab_json_put_member(&line, "on",
                            on_other ? text : lab_event_on_name(event->on));
    if (event->kind != LAB_EVENT_QUEUE && event->where)
        lab_json_put_member(&line, "where",
                            wheres[event->where % countof(wheres)]);
    if (*text && !other && !on_other)
        lab_json_put_member(&line, "text", text);
    write_line(recorder, &line);
}

static void put_claims(struct lab_text *line, const struct lab_run *run) {
    if (run->claim_count == 0)
        return;
    lab_text_put(line, ",\"claims\":[");
    for (size_t i = 0; i < run->claim_count; i++) {
        lab_json_put_comma(line);
        lab_json_put_string(line, run->claims[i].text);
    }
    lab_text_put(line, "]");
}

void lab_recorder_run(struct lab_recorder *recorder,
                      const struct lab_run *run) {
    struct lab_text line = {0};
    lab_text_put(&line, "{");
    lab_json_put_member(&line, "run", run->name);
    lab_json_put_member(&line, "text", run->text);
    lab_json_put_member(&line, "law", run->time.law);
    lab_json_put_member(&line, "gap_law", run->gap.law);
    put_claims(&line, run);
    lab_text_put(&line, run->differs ? ",\"differs\":1" : "");
    write_line(recorder, &line);
    recorder->events = recorder->files = 0;
    recorder->record = run->record;
    lab_record_listen(run->record, on_event, recorder);
}

void lab_recorder_end(struct lab_recorder *recorder,
                      const struct lab_run *run) {
    struct lab_text line = {0};
    lab_record_listen(run->record, NULL, NULL);
    lab_text_put(&line, "{");
    lab_json_put_member(&line, "end", run->name);
    lab_text_printf(&line,
                    ",\"result\":%d,\"ns\":%" PRId64 ",\"events\":%" PRIu64,
                    run->rc, lab_record_end(run->record), recorder->events);
    write_line(recorder, &line);
}
