#include "test.h"

#include "base/time.h"
#include "core/run.h"

#include <stdio.h>
#include <string.h>

static char heard[200];

static void on_say(void *sink, lab_time time, const char *who,
                   const char *line) {
    (void)sink;
    snprintf(heard, sizeof heard, "%lld %s %s", (long long)(time / LAB_MS), who,
             line);
}

static int run(lab_fn *body, struct lab_record *record) {
    heard[0] = '\0';
    return lab_run(&(struct lab_run_options){.name = "root",
                                             .body = body,
                                             .clock = LAB_CLOCK_VIRTUAL,
                                             .record = record,
                                             .on_say = on_say});
}

static int fail(void *arg) {
    LAB_TRY(lab_sleep(LAB_MS));
    (void)arg;
    return LAB_EPIPE;
}

static int lose_it(void *arg) {
    (void)arg;
    CHECK(lab_spawn("lost", fail, NULL) != NULL);
    return lab_sleep(2 * LAB_MS);
}

TEST(a_failed_task_nobody_awaited_is_named_with_its_spawn_site) {
    struct lab_record *record = lab_record_new();
    CHECK_INT(run(lose_it, record), LAB_EUNREAD);
    CHECK(strncmp(heard,
                  "2 lost failed and nobody asked: broken pipe (spawned "
                  "at tests/core/run.c:",
                  73) == 0);
    const struct lab_event *last = NULL;
    for (size_t i = 0; i < lab_record_count(record); i++)
        if (lab_record_at(record, i)->kind == LAB_EVENT_UNREAD)
            last = lab_record_at(record, i);
    MUST(last);
    CHECK_INT(last->task, 2);
    CHECK_INT(last->value, LAB_EPIPE);
    lab_record_free(record);
}

static int read_it(void *arg) {
    (void)arg;
    CHECK_INT(lab_await(lab_spawn("read", fail, NULL)), LAB_EPIPE);
    lab_task *task = lab_spawn("asked", fail, NULL);
    LAB_TRY(lab_sleep(2 * LAB_MS));
    CHECK_INT(lab_task_result(task), LAB_EPIPE);
    return 0;
}

TEST(an_error_that_was_read_is_no_longer_news) {
    CHECK_INT(run(read_it, NULL), 0);
    CHECK_STR(heard, "");
}

static int cancel_it(void *arg) {
    (void)arg;
    lab_task *task = lab_spawn("cancelled", fail, NULL);
    LAB_TRY(lab_yield());
    lab_cancel(task);
    return lab_yield();
}

TEST(to_be_cancelled_is_no_failure) {
    CHECK_INT(run(cancel_it, NULL), 0);
    CHECK_STR(heard, "");
}

static int lose_it_and_fail(void *arg) {
    LAB_TRY(lose_it(arg));
    return LAB_ENOENT;
}

TEST(the_roots_own_error_comes_first) {
    CHECK_INT(run(lose_it_and_fail, NULL), LAB_ENOENT);
    CHECK(heard[0] != '\0');
}
