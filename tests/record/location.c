#include "record/location.h"

#include "base/alloc.h"
#include "base/read.h"
#include "record/file.h"
#include "test.h"

#include <string.h>
#include <unistd.h>

// The lines of a record whose events are at [places].
static void put_record(struct lab_text *out, const char *const *places,
                       size_t n) {
    lab_text_put(out, "{\"looplab\":\"record\",\"version\":1,\"demo\":\"my\","
                      "\"number\":0,\"asks\":null,\"source\":\"my.py\","
                      "\"mark\":null,\"gap_text\":null,\"clock\":\"virtual\","
                      "\"schedule\":null,\"params\":[]}\n"
                      "{\"run\":\"main\",\"text\":null,\"law\":null,"
                      "\"gap_law\":null}\n");
    for (size_t i = 0; i < n; i++)
        lab_text_printf(out,
                        "{\"seq\":%zu,\"ns\":0,\"event\":\"say\",\"task\":1%s,"
                        "\"text\":\"x\"}\n",
                        i + 1, places[i]);
    lab_text_printf(
        out, "{\"end\":\"main\",\"result\":0,\"ns\":0,\"events\":%zu}\n", n);
}

// The run that is read from those lines; it is freed with [recording].
static const struct lab_run *read_lines(struct lab_recording *recording,
                                        char *lines) {
    struct lab_text error = {0};
    struct lab_reader *reader = lab_reader_new(recording);
    char *rest = lines;
    for (char *line; (line = strsep(&rest, "\n")) && *line;)
        CHECK(lab_reader_line(reader, line, strlen(line), &error));
    CHECK_STR(lab_text_string(&error), "");
    lab_reader_free(reader);
    lab_text_free(&error);
    return recording->all[0]->runs[0];
}

static const struct lab_run *read_places(struct lab_recording *recording,
                                         const char *const *places, size_t n) {
    struct lab_text lines = {0};
    *recording = (struct lab_recording){0};
    put_record(&lines, places, n);
    const struct lab_run *run = read_lines(recording, lines.data);
    lab_text_free(&lines);
    return run;
}

static void check_place(const struct lab_run *run, size_t index,
                        const char *words, const char *code) {
    struct lab_text out = {0};
    uint32_t location = lab_record_at(run->record, index)->line;
    lab_location_put(&out, run->record, location);
    CHECK_STR(lab_text_string(&out), words);
    const char *found = lab_location_code(run->record, location, "own");
    CHECK_STR(found ? found : "none", code);
    lab_text_free(&out);
}

static const char *const several[] = {
    ",\"line\":7",
    ",\"line\":12,\"file\":\"helper.py\",\"code\":\"import\"",
    ",\"line\":3,\"file\":\"shop/till.py\"",
    ",\"line\":16777215,\"file\":\"helper.py\"",
    "",
};

TEST(a_line_of_another_file_is_told_with_that_file) {
    struct lab_recording recording;
    const struct lab_run *run =
        read_places(&recording, several, countof(several));
    check_place(run, 0, "line 7", "own");
    check_place(run, 1, "helper.py line 12", "import");
    check_place(run, 2, "shop/till.py line 3", "none");
    check_place(run, 3, "helper.py line 16777215", "import");
    CHECK_INT(lab_record_at(run->record, 4)->line, 0);
    lab_recording_free(&recording);
}

TEST(files_are_written_as_they_were_read) {
    struct lab_recording recording;
    const struct lab_run *run =
        read_places(&recording, several, countof(several));
    char folder[TEST_FOLDER], path[TEST_FOLDER + 16];
    struct lab_text before = {0}, after = {0}, error = {0};
    struct lab_recorder recorder;
    struct lab_run empty = *run;
    CHECK(test_folder(folder));
    snprintf(path, sizeof path, "%s/run.jsonl", folder);
    put_record(&before, several, countof(several));
    empty.record = lab_record_new();
    CHECK(lab_recorder_open(&recorder, path, &error));
    lab_recorder_begin(&recorder, recording.all[0]);
    lab_recorder_run(&recorder, &empty);
    for (size_t i = 0; i < lab_record_count(run->record); i++) {
        struct lab_event event = *lab_record_at(run->record, i);
        const struct lab_record_file *file =
            lab_location_file(run->record, event.line);
        if (file)
            event.line = lab_location_add(empty.record, file->name, file->code,
                                          lab_location_line(event.line));
        lab_record_add(empty.record, event, "x");
    }
    CHECK(lab_location_same_files(run->record, empty.record));
    lab_recorder_end(&recorder, &empty);
    CHECK(lab_recorder_close(&recorder, &error));
    CHECK_INT(lab_read_file(path, SIZE_MAX, &after), 0);
    CHECK_STR(lab_text_string(&after), lab_text_string(&before));
    lab_record_free(empty.record);
    lab_recording_free(&recording);
    lab_text_free(&before);
    lab_text_free(&after);
    lab_text_free(&error);
    unlink(path);
    rmdir(folder);
}

TEST(of_too_many_files_the_last_are_not_known) {
    struct lab_record *record = lab_record_new();
    char name[16];
    for (int i = 0; i <= LAB_RECORD_FILES; i++) {
        snprintf(name, sizeof name, "%d.py", i);
        CHECK_INT(!lab_location_add(record, name, NULL, 5),
                  i == LAB_RECORD_FILES);
    }
    CHECK(lab_location_add(record, "0.py", NULL, 5) != 0);
    lab_record_free(record);
}

TEST(files_differ_by_name_and_by_text) {
    static const char *const files[][2] = {
        {"a.py", "1"}, {"b.py", "1"}, {"a.py", "2"}, {"a.py", NULL}, {NULL}};
    struct lab_record *records[countof(files)];
    for (size_t i = 0; i < countof(files); i++) {
        records[i] = lab_record_new();
        if (files[i][0])
            lab_location_add(records[i], files[i][0], files[i][1], 1);
    }
    for (size_t i = 0; i < countof(files); i++)
        for (size_t j = 0; j < countof(files); j++)
            CHECK_INT(lab_location_same_files(records[i], records[j]), i == j);
    for (size_t i = 0; i < countof(files); i++)
        lab_record_free(records[i]);
}

TEST(lines_of_c_are_told_apart_for_a_program_only) {
    struct lab_record *record = lab_record_new();
    CHECK_INT(lab_location_of(record, "/no/my.h", 3), 3);
    lab_location_program(record, "/no/my.c");
    CHECK_INT(lab_location_of(record, "/no/my.c", 7), 7);
    CHECK_INT(lab_location_of(record, NULL, 0), 0);
    uint32_t location = lab_location_of(record, "/no/my.h", 3);
    CHECK_INT(lab_location_line(location), 3);
    CHECK_STR(lab_location_file(record, location)->name, "my.h");
    CHECK(lab_location_of(record, "/no/my.h", 3) == location);
    CHECK_INT(lab_location_of(record, "/no/my.c", 8), 8);
    lab_record_free(record);
}
