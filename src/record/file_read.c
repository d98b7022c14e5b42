// file_read.c - lines of a record, believed only as far as they are whole:
// every line is one of four kinds, in an order that makes sense.
//
//     demo --> run --> event ... --> end --> run ... --> demo or the file's end

#include "record/file_internal.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/read.h"
#include "record/location.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

// --- values

const char *lab_reader_word(struct lab_reader *reader) {
    lab_text_clear(&reader->word);
    lab_json_string(&reader->json, &reader->word);
    return lab_text_string(&reader->word);
}

void lab_reader_kept(struct lab_reader *reader, char **kept) {
    lab_free(*kept);
    *kept = NULL;
    if (!lab_json_null(&reader->json))
        *kept = lab_strdup(lab_reader_word(reader));
}

int64_t lab_reader_int(struct lab_reader *reader, int64_t most) {
    int64_t value = 0;
    lab_json_int(&reader->json, &value);
    if (value < 0 || value > most)
        lab_json_fail(&reader->json, "a number is out of range");
    return value;
}

// --- a run

static void read_claims(struct lab_reader *reader) {
    lab_json_open(&reader->json, '[');
    while (lab_json_more(&reader->json, ']'))
        lab_run_add_claim(reader->run, lab_reader_word(reader));
}

static void begin_run(struct lab_reader *reader) {
    struct lab_json *json = &reader->json;
    if (!reader->last) {
        lab_json_fail_line(json, "a run stands before any demo");
        return;
    }
    struct lab_run *run = reader->run =
        lab_comparison_add_run(reader->last, lab_reader_word(reader));
    reader->events = 0;
    while (lab_json_more(json, '}')) {
        if (lab_json_key(json, "text"))
            lab_reader_kept(reader, &run->text);
        else if (lab_json_key(json, "law"))
            lab_reader_kept(reader, &run->time.law);
        else if (lab_json_key(json, "gap_law"))
            lab_reader_kept(reader, &run->gap.law);
        else if (lab_json_key(json, "differs"))
            reader->run->differs = lab_reader_int(reader, 1);
        else if (lab_json_key(json, "claims"))
            read_claims(reader);
        else
            lab_json_skip(json);
    }
}

static void end_run(struct lab_reader *reader) {
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
    if (!reader->run) {
        lab_json_fail_line(json, "a run ends that has not begun");
        return;
    }
    if (events != (int64_t)reader->events)
        lab_json_fail_line(json, "events are missing");
    lab_json_end(json);
    if (!json->error)
        lab_reader_cut(reader, (int)result);
}

// --- an event

// Reads a name and returns its number in [name_of]; or [other], if it is not
// there, with the name as the event's text.
static uint8_t read_name(struct lab_reader *reader,
                         const char *(*name_of)(unsigned), uint8_t other) {
    const char *word = lab_reader_word(reader);
    for (unsigned i = 0; name_of(i); i++)
        if (strcmp(name_of(i), word) == 0)
            return (uint8_t)i;
    lab_text_clear(&reader->text);
    lab_text_put(&reader->text, word);
    return other;
}

static enum lab_where read_where(struct lab_reader *reader) {
    const char *word = lab_reader_word(reader);
    return strcmp(word, "inside") == 0    ? LAB_WHERE_INSIDE
           : strcmp(word, "outside") == 0 ? LAB_WHERE_OUTSIDE
                                          : LAB_WHERE_UNSAID;
}

// A member that only some kinds of event have.
static void read_own(struct lab_reader *reader, struct lab_event *event) {
    struct lab_json *json = &reader->json;
    if (lab_json_key(json, "need") || lab_json_key(json, "of"))
        event->need =
            (uint32_t)lab_reader_int(reader, LAB_NEED_MOST) & LAB_NEED_MOST;
    else if (lab_json_key(json, "where"))
        event->where = read_where(reader) & 3;
    else if (lab_json_key(json, "stream"))
        event->is_stderr = strcmp(lab_reader_word(reader), "stderr") == 0;
    else if (lab_json_key(json, "library") && lab_json_true(json))
        event->is_library = true;
    else if (lab_json_key(json, "name"))
        lab_json_string(json, &reader->name);
    else if (lab_json_key(json, "file"))
        lab_json_string(json, &reader->file);
    else if (lab_json_key(json, "code"))
        lab_json_string(json, &reader->code);
    else
        lab_json_skip(json);
}

// One member of an event's line.
static void read_field(struct lab_reader *reader, struct lab_event *event) {
    struct lab_json *json = &reader->json;
    bool other = event->kind == LAB_EVENT_OTHER || event->on == LAB_ON_OTHER;
    if (lab_json_key(json, "ns"))
        event->time = lab_reader_int(reader, INT64_MAX);
    else if (lab_json_key(json, "event"))
        event->kind = read_name(reader, lab_event_name, LAB_EVENT_OTHER);
    else if (lab_json_key(json, "task"))
        event->task = (uint32_t)lab_reader_int(reader, UINT32_MAX);
    else if (lab_json_key(json, "other"))
        event->other = (uint32_t)lab_reader_int(reader, UINT32_MAX);
    else if (lab_json_key(json, "worker"))
        event->worker = (uint16_t)lab_reader_int(reader, UINT16_MAX);
    else if (lab_json_key(json, "value"))
        lab_json_int(json, &event->value);
    else if (lab_json_key(json, "line"))
        event->line = (uint32_t)lab_reader_int(reader, LAB_LOCATION_LINE_MOST);
    else if (lab_json_key(json, "on"))
        event->on = read_name(reader, lab_event_on_name, LAB_ON_OTHER);
    else if (lab_json_key(json, "text") && !other)
        lab_json_string(json, &reader->text);
    else
        read_own(reader, event);
}

