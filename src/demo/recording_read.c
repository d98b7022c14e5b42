// recording_read.c - a file of a comparison, believed only as far as it is
// whole: every line is one of four kinds, in an order that makes sense.
//
//     demo --> run --> event ... --> end --> run ... --> demo or the file's end

#include "demo/recording_reader.h"

#include "base/alloc.h"
#include "base/json.h"
#include "base/error.h"
#include "core/schedule.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// --- a run

static void begin_run(struct reader *reader) {
    struct lab_json *json = &reader->json;
    struct lab_recorded *recorded = reader->last;
    size_t n = recorded ? recorded->comparison.count : 0;
    if (!recorded || n == LAB_DEMO_VARIANTS) {
        lab_json_fail(json, recorded ? "there are too many runs"
                                     : "a run stands before any demo");
        return;
    }
    struct lab_variant *variant = &recorded->demo.variants[n];
    reader->result = &recorded->comparison.results[n];
    recorded->comparison.count++;
    *reader->result =
        (struct lab_result){.variant = variant, .record = lab_record_new()};
    reader->events = 0;
    reader->end = 0;
    variant->name = lab_reader_keep(reader);
    while (lab_json_more(json, '}')) {
        if (lab_json_key(json, "text"))
            variant->text = lab_reader_keep(reader);
        else if (lab_json_key(json, "law"))
            variant->takes = lab_reader_keep(reader);
        else if (lab_json_key(json, "gap_law"))
            variant->gap = lab_reader_keep(reader);
        else
            lab_json_skip(json);
    }
    if (!variant->name)
        lab_json_fail(json, "a run has no name");
}

static void end_run(struct reader *reader) {
    struct lab_json *json = &reader->json;
    int64_t events = -1, result = 0;
    lab_json_skip(json); // its name, again
    while (lab_json_more(json, '}')) {
        if (lab_json_key(json, "result"))
            lab_json_int(json, &result);
        else if (lab_json_key(json, "events"))
            lab_json_int(json, &events);
        else
            lab_json_skip(json);
    }
    if (!reader->result) {
        lab_json_fail(json, "a run ends that has not begun");
        return;
    }
    if (events != (int64_t)reader->events)
        lab_json_fail(json, "events are missing");
    reader->result->rc = (int)result;
    reader->result = NULL;
}

// --- an event

// Reads a name that [name_of] has; the number of it.
static uint8_t read_name(struct reader *reader,
                         const char *(*name_of)(unsigned)) {
    const char *word = lab_reader_word(reader);
    for (unsigned i = 0; name_of(i); i++)
        if (strcmp(name_of(i), word) == 0)
            return (uint8_t)i;
    lab_json_fail(&reader->json, "there is no such event");
    return 0;
}

static int64_t read_in(struct reader *reader, int64_t most) {
    int64_t value = 0;
    lab_json_int(&reader->json, &value);
    if (value < 0 || value > most)
        lab_json_fail(&reader->json, "a number is out of range");
    return value;
}

// One member of an event's line.
static void read_field(struct reader *reader, struct lab_event *event) {
    struct lab_json *json = &reader->json;
    if (lab_json_key(json, "ns"))
        event->time = read_in(reader, INT64_MAX);
    else if (lab_json_key(json, "event"))
        event->kind = read_name(reader, lab_event_name);
    else if (lab_json_key(json, "task"))
        event->task = (uint32_t)read_in(reader, UINT32_MAX);
    else if (lab_json_key(json, "other"))
        event->other = (uint32_t)read_in(reader, UINT32_MAX);
    else if (lab_json_key(json, "worker"))
        event->worker = (uint16_t)read_in(reader, UINT16_MAX);
    else if (lab_json_key(json, "value"))
        lab_json_int(json, &event->value);
    else if (lab_json_key(json, "line"))
        event->line = (uint32_t)read_in(reader, UINT32_MAX);
    else if (lab_json_key(json, "on"))
        event->on = read_name(reader, lab_event_on_name);
    else if (lab_json_key(json, "text"))
        lab_json_string(json, &reader->text);
    else
        lab_json_skip(json);
}

