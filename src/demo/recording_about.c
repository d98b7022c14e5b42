// recording_about.c - the first line of a recording: which demo ran, and how.

#include "demo/recording_reader.h"

#include "base/alloc.h"

// --- strings that outlive the line

// A string of the demo: texts grow while it is read, so until it is whole its
// place is kept as an offset, in the pointer itself. 0 is NULL.
const char *lab_reader_keep(struct reader *reader) {
    struct lab_text *texts = &reader->last->texts;
    if (lab_json_null(&reader->json))
        return NULL;
    if (texts->length == 0)
        lab_text_write(texts, "", 1);
    size_t offset = texts->length;
    lab_json_string(&reader->json, texts);
    lab_text_write(texts, "", 1);
    return (const char *)offset; // NOLINT(performance-no-int-to-ptr)
}

static void settle_one(const struct lab_text *texts, const char **string) {
    if (*string)
        *string = texts->data + (size_t)*string;
}

// Turns offsets into pointers, once nothing is added any more.
void lab_reader_settle(struct lab_recorded *recorded) {
    const struct lab_text *texts = &recorded->texts;
    struct lab_demo *demo = &recorded->demo;
    settle_one(texts, &demo->name);
    settle_one(texts, &demo->asks);
    settle_one(texts, &demo->mark);
    settle_one(texts, &demo->gap_text);
    for (size_t i = 0; i < LAB_DEMO_PARAMS; i++) {
        settle_one(texts, &demo->params[i].name);
        settle_one(texts, &demo->params[i].unit);
    }
    for (size_t i = 0; i < LAB_DEMO_VARIANTS; i++) {
        settle_one(texts, &demo->variants[i].name);
        settle_one(texts, &demo->variants[i].text);
        settle_one(texts, &demo->variants[i].takes);
        settle_one(texts, &demo->variants[i].gap);
    }
}

// --- the demo

static void read_param(struct reader *reader, size_t place) {
    struct lab_json *json = &reader->json;
    struct lab_param *param = &reader->last->demo.params[place];
    lab_json_open(json, '{');
    while (lab_json_more(json, '}')) {
        if (lab_json_key(json, "name"))
            param->name = lab_reader_keep(reader);
        else if (lab_json_key(json, "unit"))
            param->unit = lab_reader_keep(reader);
        else if (lab_json_key(json, "value"))
            lab_json_int(json, &param->value);
        else
            lab_json_skip(json);
    }
    param->min = INT64_MIN;
    param->max = INT64_MAX;
    reader->last->comparison.settings.values[place] = param->value;
    if (!param->name)
        lab_json_fail(json, "a parameter has no name");
}

static void read_params(struct reader *reader) {
    struct lab_json *json = &reader->json;
    size_t n = 0;
    lab_json_open(json, '[');
    while (lab_json_more(json, ']')) {
        if (n == LAB_DEMO_PARAMS) {
            lab_json_fail(json, "there are too many parameters");
            return;
        }
        read_param(reader, n++);
    }
}

const char *lab_reader_word(struct reader *reader) {
    lab_text_clear(&reader->word);
    lab_json_string(&reader->json, &reader->word);
    return lab_text_string(&reader->word);
}

static void read_clock(struct reader *reader) {
    struct lab_text error = {0};
    if (!lab_clock_parse(lab_reader_word(reader),
                         &reader->last->comparison.clock, &error))
        lab_json_fail(&reader->json, "there is no such clock");
    lab_text_free(&error);
}

static void read_version(struct reader *reader) {
    int64_t version = 0;
    lab_json_int(&reader->json, &version);
    if (version > LAB_RECORDING_VERSION)
        lab_json_fail(&reader->json,
                      "a newer looplab wrote this; this one reads version 1");
    else if (version != LAB_RECORDING_VERSION)
        lab_json_fail(&reader->json, "there is no such version");
}

static void read_number(struct reader *reader) {
    int64_t number = 0;
    lab_json_int(&reader->json, &number);
    if (number < 0 || number > 99)
        lab_json_fail(&reader->json, "demos have numbers from 0 to 99");
    reader->last->comparison.number = (int)number;
}

// One member of a first line.
static void read_about(struct reader *reader) {
    struct lab_json *json = &reader->json;
    struct lab_demo *demo = &reader->last->demo;
    if (lab_json_key(json, "version"))
        read_version(reader);
    else if (lab_json_key(json, "demo"))
        demo->name = lab_reader_keep(reader);
    else if (lab_json_key(json, "number"))
        read_number(reader);
    else if (lab_json_key(json, "asks"))
        demo->asks = lab_reader_keep(reader);
    else if (lab_json_key(json, "mark"))
        demo->mark = lab_reader_keep(reader);
    else if (lab_json_key(json, "gap_text"))
        demo->gap_text = lab_reader_keep(reader);
    else if (lab_json_key(json, "clock"))
        read_clock(reader);
    else if (lab_json_key(json, "params"))
        read_params(reader);
    else if (lab_json_key(json, "source") && !lab_json_null(json))
        reader->last->source = lab_strdup(lab_reader_word(reader));
    else if (lab_json_key(json, "schedule") && !lab_json_null(json))
        reader->last->comparison.schedule = lab_strdup(lab_reader_word(reader));
    else if (!lab_json_key(json, "source") && !lab_json_key(json, "schedule"))
        lab_json_skip(json);
}

void lab_reader_demo(struct reader *reader) {
    struct lab_recorded *recorded = lab_alloc(sizeof *recorded);
    if (reader->last)
        reader->last->next = recorded;
    else
        reader->recording->first = recorded;
    reader->last = recorded;
    recorded->comparison.settings.demo = &recorded->demo;
    lab_json_skip(&reader->json); // "looplab":"record"
    while (lab_json_more(&reader->json, '}'))
        read_about(reader);
    if (!recorded->demo.name || recorded->comparison.clock.pace <= 0)
        lab_json_fail(&reader->json, "it does not say which demo ran, or by "
                                     "which clock");
}
