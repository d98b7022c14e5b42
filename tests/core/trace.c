#include "core/trace.h"

#include "base/alloc.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

static void mark(struct lab_record *record, lab_time time, const char *name) {
    lab_record_add(
        record, (struct lab_event){.kind = LAB_EVENT_MARK, .time = time}, name);
}

TEST(a_new_record_is_empty_and_ends_at_zero) {
    struct lab_record *record = lab_record_new();
    CHECK_INT(lab_record_count(record), 0);
    CHECK_INT(lab_record_end(record), 0);
    CHECK_INT(lab_record_gap(record, "beat"), 0);
    lab_record_free(record);
}

TEST(no_record_can_be_freed) {
    lab_record_free(NULL);
}

TEST(an_event_is_kept_as_it_was_written) {
    struct lab_record *record = lab_record_new();
    struct lab_event event = {
        .time = 5 * LAB_MS,
        .value = -7,
        .task = 3,
        .other = 4,
        .worker = 2,
        .kind = LAB_EVENT_DONE,
        .on = LAB_ON_JOB,
        .text = 99,
    };
    lab_record_add(record, event, NULL);
    const struct lab_event *kept = lab_record_at(record, 0);
    CHECK_INT(lab_record_count(record), 1);
    CHECK_INT(kept->time, 5 * LAB_MS);
    CHECK_INT(kept->value, -7);
    CHECK_INT(kept->task, 3);
    CHECK_INT(kept->other, 4);
    CHECK_INT(kept->worker, 2);
    CHECK_INT(kept->kind, LAB_EVENT_DONE);
    CHECK_INT(kept->on, LAB_ON_JOB);
    // The number that the caller left in .text means nothing here.
    CHECK_INT(kept->text, 0);
    lab_record_free(record);
}

TEST(an_event_is_32_bytes) {
    CHECK_INT(sizeof(struct lab_event), 32);
}

TEST(a_text_is_copied) {
    struct lab_record *record = lab_record_new();
    char name[] = "download";
    mark(record, 0, name);
    memset(name, 'x', sizeof name - 1);
    CHECK_STR(lab_record_text(record, lab_record_at(record, 0)), "download");
    lab_record_free(record);
}

TEST(equal_texts_are_kept_once_and_different_ones_apart) {
    struct lab_record *record = lab_record_new();
    mark(record, 0, "tick");
    mark(record, 0, "tock");
    mark(record, 0, "tick");
    mark(record, 0, "");
    CHECK_INT(lab_record_at(record, 0)->text, lab_record_at(record, 2)->text);
    CHECK(lab_record_at(record, 0)->text != lab_record_at(record, 1)->text);
    CHECK_INT(lab_record_at(record, 3)->text, 0);
    lab_record_free(record);
}

TEST(ten_thousand_texts_are_all_found_again) {
    struct lab_record *record = lab_record_new();
    char name[32];
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < 10000; i++) {
            snprintf(name, sizeof name, "task %d", i);
            mark(record, i, name);
        }
    bool same = true;
    for (size_t i = 0; i < 20000; i++) {
        const struct lab_event *event = lab_record_at(record, i);
        snprintf(name, sizeof name, "task %zu", i % 10000);
        same = same && strcmp(lab_record_text(record, event), name) == 0 &&
               event->text == lab_record_at(record, i % 10000)->text;
    }
    CHECK_INT(lab_record_count(record), 20000);
    CHECK(same);
    lab_record_free(record);
}

TEST(the_end_is_the_latest_time_wherever_it_stands) {
    struct lab_record *record = lab_record_new();
    mark(record, 3 * LAB_MS, NULL);
    mark(record, 2 * LAB_MS, NULL); // a worker's, written a little late
    CHECK_INT(lab_record_end(record), 3 * LAB_MS);
    lab_record_free(record);
}

TEST(the_gap_is_the_longest_time_without_a_mark) {
    struct lab_record *record = lab_record_new();
    mark(record, 100 * LAB_MS, "beat");
    CHECK_INT(lab_record_gap(record, "beat"), 100 * LAB_MS); // from the start
    mark(record, 200 * LAB_MS, "beat");
    mark(record, 900 * LAB_MS, "other");
    mark(record, 1250 * LAB_MS, "beat");
    mark(record, 1350 * LAB_MS, "beat");
    CHECK_INT(lab_record_gap(record, "beat"), 1050 * LAB_MS);
    CHECK_INT(lab_record_gap(record, "other"), 900 * LAB_MS);
    mark(record, 3000 * LAB_MS, "other");
    CHECK_INT(lab_record_gap(record, "beat"), 1650 * LAB_MS); // to the end
    CHECK_INT(lab_record_gap(record, "never"), 3000 * LAB_MS);
    lab_record_free(record);
}

TEST(a_gap_is_never_negative) {
    struct lab_record *record = lab_record_new();
    mark(record, 3 * LAB_MS, "beat");
    mark(record, 2 * LAB_MS, "beat");
    CHECK_INT(lab_record_gap(record, "beat"), 3 * LAB_MS);
    lab_record_free(record);
}

TEST(a_task_named_as_a_mark_is_no_mark) {
    struct lab_record *record = lab_record_new();
    struct lab_event spawn = {.kind = LAB_EVENT_SPAWN};
    lab_record_add(record, spawn, "beat");
    spawn.time = LAB_S;
    lab_record_add(record, spawn, "beat");
    spawn.time = 3 * LAB_S;
    lab_record_add(record, spawn, "end");
    CHECK_INT(lab_record_gap(record, "beat"), 3 * LAB_S);
    lab_record_free(record);
}

TEST(a_freed_record_leaves_nothing_behind) {
    long before = lab_alloc_live();
    struct lab_record *record = lab_record_new();
    for (int i = 0; i < 1000; i++)
        mark(record, i, i % 2 ? "tick" : "tock");
    lab_record_free(record);
    CHECK_INT(lab_alloc_live(), before);
}
