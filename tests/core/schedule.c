#include "test.h"

#include "base/alloc.h"
#include "base/text.h"
#include "core/block.h"
#include "core/executor.h"
#include "core/run.h"
#include "core/schedule.h"
#include "core/scope.h"
#include "core/wait.h"

#include <stdio.h>
#include <string.h>

static void check_same(const char *text) {
    struct lab_schedule schedule = {0};
    struct lab_text error = {0}, again = {0};
    CHECK(lab_schedule_parse(text, &schedule, &error));
    lab_schedule_put(&again, &schedule);
    CHECK_STR(lab_text_string(&again), text);
    lab_schedule_free(&schedule);
    lab_text_free(&again);
    lab_text_free(&error);
}

TEST(schedules_are_written_as_they_are_read) {
    check_same("fifo");
    check_same("seed:0");
    check_same("seed:18446744073709551615");
    check_same("0");
    check_same("0,12,3");
    check_same("cancel:1");
    check_same("0,12,3+cancel-woken:20");
    check_same("seed:7+cancel-waiter:3");
    check_same("late:2");
    check_same("0,1+late:3");
    check_same("seed:7+late:1+cancel:3");
}

TEST(what_is_no_schedule_is_refused_in_a_sentence) {
    static const char *const wrong[] = {"",
                                        "lifo",
                                        "seed:",
                                        "seed:x",
                                        "0,",
                                        ",1",
                                        "0,1x",
                                        "-1",
                                        "1e3",
                                        " 1",
                                        "seed:1x",
                                        "fifo,1",
                                        "cancel",
                                        "cancel:",
                                        "cancel:0",
                                        "cancel:1x",
                                        "+cancel:1",
                                        "seed:7+",
                                        "seed:7+0",
                                        "0,+cancel:1",
                                        "cancel:-1",
                                        "cancel:1+",
                                        "cancel-me:1",
                                        "0 cancel:1",
                                        "0+cancel:1,2",
                                        "late",
                                        "late:",
                                        "late:0",
                                        "late:1+",
                                        "late:1x",
                                        "late:1,2",
                                        "late:1+0",
                                        "+late:1",
                                        "0+late:-1",
                                        "cancel:1+late:1",
                                        "late:1+late:2"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct lab_schedule schedule = {0};
        struct lab_text error = {0};
        CHECK(!lab_schedule_parse(wrong[i], &schedule, &error));
        CHECK(error.length > 20);
        lab_text_free(&error);
    }
}

TEST(a_seed_draws_the_same_choices_again) {
    struct lab_schedule schedule = {.kind = LAB_SCHEDULE_SEED, .seed = 7};
    size_t first[50];
    bool differ = false;
    lab_schedule_rewind(&schedule);
    for (int i = 0; i < 50; i++) {
        first[i] = lab_schedule_choose(&schedule, 3);
        CHECK(first[i] < 3);
        differ |= first[i] != first[0];
    }
    CHECK(differ);
    lab_schedule_rewind(&schedule);
    for (int i = 0; i < 50; i++)
        CHECK_INT(lab_schedule_choose(&schedule, 3), first[i]);
    lab_schedule_free(&schedule);
}

TEST(a_script_is_followed_and_then_first_in_first_out) {
    struct lab_schedule schedule = {0};
    struct lab_text error = {0};
    CHECK(lab_schedule_parse("2,1,9", &schedule, &error));
    CHECK_INT(lab_schedule_choose(&schedule, 3), 2);
    CHECK_INT(lab_schedule_choose(&schedule, 2), 1);
    CHECK_INT(lab_schedule_choose(&schedule, 4), 3); // there is no tenth
    CHECK_INT(lab_schedule_choose(&schedule, 4), 0);
    lab_schedule_free(&schedule);
    lab_text_free(&error);
}

// --- a cancel as part of a schedule

static int heard[2]; // at which of its waits each was told

static int three_naps(void *arg) {
    int *at = arg;
    for (int i = 1; i <= 3; i++)
        if (lab_yield() == LAB_ECANCELED && !*at)
            *at = i;
    return 0;
}

static int two_nap(void *arg) {
    (void)arg;
    heard[0] = heard[1] = 0;
    lab_task *tasks[] = {lab_spawn("a", three_naps, &heard[0]),
                         lab_spawn("b", three_naps, &heard[1])};
    lab_ignore(lab_gather_all(tasks, countof(tasks)));
    return 0;
}

