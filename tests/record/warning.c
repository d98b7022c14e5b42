#include "record/warning.h"

#include "base/alloc.h"
#include "core/block.h"
#include "core/run.h"
#include "core/task.h"
#include "test.h"

#include <stdio.h>

// Writes each warning: "W01 t2 100+300 of 1; ", in milliseconds.
static void put(void *arg, const struct lab_warning *warning) {
    lab_text_printf(arg, "%s t%u %lld+%lld of %u; ",
                    lab_warning_name(warning->code), warning->task,
                    (long long)(warning->from / LAB_MS),
                    (long long)(warning->held / LAB_MS), warning->steps);
}

static void check(int (*body)(void *arg), const char *expected) {
    struct lab_record *record = lab_record_new();
    struct lab_text seen = {0};
    lab_ignore(lab_run(&(struct lab_run_options){.name = "root",
                                                 .body = body,
                                                 .clock = LAB_CLOCK_VIRTUAL,
                                                 .record = record}));
    lab_warnings_find(record, put, &seen);
    CHECK_STR(lab_text_string(&seen), expected);
    lab_text_free(&seen);
    lab_record_free(record);
}

static int hold(void *arg) {
    lab_block(*(lab_time *)arg);
    return 0;
}

static int hold_all(lab_time *times, size_t count) {
    lab_task *tasks[8];
    for (size_t i = 0; i < count; i++)
        tasks[i] = lab_spawn("hold", hold, &times[i]);
    return lab_gather(tasks, count);
}

static int just_under(void *arg) {
    lab_time times[] = {LAB_WARNING_SLOW - 1};
    (void)arg;
    return hold_all(times, 1);
}

static int just_enough(void *arg) {
    lab_time times[] = {LAB_WARNING_SLOW};
    (void)arg;
    LAB_TRY(lab_sleep(LAB_S));
    return hold_all(times, 1);
}

static int many_small(void *arg) {
    lab_time times[] = {30 * LAB_MS, 40 * LAB_MS, 50 * LAB_MS};
    (void)arg;
    return hold_all(times, 3);
}

// One turn is told of once: by its slow step.
static int one_of_many(void *arg) {
    lab_time times[] = {30 * LAB_MS, 200 * LAB_MS, 50 * LAB_MS};
    (void)arg;
    return hold_all(times, 3);
}

static int in_two_steps(void *arg) {
    (void)arg;
    lab_block(60 * LAB_MS);
    LAB_TRY(lab_yield());
    lab_block(60 * LAB_MS);
    return 0;
}

static int fail(void *arg) {
    (void)arg;
    return LAB_ENOENT;
}

static int unread(void *arg) {
    (void)arg;
    lab_spawn("fails", fail, NULL);
    return lab_sleep(LAB_S);
}

VIRTUAL_TEST(what_holds_the_loop_is_warned_of_to_the_nanosecond) {
    check(just_under, "");
    check(just_enough, "W01 t2 1000+100 of 0; ");
    check(many_small, "W02 t4 0+120 of 3; ");
    check(one_of_many, "W01 t3 30+200 of 0; ");
    check(in_two_steps, "");
}

VIRTUAL_TEST(an_error_that_nobody_reads_is_warned_of) {
    check(unread, "W03 t2 1000+0 of 0; ");
}

TEST(a_callback_that_holds_the_loop_is_warned_of) {
    struct lab_record *record = lab_record_new();
    struct lab_text seen = {0};
    struct lab_event event = {.kind = LAB_EVENT_BLOCK, .time = LAB_S};
    lab_record_add(record, event, NULL);
    event.kind = LAB_EVENT_UNBLOCK;
    event.time += LAB_WARNING_SLOW - 1;
    lab_record_add(record, event, NULL);
    event.kind = LAB_EVENT_BLOCK;
    lab_record_add(record, event, NULL);
    event.kind = LAB_EVENT_UNBLOCK;
    event.time = 2 * LAB_S;
    lab_record_add(record, event, NULL);
    lab_warnings_find(record, put, &seen);
    CHECK_STR(lab_text_string(&seen), "W01 t0 1099+900 of 0; ");
    lab_text_free(&seen);
    lab_record_free(record);
}
