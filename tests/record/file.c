#include "record/file.h"

#include "base/alloc.h"
#include "base/error.h"
#include "demo/load.h"
#include "demo/result.h"
#include "test.h"
#include "view/question.h"
#include "view/records.h"
#include "view/view.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// A demo that ran and was recorded, in a folder of its own.
struct scene {
    char folder[TEST_FOLDER], path[TEST_FOLDER + 16];
    struct lab_demos demos;
    struct lab_comparison comparison;
    struct lab_recording recording;
    struct lab_text error;
};

static void on_run(void *sink, struct lab_run *run) {
    lab_recorder_run(sink, run);
}

static void record_all(struct scene *scene, struct lab_demo_file *file) {
    struct lab_recorder recorder;
    struct lab_comparison *comparison = &scene->comparison;
    *comparison = (struct lab_comparison){.number = file->number,
                                          .clock = LAB_CLOCK_VIRTUAL};
    struct lab_settings settings;
    lab_settings_init(&settings, file->demo);
    settings.file = file;
    lab_result_begin(comparison, &settings);
    comparison->source = lab_strdup(file->source);
    MUST(CHECK(lab_recorder_open(&recorder, scene->path, &scene->error)));
    lab_recorder_begin(&recorder, comparison);
    struct lab_result_sink sink = {.on_run = on_run, .sink = &recorder};
    for (size_t i = 0; i < lab_variant_count(file->demo); i++) {
        lab_ignore(lab_result_run(comparison, &settings, i, &sink));
        lab_recorder_end(&recorder, comparison->runs[i]);
    }
    CHECK(lab_comparison_held(comparison));
    CHECK(lab_recorder_close(&recorder, &scene->error));
}

static bool begin(struct scene *scene, size_t demo) {
    *scene = (struct scene){0};
    bool made = test_folder(scene->folder);
    snprintf(scene->path, sizeof scene->path, "%s/run.jsonl", scene->folder);
    made = made && lab_demos_open(&scene->demos, LAB_DEMOS_DIR, LAB_SOURCES_DIR,
                                  &scene->error);
    made = made && demo < scene->demos.count &&
           lab_demos_load(&scene->demos.files[demo], &scene->error);
    if (CHECK(made))
        record_all(scene, &scene->demos.files[demo]);
    return made;
}

static void end(struct scene *scene) {
    unlink(scene->path);
    rmdir(scene->folder);
    lab_recording_free(&scene->recording);
    lab_comparison_free(&scene->comparison);
    lab_demos_free(&scene->demos);
    lab_text_free(&scene->error);
}

static void view_all(struct lab_text *out,
                     const struct lab_comparison *comparison) {
    const struct lab_style style = {.width = 80};
    for (size_t i = 0; lab_views[i].name; i++)
        lab_view_append(out, lab_views[i].render, comparison, &style);
}

TEST(what_is_read_back_looks_in_every_view_as_it_did_live) {
    for (size_t demo = 0; demo < 4; demo++) {
        struct scene scene;
        struct lab_text live = {0}, later = {0};
        MUST(begin(&scene, demo));
        CHECK(lab_result_read(&scene.recording, scene.path, &scene.error));
        CHECK_STR(lab_text_string(&scene.error), "");
        MUST(scene.recording.count == 1);
        view_all(&live, &scene.comparison);
        view_all(&later, scene.recording.all[0]);
        CHECK_STR(lab_text_string(&later), lab_text_string(&live));
        lab_text_free(&live);
        lab_text_free(&later);
        end(&scene);
    }
}

static void whole(struct scene *scene, struct lab_text *text) {
    char bytes[4096];
    size_t n;
    FILE *file = fopen(scene->path, "r");
    MUST(file);
    while ((n = fread(bytes, 1, sizeof bytes, file)) > 0)
        lab_text_write(text, bytes, n);
    fclose(file);
}

