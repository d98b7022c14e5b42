// file_read_demo.c - the first line of a record: which program ran, and how.

#include "record/file_internal.h"

#include "base/alloc.h"

#include <inttypes.h>

enum { CORES_MOST = 65536 };

// Reads a number, or a list of them, as "600,200". Returns whether it is one.
static bool read_value(struct lab_json *json, struct lab_text *text) {
    int64_t value = 0;
    lab_text_clear(text);
    if (!lab_json_is(json, '[')) {
        lab_json_int(json, &value);
        lab_text_printf(text, "%" PRId64, value);
        return false;
    }
    lab_json_open(json, '[');
    while (lab_json_more(json, ']')) {
        lab_json_int(json, &value);
        lab_text_printf(text, "%s%" PRId64, text->length ? "," : "", value);
    }
    return true;
}

static void read_param(struct lab_reader *reader) {
    struct lab_json *json = &reader->json;
    char *name = NULL, *unit = NULL;
    struct lab_text text = {0};
    bool is_list = false;
    lab_text_put(&text, "0");
    lab_json_open(json, '{');
    while (lab_json_more(json, '}')) {
        if (lab_json_key(json, "name"))
            lab_reader_kept(reader, &name);
        else if (lab_json_key(json, "unit"))
            lab_reader_kept(reader, &unit);
        else if (lab_json_key(json, "value"))
            is_list = read_value(json, &text);
        else
            lab_json_skip(json);
    }
    if (name)
        lab_comparison_add_param(reader->last, name, lab_text_string(&text),
                                 unit ? unit : "")
            ->is_list = is_list;
    else
        lab_json_fail(json, "a parameter has no name");
    lab_text_free(&text);
    lab_free(name);
    lab_free(unit);
}

static void read_params(struct lab_reader *reader) {
    lab_json_open(&reader->json, '[');
    while (lab_json_more(&reader->json, ']'))
        read_param(reader);
}

static void read_clock(struct lab_reader *reader) {
    struct lab_text error = {0};
    if (!lab_clock_parse(lab_reader_word(reader), &reader->last->clock, &error))
        lab_json_fail(&reader->json, "there is no such clock");
    lab_text_free(&error);
}

static void read_version(struct lab_reader *reader) {
    int64_t version = 0;
    lab_json_int(&reader->json, &version);
    if (version > LAB_FILE_VERSION)
        lab_json_fail(&reader->json,
                      "a newer looplab wrote this; this one reads version 1");
    else if (version != LAB_FILE_VERSION)
        lab_json_fail(&reader->json, "there is no such version");
}

// One member of a first line.
static void read_about(struct lab_reader *reader) {
    struct lab_json *json = &reader->json;
    struct lab_comparison *last = reader->last;
    const struct {
        const char *key;
        char **kept;
    } strings[] = {
        {"demo", &last->demo},         {"asks", &last->asks},
        {"mark", &last->mark},         {"gap_text", &last->gap_text},
        {"schedule", &last->schedule}, {"source", &last->source},
        {"verdict", &last->verdict},   {"code", &last->code},
        {"language", &last->language},
    };
    for (size_t i = 0; i < countof(strings); i++)
        if (lab_json_key(json, strings[i].key)) {
            lab_reader_kept(reader, strings[i].kept);
            return;
        }
    if (lab_json_key(json, "version"))
        read_version(reader);
    else if (lab_json_key(json, "number"))
        last->number = (int)lab_reader_int(reader, LAB_NUMBER_MOST);
    else if (lab_json_key(json, "clock"))
        read_clock(reader);
    else if (lab_json_key(json, "cores"))
        last->cores = (int)lab_reader_int(reader, CORES_MOST);
    else if (lab_json_key(json, "params"))
        read_params(reader);
    else
        lab_json_skip(json);
}

void lab_reader_demo(struct lab_reader *reader) {
    struct lab_recording *recording = reader->recording;
    recording->all = lab_grow(recording->all, recording->count,
                              &recording->room, sizeof *recording->all);
    reader->last = lab_alloc(sizeof *reader->last);
    recording->all[recording->count++] = reader->last;
    lab_json_skip(&reader->json); // "looplab":"record"
    while (lab_json_more(&reader->json, '}'))
        read_about(reader);
    if (!reader->last->demo || reader->last->clock.pace <= 0)
        lab_json_fail_line(&reader->json,
                           "it does not say which demo ran, or by which clock");
}