// At which of their waits a and b are told, under a schedule: "1 0".
static const char *told(const char *text) {
    static char answer[16];
    struct lab_schedule schedule = {0};
    struct lab_text error = {0};
    CHECK(lab_schedule_parse(text, &schedule, &error));
    CHECK_INT(lab_run(&(struct lab_run_options){.name = "root",
                                                .body = two_nap,
                                                .clock = LAB_CLOCK_VIRTUAL,
                                                .schedule = &schedule}),
              0);
    snprintf(answer, sizeof answer, "%d %d", heard[0], heard[1]);
    lab_schedule_free(&schedule);
    lab_text_free(&error);
    return answer;
}

TEST(a_schedule_may_cancel_the_root_and_with_it_what_it_awaits) {
    CHECK_STR(told("cancel:1"), "1 1"); // when the root begins to wait
    CHECK_STR(told("cancel:2"), "2 1"); // a does; the root runs behind b and a
    CHECK_STR(told("cancel:3"), "2 2");
    CHECK_STR(told("cancel:5"), "3 3");
    CHECK_STR(told("cancel:7"), "0 0"); // both end before the root runs
    CHECK_STR(told("cancel:8"), "0 0"); // nobody waits for the eighth time
}

TEST(a_schedule_may_cancel_who_begins_to_wait) {
    CHECK_STR(told("cancel-waiter:2"), "1 0");
    CHECK_STR(told("cancel-waiter:3"), "0 1");
    CHECK_STR(told("cancel-waiter:6"), "3 0");
    CHECK_STR(told("0,1+cancel-waiter:3"), "2 0");
}

TEST(a_schedule_may_cancel_who_goes_on) {
    CHECK_STR(told("cancel-woken:1"), "1 1"); // the root, before it began
    CHECK_STR(told("cancel-woken:2"), "1 0"); // a, likewise
    CHECK_STR(told("cancel-woken:4"), "1 0"); // its first wait was over
    CHECK_STR(told("cancel-woken:6"), "2 0");
    CHECK_STR(told("1+cancel-woken:2"), "0 1"); // b goes first
}

// --- when the steps of a schedule are

static int hold_a_worker(void *arg) {
    (void)arg;
    lab_block(LAB_S);
    return 0;
}

static int nap_and_offload(void *pool) {
    LAB_TRY(lab_sleep(LAB_S));
    return lab_offload(pool, hold_a_worker, NULL);
}

static int two_that_offload(void *arg) {
    lab_pool *pool = lab_pool_new("pool", 2);
    lab_task *tasks[2];
    (void)arg;
    for (size_t i = 0; i < 2; i++)
        tasks[i] = lab_spawn("nap", nap_and_offload, pool);
    return lab_gather(tasks, 2);
}

TEST(in_a_record_time_never_goes_back_whatever_the_schedule) {
    for (size_t seed = 0; seed < 20; seed++) {
        struct lab_schedule schedule = {.kind = LAB_SCHEDULE_SEED,
                                        .seed = seed};
        struct lab_record *record = lab_record_new();
        lab_time time = 0;
        CHECK_INT(lab_run(&(struct lab_run_options){.name = "root",
                                                    .body = two_that_offload,
                                                    .clock = LAB_CLOCK_VIRTUAL,
                                                    .record = record,
                                                    .schedule = &schedule}),
                  0);
        for (size_t i = 0; i < lab_record_count(record); i++) {
            CHECK(lab_record_at(record, i)->time >= time);
            time = lab_record_at(record, i)->time;
        }
        CHECK_INT(time, 2 * LAB_S);
        lab_record_free(record);
        lab_schedule_free(&schedule);
    }
}

static int naps[3];

static int three_nap(void *arg) {
    (void)arg;
    lab_task *tasks[] = {lab_spawn("a", three_naps, &naps[0]),
                         lab_spawn("b", three_naps, &naps[1]),
                         lab_spawn("c", three_naps, &naps[2])};
    return lab_gather(tasks, countof(tasks));
}

// How many RUNs in [record] were chosen; each from as many as [schedule] says.
static size_t count_choices(const struct lab_record *record,
                            const struct lab_schedule *schedule) {
    size_t chosen = 0;
    for (size_t i = 0; i < lab_record_count(record); i++) {
        const struct lab_event *event = lab_record_at(record, i);
        if (event->kind != LAB_EVENT_RUN || event->need == 0)
            continue;
        if (CHECK(chosen < schedule->made))
            CHECK_INT(event->need, schedule->choices[chosen].ready);
        chosen++;
    }
    return chosen;
}