// What reading says of a file of [n] bytes; without the folder's name.
static const char *reading_of(struct scene *scene, const char *bytes,
                              size_t n) {
    FILE *file = fopen(scene->path, "w");
    lab_recording_free(&scene->recording);
    lab_text_clear(&scene->error);
    if (!CHECK(file))
        return "";
    fwrite(bytes, 1, n, file);
    fclose(file);
    bool read = lab_result_read(&scene->recording, scene->path, &scene->error);
    CHECK(read == (scene->error.length == 0));
    const char *name = strstr(lab_text_string(&scene->error), "run.jsonl");
    return name ? name : "";
}

static const char *reading(struct scene *scene, const char *lines) {
    return reading_of(scene, lines, strlen(lines));
}

TEST(a_file_that_is_cut_anywhere_is_refused_with_its_line) {
    struct scene scene;
    struct lab_text text = {0};
    MUST(begin(&scene, 0));
    whole(&scene, &text);
    for (size_t n = 0, runs = 0; n < text.length; n++) {
        if (n == text.length - 1)
            continue; // no newline at the end is all that is missing
        const char *says = reading_of(&scene, text.data, n);
        // Between two runs it looks like a file with fewer of them.
        const char *rest = text.data + n + (text.data[n] == '\n');
        bool between = runs > 0 && strncmp(rest, "{\"run\"", 6) == 0;
        runs += strncmp(text.data + n, "{\"end\"", 6) == 0;
        if (!CHECK(between == (*says == '\0')))
            fprintf(stderr, "cut after %zu bytes: %s\n", n, says);
    }
    lab_text_free(&text);
    end(&scene);
}

TEST(a_bit_that_has_flipped_crashes_nothing) {
    struct scene scene;
    struct lab_text text = {0};
    MUST(begin(&scene, 0));
    whole(&scene, &text);
    for (size_t i = 0; i < text.length; i += 3) {
        char was = text.data[i];
        text.data[i] = (char)(was ^ (1 << i % 7));
        reading_of(&scene, text.data, text.length);
        text.data[i] = was;
    }
    lab_text_free(&text);
    end(&scene);
}

#define DEMO                                                                   \
    "{\"looplab\":\"record\",\"version\":1,\"demo\":\"d\",\"number\":1,"       \
    "\"clock\":\"virtual\",\"params\":[]}\n"
#define RUN "{\"run\":\"r\",\"text\":\"t\",\"law\":null,\"gap_law\":null}\n"
#define END(n) "{\"end\":\"r\",\"result\":0,\"ns\":0,\"events\":" #n "}\n"

TEST(what_is_wrong_is_said_with_the_line) {
    static const struct {
        const char *lines, *says;
    } cases[] = {
        {DEMO RUN END(0), ""},
        {"", "run.jsonl:1: the file is empty"},
        {"hello\n", "run.jsonl:1: expected an object, at hello"},
        {"{\"looplab\":\"record\",\"version\":2}\n",
         "run.jsonl:1: a newer looplab wrote this; this one reads version 1, "
         "at \"version\":2"},
        {"{\"looplab\":\"record\",\"version\":1}\n",
         "run.jsonl:1: it does not say which demo ran, or by which clock"},
        {RUN, "run.jsonl:1: a run stands before any demo"},
        {DEMO RUN DEMO, "run.jsonl:3: a run has no end"},
        {DEMO RUN, "run.jsonl:3: the file is cut short: a run has no end"},
        {DEMO "{\"seq\":1,\"ns\":0,\"event\":\"run\"}\n",
         "run.jsonl:2: an event stands outside of any run"},
        {DEMO RUN "{\"seq\":2,\"ns\":0,\"event\":\"run\"}\n" END(1),
         "run.jsonl:3: an event is missing"},
        {DEMO RUN "{\"seq\":1,\"ns\":0,\"event\":\"jump\"}\n" END(1), ""},
        {DEMO RUN "{\"seq\":1,\"ns\":0}\n" END(1),
         "run.jsonl:3: an event does not say what it is"},
        {DEMO RUN "{\"seq\":1,\"ns\":-1,\"event\":\"run\"}\n" END(1),
         "run.jsonl:3: a number is out of range, at \"ns\":-1"},
        {DEMO RUN END(1), "run.jsonl:3: events are missing"},
        {DEMO, "run.jsonl:2: the file is cut short: nothing has run"},
        {DEMO END(0), "run.jsonl:2: a run ends that has not begun"},
        {DEMO "{\"what\":1}\n",
         "run.jsonl:2: this is not a line of a record, at \"what\":1"},
    };
    struct scene scene;
    MUST(begin(&scene, 0));
    for (size_t i = 0; i < countof(cases); i++)
        CHECK_STR(reading(&scene, cases[i].lines), cases[i].says);
    end(&scene);
}

