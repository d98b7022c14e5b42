// The bounds of events and of turns are exact in what they count, and found at
// the next look. That of machine time goes by a clock that these tests turn by
// hand; in one it is the real one, and ends a child.

#include "core/limit.h"

#include "base/alloc.h"
#include "child.h"
#include "core/block.h"
#include "core/executor.h"
#include "core/run.h"
#include "core/say.h"
#include "core/schedule.h"
#include "ending.h"
#include "record/record.h"
#include "test.h"

#include <signal.h>
#include <time.h>

enum { LOOK = 256 }; // turns, after which a look is due at the latest

static volatile bool done; // which nobody sets
static unsigned long count;

static int run_within(lab_fn *body, struct lab_limits limits) {
    struct lab_record *record = lab_record_new();
    count = 0;
    int rc = lab_run(&(struct lab_run_options){.name = "root",
                                               .body = body,
                                               .clock = LAB_CLOCK_VIRTUAL,
                                               .record = record,
                                               .limits = limits});
    lab_record_free(record);
    return rc;
}

// --- events

static int beat(void *arg) {
    (void)arg;
    while (!done) {
        LAB_TRY(lab_sleep(LAB_MS));
        lab_mark("beat");
        count++;
    }
    return 0;
}

// Nobody cancels it, so that no deadlock is ever seen.
static int wait_beside_heartbeat(void *arg) {
    lab_task *heart = lab_spawn("heartbeat", beat, arg);
    return lab_await(heart);
}

TEST(a_heartbeat_that_nobody_cancels_is_stopped_at_the_limit_of_events) {
    unsigned long beats[2];
    for (int i = 0; i < 2; i++) {
        CHECK_INT(run_within(wait_beside_heartbeat,
                             (struct lab_limits){.events = 1000}),
                  LAB_EEVENTS);
        beats[i] = count;
    }
    CHECK(count > 1000 / 6 && count < 1000 / 3); // a beat leaves five events
    CHECK_INT(beats[0], beats[1]);
}

TEST(events_that_the_record_has_no_room_for_count_as_well) {
    CHECK_INT(run_within(wait_beside_heartbeat,
                         (struct lab_limits){.events = LAB_RECORD_MOST + 10}),
              LAB_EEVENTS);
}

static bool is_said(const struct lab_record *record, int kind,
                    const char *text) {
    for (size_t i = 0; i < lab_record_count(record); i++) {
        const struct lab_event *event = lab_record_at(record, i);
        if (event->kind == kind &&
            strcmp(lab_record_text(record, event), text) == 0)
            return true;
    }
    return false;
}

TEST(the_record_says_at_which_limit_a_run_was_stopped) {
    struct lab_record *record = lab_record_new();
    CHECK_INT(lab_run(&(struct lab_run_options){.name = "root",
                                                .body = wait_beside_heartbeat,
                                                .clock = LAB_CLOCK_VIRTUAL,
                                                .record = record,
                                                .limits = {.events = 100}}),
              LAB_EEVENTS);
    CHECK(is_said(record, LAB_EVENT_CANCEL, lab_error_text(LAB_EEVENTS)));
    lab_record_free(record);
}

// --- turns in which no time passes

static int yield_for_ever(void *arg) {
    (void)arg;
    while (!done) {
        LAB_TRY(lab_yield());
        count++;
    }
    return 0;
}

TEST(a_task_that_yields_for_ever_is_stopped_at_the_limit_of_turns) {
    CHECK_INT(run_within(yield_for_ever, (struct lab_limits){.turns = 5000}),
              LAB_ETURNS);
    CHECK(count >= 5000 && count <= 5000 + LOOK);
    unsigned long first = count;
    CHECK_INT(run_within(yield_for_ever, (struct lab_limits){.turns = 5000}),
              LAB_ETURNS);
    CHECK_INT(count, first);
}

static int yield_without_record(void *arg) {
    return lab_run(&(struct lab_run_options){.name = "root",
                                             .body = yield_for_ever,
                                             .arg = arg,
                                             .clock = LAB_CLOCK_VIRTUAL,
                                             .limits = {.turns = 5000}});
}

TEST(turns_are_counted_where_nobody_keeps_a_record) {
    CHECK_INT(yield_without_record(NULL), LAB_ETURNS);
}

static int yield_in_two(void *arg) {
    lab_task *tasks[] = {lab_spawn("a", yield_for_ever, arg),
                         lab_spawn("b", yield_for_ever, arg)};
    return lab_gather(tasks, countof(tasks));
}

TEST(turns_are_counted_under_a_schedule_too) {
    static const char *const names[] = {"seed:1", "seed:2", "0,1,0"};
    for (size_t i = 0; i < countof(names); i++) {
        struct lab_schedule schedule = {0};
        struct lab_text error = {0};
        CHECK(lab_schedule_parse(names[i], &schedule, &error));
        CHECK_INT(lab_run(&(struct lab_run_options){.name = "root",
                                                    .body = yield_in_two,
                                                    .clock = LAB_CLOCK_VIRTUAL,
                                                    .schedule = &schedule,
                                                    .limits = {.turns = 5000}}),
                  LAB_ETURNS);
        lab_schedule_free(&schedule);
        lab_text_free(&error);
    }
}

static int yield_and_sleep(void *arg) {
    (void)arg;
    for (int i = 0; i < 20000; i++)
        LAB_TRY(i % 500 == 0 ? lab_sleep(LAB_NS) : lab_yield());
    return 0;
}