TEST(a_record_says_from_how_many_a_schedule_chose) {
    for (int seed = 0; seed < 5; seed++) {
        struct lab_schedule schedule = {.kind = LAB_SCHEDULE_SEED,
                                        .seed = (uint64_t)seed};
        struct lab_record *record = lab_record_new();
        CHECK_INT(lab_run(&(struct lab_run_options){.name = "root",
                                                    .body = three_nap,
                                                    .clock = LAB_CLOCK_VIRTUAL,
                                                    .record = record,
                                                    .schedule = seed ? &schedule
                                                                     : NULL}),
                  0);
        CHECK_INT(count_choices(record, &schedule), schedule.made);
        CHECK((schedule.made > 0) == (seed > 0));
        lab_record_free(record);
        lab_schedule_free(&schedule);
    }
}

// --- a late timer as part of a schedule

static char woke[40]; // who, in this order

static int nap(void *arg) {
    const char *name = arg;
    int rc = lab_sleep((name[0] - 'a' + 1) * LAB_MS);
    strcat(woke, rc == 0 ? name : "!");
    return rc;
}

// A job of a worker ends after all naps but the late one.
static int job(void *arg) {
    lab_block(9 * LAB_MS);
    strcat(woke, arg);
    return 0;
}

static int naps_and_a_job(void *arg) {
    (void)arg;
    lab_pool *pool = lab_pool_new("pool", 1);
    lab_task *tasks[] = {lab_spawn("a", nap, "a"), lab_spawn("b", nap, "b"),
                         lab_spawn("c", nap, "c")};
    LAB_TRY(lab_offload(pool, job, "J"));
    LAB_TRY(lab_gather(tasks, countof(tasks)));
    strcat(woke, lab_now() == 9 * LAB_MS ? "." : ":");
    return 0;
}

static bool done;

static int tick(void *arg) {
    (void)arg;
    for (int i = 0; i < 1000 && !done; i++)
        LAB_TRY(lab_sleep(LAB_MS));
    strcat(woke, done ? "stopped" : "endless");
    return 0;
}

// It ticks until the late timer has fired.
static int ticking(void *arg) {
    (void)arg;
    lab_task *ticker = lab_spawn("tick", tick, NULL);
    done = false;
    LAB_TRY(lab_sleep(5 * LAB_MS));
    done = true;
    return lab_await(ticker);
}

// A timeout that is late comes after what it was to bound.
static int timed(void *arg) {
    (void)arg;
    struct lab_timeout timeout;
    lab_timeout_enter(&timeout, LAB_MS);
    int rc = lab_timeout_exit(&timeout, lab_sleep(2 * LAB_MS));
    strcat(woke, rc < 0 ? "timeout" : "in time");
    return 0;
}

static const char *woken_under(const char *text, lab_fn *body) {
    struct lab_schedule schedule = {0};
    struct lab_text error = {0};
    woke[0] = '\0';
    CHECK(lab_schedule_parse(text, &schedule, &error));
    CHECK_INT(lab_run(&(struct lab_run_options){.name = "root",
                                                .body = body,
                                                .clock = LAB_CLOCK_VIRTUAL,
                                                .schedule = &schedule}),
              0);
    lab_schedule_free(&schedule);
    return woke;
}

TEST(a_late_timer_fires_when_nothing_else_is_left_to_do) {
    CHECK_STR(woken_under("0", naps_and_a_job), "abcJ.");
    CHECK_STR(woken_under("late:1", naps_and_a_job), "bcJa.");
    CHECK_STR(woken_under("late:2", naps_and_a_job), "acJb.");
    CHECK_STR(woken_under("late:3", naps_and_a_job), "abJc.");
    CHECK_STR(woken_under("late:4", naps_and_a_job), "abcJ."); // there is none
    CHECK_STR(woken_under("late:1", timed), "in time");
    CHECK_STR(woken_under("late:2", timed), "timeout");
}

TEST(a_late_timer_is_not_late_for_ever) {
    CHECK_STR(woken_under("late:5", ticking), "stopped");
}

static int cancelling(void *arg) {
    lab_task *task = lab_spawn("a", nap, "a");
    LAB_TRY(lab_sleep(2 * LAB_MS));
    lab_cancel(task);
    LAB_TRY(lab_sleep(LAB_MS));
    return arg ? lab_await(task) : 0;
}

TEST(a_wait_for_a_late_timer_can_be_cancelled) {
    CHECK_STR(woken_under("late:1", cancelling), "!");
    CHECK_STR(woken_under("0", cancelling), "a");
}