TEST(a_recording_that_cannot_be_written_says_why) {
    struct lab_recorder recorder;
    struct lab_text error = {0};
    CHECK(!lab_recorder_open(&recorder, "no/such/run.jsonl", &error));
    CHECK_STR(lab_text_string(&error),
              "no/such/run.jsonl cannot be written: no such file or directory");
    lab_text_free(&error);
}

// --- fixtures: written by earlier builds, and by hand

// What the questions answer in the middle and at the end of each run.
static void put_questions(struct lab_text *out, const struct lab_run *run) {
    static const struct lab_style style = {.width = 80};
    struct lab_state *state = lab_state_new(run->record);
    struct lab_snapshot snapshot = {.state = state};
    size_t count = lab_record_count(run->record);
    for (size_t half = 1; half <= 2; half++) {
        lab_state_go(state, count * half / 2);
        lab_text_printf(out, "\n%s, %zu of %zu events\n", run->name, state->at,
                        count);
        lab_question_ps(out, &style, &snapshot);
        lab_question_alive(out, &style, &snapshot);
        for (uint32_t task = 1; lab_state_task(state, task) && task < 4; task++)
            lab_question_why(out, &style, &snapshot, task);
    }
    lab_state_free(state);
}

// Everything that is shown of the file called [name].
static void check_fixture(const char *name) {
    struct lab_recording recording;
    struct lab_text path = {0}, error = {0}, text = {0};
    lab_text_printf(&path, LAB_FIXTURES_DIR "/%s", name);
    bool read = lab_result_read(&recording, lab_text_string(&path), &error);
    CHECK_STR(lab_text_string(&error), "");
    for (size_t i = 0; read && i < recording.count; i++) {
        view_all(&text, recording.all[i]);
        for (size_t j = 0; j < recording.all[i]->count; j++)
            put_questions(&text, recording.all[i]->runs[j]);
    }
    path.length -= strlen("jsonl");
    lab_text_put(&path, "txt");
    picture_same(lab_text_string(&path), &text);
    lab_recording_free(&recording);
    lab_text_free(&path);
    lab_text_free(&error);
    lab_text_free(&text);
}

TEST(golden_records_of_earlier_builds_read_as_they_did) {
    struct dirent **names;
    int count = scandir(LAB_FIXTURES_DIR, &names, NULL, alphasort), checked = 0;
    for (int i = 0; i < count; i++) {
        const char *dot = strrchr(names[i]->d_name, '.');
        if (dot && strcmp(dot, ".jsonl") == 0) {
            check_fixture(names[i]->d_name);
            checked++;
        }
        free(names[i]);
    }
    free(names);
    CHECK(checked > 10);
}

// --- what is read of a file is written again, line for line

static void write_again(struct scene *scene, const struct lab_run *run) {
    struct lab_recorder recorder;
    struct lab_run again = *run;
    MUST(CHECK(lab_recorder_open(&recorder, scene->path, &scene->error)));
    lab_recorder_begin(&recorder, scene->recording.all[0]);
    again.record = lab_record_new();
    lab_recorder_run(&recorder, &again);
    for (size_t i = 0; i < lab_record_count(run->record); i++) {
        const struct lab_event *event = lab_record_at(run->record, i);
        bool queues = event->kind == LAB_EVENT_QUEUE;
        lab_record_add_named(
            again.record, *event, lab_record_text(run->record, event),
            queues ? lab_record_string(run->record, event->name) : "");
    }
    lab_recorder_end(&recorder, &again);
    CHECK(lab_recorder_close(&recorder, &scene->error));
    lab_record_free(again.record);
}