TEST(turns_in_which_time_passes_have_no_limit) {
    CHECK_INT(
        run_within(yield_and_sleep, (struct lab_limits){.turns = 500 + LOOK}),
        0);
    CHECK_INT(run_within(yield_and_sleep, (struct lab_limits){.turns = 100}),
              LAB_ETURNS);
}

// --- the machine's time

static lab_time machine;

static lab_time machine_clock(void) {
    return machine;
}

static int use_machine_time(void *arg) {
    (void)arg;
    for (int i = 0; i < 1000; i++) {
        machine += LAB_MS;
        LAB_TRY(lab_sleep(LAB_S));
        count++;
    }
    return 0;
}

TEST(a_run_that_takes_too_much_machine_time_is_stopped) {
    struct lab_limits limits = {.machine = 500 * LAB_MS,
                                .clock = machine_clock};
    machine = 3600 * LAB_S; // it counts from the run's beginning
    CHECK_INT(run_within(use_machine_time, limits), LAB_EMACHINE);
    CHECK(count >= 500 && count < 520);
    limits.machine = 1001 * LAB_MS;
    CHECK_INT(run_within(use_machine_time, limits), 0);
    CHECK_INT(count, 1000);
}

TEST(no_limit_is_none) {
    machine = 0;
    CHECK_INT(run_within(use_machine_time,
                         (struct lab_limits){.clock = machine_clock}),
              0);
    CHECK_INT(run_within(yield_and_sleep, (struct lab_limits){0}), 0);
}

// --- a run that goes on all the same

static int block_for_ever(void *arg) {
    (void)arg;
    while (!done)
        lab_block(LAB_MS);
    return 0;
}

static int offload_it(void *arg) {
    return lab_offload(lab_pool_new("pool", 1), block_for_ever, arg);
}

static int leave_job_behind(void *arg) {
    (void)arg;
    return run_within(offload_it, (struct lab_limits){.events = 1000});
}

TEST(a_job_that_goes_on_after_that_is_named) {
    child_dies(leave_job_behind,
               "job #1 of task #1 \"root\" continues although "
               "its run was stopped: too many events; "
               "--limit=events:N allows more");
}

static int yield_deafly(void *arg) {
    (void)arg;
    while (!done)
        lab_ignore(lab_yield()); // that is the mistake
    return 0;
}

static int stay_deaf(void *arg) {
    (void)arg;
    return run_within(yield_deafly, (struct lab_limits){.turns = 20000});
}

TEST(a_task_that_does_not_hear_of_it_is_named) {
    child_dies(stay_deaf, "ignores that it must stop");
    child_dies(stay_deaf, "(why it must: too many turns at one time; "
                          "--limit=turns:N allows more)");
}

// It makes a call that does nothing, since TSan keeps signals back until the
// next one.
static int spin(void *arg) {
    (void)arg;
    while (!done)
        kill(getpid(), 0);
    return 0;
}

static int spin_for_a_time(void *arg) {
    (void)arg;
    return run_within(spin, (struct lab_limits){.machine = 10 * LAB_MS});
}

TEST(a_task_that_never_gives_way_is_ended) {
    char words[1024];
    CHECK_INT(ending_of(spin_for_a_time, NULL, words, sizeof words),
              -LAB_EXIT_BUG);
    ending_has(words, "restored\n");
    ending_has(words, "it held the loop for too much machine time; "
                      "--limit=time:T allows more");
}

// When a worker begins is the machine's affair. So the time is over as soon as
// the code is there.
static int spin_too_long(void *arg) {
    timer_t timer;
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL,
                             .sigev_signo = SIGVTALRM};
    struct itimerspec soon = {.it_value = {.tv_nsec = 1}};
    CHECK(timer_create(CLOCK_MONOTONIC, &event, &timer) == 0);
    CHECK(timer_settime(timer, 0, &soon, NULL) == 0);
    return spin(arg);
}

static int spin_in_job(void *arg) {
    return lab_offload(lab_pool_new("pool", 1), spin_too_long, arg);
}

static lab_fn *spinning;

static int spin_virtually(void *arg) {
    (void)arg;
    return run_within(spinning, (struct lab_limits){0});
}

TEST(a_task_or_job_that_never_gives_way_is_named) {
    static const struct {
        lab_fn *body;
        const char *who;
    } rows[] = {{spin_too_long, "looplab: task #1 root was stopped at 0 s: "},
                {spin_in_job, "looplab: job #1 of task #1 root, in worker "
                              "pool-1, was stopped at 0 s: "}};
    for (size_t i = 0; i < countof(rows); i++) {
        char words[1024];
        spinning = rows[i].body;
        CHECK_INT(ending_of(spin_virtually, NULL, words, sizeof words),
                  -LAB_EXIT_BUG);
        ending_has(words, "restored\n");
        ending_has(words, rows[i].who);
        ending_has(words, "it held the loop for too much machine time; "
                          "--limit=time:T allows more");
    }
}

static int end_in_time(void *arg) {
    (void)arg;
    int rc = run_within(yield_and_sleep, (struct lab_limits){.machine = LAB_S});
    raise(SIGVTALRM); // from nobody's timer: it does what it always does
    return rc;
}

TEST(the_timer_of_a_run_ends_with_it) {
    char words[1024];
    CHECK_INT(ending_of(end_in_time, NULL, words, sizeof words), SIGVTALRM);
    CHECK_STR(words, "restored\n");
}