static void read_event(struct lab_reader *reader) {
    struct lab_json *json = &reader->json;
    struct lab_event event = {.kind = LAB_EVENT_KINDS};
    int64_t sequence = 0;
    lab_json_int(json, &sequence);
    lab_text_clear(&reader->text);
    lab_text_clear(&reader->name);
    lab_text_clear(&reader->file);
    lab_text_clear(&reader->code);
    while (lab_json_more(json, '}'))
        read_field(reader, &event);
    if (!reader->run)
        lab_json_fail_line(json, "an event stands outside of any run");
    else if (sequence != (int64_t)++reader->events)
        lab_json_fail_line(json, "an event is missing");
    else if (event.kind == LAB_EVENT_KINDS)
        lab_json_fail_line(json, "an event does not say what it is");
    if (!json->error && reader->file.length > 0)
        event.line = lab_location_add(
            reader->run->record, lab_text_string(&reader->file),
            reader->code.length ? reader->code.data : NULL, event.line);
    if (!json->error)
        lab_record_add_named(reader->run->record, event,
                             reader->text.length ? reader->text.data : NULL,
                             lab_text_string(&reader->name));
}

// --- lines

static void read_line(struct lab_reader *reader, const char *line) {
    struct lab_json *json = &reader->json;
    *json = (struct lab_json){.at = line};
    lab_json_open(json, '{');
    if (!lab_json_more(json, '}'))
        lab_json_fail_line(json, "the line is empty");
    else if (lab_json_key(json, "seq"))
        read_event(reader);
    else if (lab_json_key(json, "end"))
        end_run(reader);
    else if (reader->run)
        lab_json_fail_line(json, "a run has no end");
    else if (lab_json_key(json, "run"))
        begin_run(reader);
    else if (lab_json_key(json, "looplab"))
        lab_reader_demo(reader);
    else
        lab_json_fail(json, "this is not a line of a record");
    lab_json_end(json);
}

struct lab_reader *lab_reader_new(struct lab_recording *recording) {
    struct lab_reader *reader = lab_alloc(sizeof *reader);
    reader->recording = recording;
    return reader;
}

void lab_reader_free(struct lab_reader *reader) {
    lab_text_free(&reader->text);
    lab_text_free(&reader->name);
    lab_text_free(&reader->file);
    lab_text_free(&reader->code);
    lab_text_free(&reader->word);
    lab_free(reader);
}

bool lab_reader_line(struct lab_reader *reader, const char *line, size_t n,
                     struct lab_text *error) {
    if (memchr(line, '\0', n)) {
        lab_text_put(error, "a byte of zero is not text");
        return false;
    }
    read_line(reader, line);
    lab_json_put_error(error, &reader->json);
    return !reader->json.error;
}

struct lab_run *lab_reader_run(const struct lab_reader *reader) {
    return reader->run;
}

void lab_reader_cut(struct lab_reader *reader, int rc) {
    if (reader->run)
        reader->run->rc = rc;
    reader->run = NULL;
}

bool lab_reader_end(struct lab_reader *reader, struct lab_text *error) {
    const char *wrong =
        !reader->last              ? "the file is empty"
        : reader->last->count == 0 ? "the file is cut short: nothing has run"
        : reader->run              ? "the file is cut short: a run has no end"
                                   : NULL;
    lab_text_put(error, wrong ? wrong : "");
    return !wrong;
}

// --- a file

static FILE *open_plain(const char *path, struct lab_text *error) {
    int fd = lab_read_open(AT_FDCWD, path, 0);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "r");
    if (!file)
        lab_read_put_why(error, path, fd < 0 ? fd : -errno);
    return file;
}

static bool read_lines(struct lab_reader *reader, FILE *file, long *number,
                       struct lab_text *error) {
    char *line = NULL; // getline's, from malloc
    size_t room = 0;
    ssize_t n;
    bool fine = true;
    while (fine && (n = getline(&line, &room, file)) >= 0) {
        ++*number;
        fine = lab_reader_line(reader, line, (size_t)n, error);
    }
    free(line);
    if (!fine)
        return false;
    ++*number;
    if (!ferror(file))
        return lab_reader_end(reader, error);
    lab_text_put(error, "it cannot be read");
    return false;
}

bool lab_recording_read(struct lab_recording *recording, const char *path,
                        struct lab_text *error) {
    struct lab_text wrong = {0};
    long number = 0;
    *recording = (struct lab_recording){0};
    FILE *file = open_plain(path, error);
    if (!file)
        return false;
    struct lab_reader *reader = lab_reader_new(recording);
    bool fine = read_lines(reader, file, &number, &wrong);
    lab_reader_free(reader);
    fclose(file);
    if (!fine)
        lab_text_printf(error, "%s:%ld: %s", path, number,
                        lab_text_string(&wrong));
    lab_text_free(&wrong);
    return fine;
}

void lab_recording_free(struct lab_recording *recording) {
    for (size_t i = 0; i < recording->count; i++) {
        lab_comparison_free(recording->all[i]);
        lab_free(recording->all[i]);
    }
    lab_free(recording->all);
    *recording = (struct lab_recording){0};
}