// The lines of a file that begins with [demo] and has [events].
static void check_written_again(const char *demo, const char *events,
                                int count) {
    struct scene scene;
    struct lab_text text = {0}, lines = {0};
    MUST(begin(&scene, 0));
    lab_text_printf(&lines, "%s%s%s", demo, RUN, events);
    lab_text_printf(
        &lines, "{\"end\":\"r\",\"result\":0,\"ns\":5,\"events\":%d}\n", count);
    CHECK_STR(reading(&scene, lab_text_string(&lines)), "");
    MUST(scene.recording.count == 1);
    write_again(&scene, scene.recording.all[0]->runs[0]);
    whole(&scene, &text);
    CHECK_STR(lab_text_string(&text), lab_text_string(&lines));
    lab_text_free(&text);
    lab_text_free(&lines);
    end(&scene);
}

#define ABOUT                                                                  \
    "{\"looplab\":\"record\",\"version\":1,\"demo\":\"my\",\"number\":0,"      \
    "\"asks\":null,\"source\":\"my.py\","
#define REST                                                                   \
    "\"mark\":null,\"gap_text\":null,\"clock\":\"virtual\",\"schedule\":null," \
    "\"params\":[]}\n"
#define EVENT(seq, kind) "{\"seq\":" #seq ",\"ns\":5,\"event\":\"" kind "\""

TEST(what_a_later_looplab_wrote_is_written_as_it_was_read) {
    check_written_again(ABOUT REST,
                        EVENT(1, "gauge") ",\"task\":1}\n" EVENT(
                            2, "wait") ",\"task\":1,\"need\":2,\"on\":\"moon\","
                                       "\"where\":\"inside\"}\n",
                        2);
}

TEST(what_has_no_name_is_written_as_other) {
    check_written_again(ABOUT REST,
                        EVENT(1, "other") ",\"task\":1}\n" EVENT(
                            2, "wait") ",\"task\":1,\"on\":\"other\"}\n",
                        2);
}

TEST(the_facts_of_a_learners_own_program_are_written_as_they_were_read) {
    check_written_again(
        ABOUT "\"language\":\"python 3.11\","
              "\"code\":\"if a:\\u000a\\u0009print(\\\"\xc3\xa9\\\")\"," REST,
        EVENT(1, "spawn") ",\"task\":1,\"library\":true,\"text\":\"a\"}\n" //
        EVENT(2, "run") ",\"task\":1,\"value\":1,\"of\":3}\n"              //
        EVENT(3, "say") ",\"task\":1,\"stream\":\"stderr\",\"text\":\"b\"}"
                        "\n" EVENT(
                            4, "queue") ",\"task\":1,\"other\":1,\"value\":1,"
                                        "\"name\":\"blocking(3)\",\"text\":"
                                        "\"pool\"}\n"                       //
        EVENT(5, "queue") ",\"task\":1,\"other\":2,\"text\":\"pool\"}\n"    //
        EVENT(6, "block") ",\"on\":\"block\"}\n"                            //
        EVENT(7, "note") ",\"line\":7,\"text\":\"it was never awaited\"}\n" //
        EVENT(8, "wait") ",\"task\":1,\"need\":268435455,\"on\":\"tasks\"}"
                         "\n" EVENT(9, "end") ",\"task\":1,\"value\":-5002,"
                                              "\"text\":\"E: c\"}\n",
        9);
}

// A job's name is a text of the record: no other number may stand for one.
TEST(only_a_job_that_is_queued_has_a_name) {
    struct scene scene;
    MUST(begin(&scene, 0));
    CHECK_STR(
        reading(&scene,
                DEMO RUN EVENT(1, "queue") ",\"need\":99,\"other\":1}\n" EVENT(
                    2, "wait") ",\"name\":\"x\",\"need\":7}\n" END(2)),
        "");
    MUST(scene.recording.count == 1);
    const struct lab_record *record = scene.recording.all[0]->runs[0]->record;
    CHECK_INT(lab_record_at(record, 0)->name, 0);
    CHECK_INT(lab_record_at(record, 1)->need, 7);
    end(&scene);
}