static void read_event(struct reader *reader) {
    struct lab_json *json = &reader->json;
    struct lab_event event = {.kind = LAB_EVENT_KINDS};
    int64_t sequence = 0;
    lab_json_int(json, &sequence);
    lab_text_clear(&reader->text);
    while (lab_json_more(json, '}'))
        read_field(reader, &event);
    if (!reader->result)
        lab_json_fail(json, "an event stands outside of any run");
    else if (sequence != (int64_t)++reader->events)
        lab_json_fail(json, "an event is missing");
    else if (event.kind == LAB_EVENT_KINDS)
        lab_json_fail(json, "an event does not say what it is");
    if (!json->error)
        lab_record_add(reader->result->record, event,
                       reader->text.length ? reader->text.data : NULL);
}

// --- the file

static void read_line(struct reader *reader, const char *line) {
    struct lab_json *json = &reader->json;
    *json = (struct lab_json){.at = line};
    lab_json_open(json, '{');
    if (!lab_json_more(json, '}'))
        lab_json_fail(json, "the line is empty");
    else if (lab_json_key(json, "seq"))
        read_event(reader);
    else if (lab_json_key(json, "end"))
        end_run(reader);
    else if (reader->result)
        lab_json_fail(json, "a run has no end");
    else if (lab_json_key(json, "run"))
        begin_run(reader);
    else if (lab_json_key(json, "looplab"))
        lab_reader_demo(reader);
    else
        lab_json_fail(json, "this is no line of a record");
    lab_json_end(json);
}

static const char *read_lines(struct reader *reader, FILE *file, long *number) {
    char *line = NULL; // getline's, from malloc
    size_t room = 0;
    ssize_t n;
    while (!reader->json.error && (n = getline(&line, &room, file)) >= 0) {
        ++*number;
        if (memchr(line, '\0', (size_t)n))
            reader->json.error = "a byte of zero is no text";
        else
            read_line(reader, line);
    }
    free(line);
    if (reader->json.error)
        return reader->json.error;
    ++*number;
    if (ferror(file))
        return "it cannot be read";
    if (!reader->last)
        return "the file is empty";
    if (reader->last->comparison.count == 0)
        return "the file is cut short: nothing has run";
    return reader->result ? "the file is cut short: a run has no end" : NULL;
}

static FILE *open_plain(const char *path, struct lab_text *error) {
    struct stat about;
    // Non-blocking, or a pipe would wait for who may never come.
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "r");
    if (!file) {
        lab_text_printf(error, "%s cannot be read: %s", path,
                        lab_error_text(-errno));
        return NULL;
    }
    if (fstat(fd, &about) == 0 && !S_ISREG(about.st_mode)) {
        lab_text_printf(error, "%s is no file of a record", path);
        fclose(file);
        return NULL;
    }
    return file;
}

static void measure(struct lab_recorded *recorded) {
    for (size_t i = 0; i < recorded->comparison.count; i++)
        lab_result_measure(&recorded->comparison, i);
}

bool lab_recording_read(struct lab_recording *recording, const char *path,
                        struct lab_text *error) {
    struct reader reader = {.recording = recording};
    long number = 0;
    *recording = (struct lab_recording){0};
    FILE *file = open_plain(path, error);
    if (!file)
        return false;
    const char *wrong = read_lines(&reader, file, &number);
    fclose(file);
    lab_text_free(&reader.text);
    lab_text_free(&reader.word);
    for (struct lab_recorded *at = recording->first; at; at = at->next)
        lab_reader_settle(at);
    if (wrong) {
        lab_text_printf(error, "%s:%ld: %s", path, number, wrong);
        return false;
    }
    for (struct lab_recorded *at = recording->first; at; at = at->next)
        measure(at);
    return true;
}

void lab_recording_free(struct lab_recording *recording) {
    while (recording->first) {
        struct lab_recorded *recorded = recording->first;
        recording->first = recorded->next;
        lab_comparison_free(&recorded->comparison);
        lab_free(recorded->source);
        lab_text_free(&recorded->texts);
        lab_free(recorded);
    }
}
