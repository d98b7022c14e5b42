#include "models/model.h"
#include "test.h"

#include "base/alloc.h"
#include "core/explore.h"
#include "core/loop.h"
#include "core/schedule.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

static int step_count;

static int steps(void *arg) {
    (void)arg;
    for (int i = 1; i < step_count; i++)
        LAB_TRY(lab_yield());
    return 0;
}

// Three tasks of [step_count] steps each, spawned by a root that then awaits.
static int model(void *arg) {
    lab_task *tasks[3];
    (void)arg;
    for (size_t i = 0; i < countof(tasks); i++)
        tasks[i] = lab_spawn("steps", steps, NULL);
    return lab_gather(tasks, countof(tasks));
}

static size_t schedules_of(int each) {
    struct lab_exploration seen = {0};
    step_count = each;
    lab_explore(&(struct lab_run_options){.name = "root", .body = model},
                &seen);
    CHECK(!seen.truncated);
    CHECK_INT(seen.wrong, 0);
    return seen.schedules;
}

TEST(every_order_of_the_steps_is_tried_once) {
    CHECK_INT(schedules_of(1), 6);    // 3! / (1!)^3
    CHECK_INT(schedules_of(2), 90);   // 6! / (2!)^3
    CHECK_INT(schedules_of(3), 1680); // 9! / (3!)^3
}

TEST(an_exploration_cut_short_says_so) {
    struct lab_exploration seen = {.most = 5};
    step_count = 2;
    lab_explore(&(struct lab_run_options){.name = "root", .body = model},
                &seen);
    CHECK_INT(seen.schedules, 5);
    CHECK(seen.truncated);
}

static bool stop_at_five(void *arg, int rc) {
    struct lab_exploration *seen = arg;
    CHECK(seen->schedule != NULL);
    seen->stop = seen->schedules == 4;
    return rc >= 0;
}

static size_t begun;

static void count_begun(void *arg, struct lab_run_options *options) {
    (void)arg;
    CHECK(options->record == NULL);
    begun++;
}

TEST(an_exploration_can_be_stopped) {
    struct lab_exploration seen = {
        .begin = count_begun, .right = stop_at_five, .arg = &seen};
    step_count = 2;
    begun = 0;
    lab_explore(&(struct lab_run_options){.name = "root", .body = model},
                &seen);
    CHECK_INT(seen.schedules, 5);
    CHECK_INT(begun, 5);
    CHECK(seen.truncated);
}

TEST(no_more_choices_than_wanted_are_varied) {
    struct lab_exploration seen = {.deepest = 2};
    step_count = 2;
    lab_explore(&(struct lab_run_options){.name = "root", .body = model},
                &seen);
    CHECK_INT(seen.schedules, 9); // three tasks are ready, both times
    CHECK(seen.shallow && !seen.truncated);
}

// A counter that is read, and written back a step later: the lesson's race.
static int counter;

static int increment(void *arg) {
    int seen = counter;
    (void)arg;
    LAB_TRY(lab_yield());
    counter = seen + 1;
    return 0;
}

static int race(void *arg) {
    (void)arg;
    counter = 0;
    lab_task *tasks[] = {lab_spawn("a", increment, NULL),
                         lab_spawn("b", increment, NULL)};
    LAB_TRY(lab_gather(tasks, 2));
    return counter == 2 ? 0 : LAB_EINVAL;
}

TEST(a_race_is_found_and_can_be_run_again) {
    struct lab_exploration seen = {0};
    struct lab_run_options options = {
        .name = "race", .body = race, .clock = LAB_CLOCK_VIRTUAL};
    struct lab_schedule schedule = {0};
    struct lab_text error = {0};
    lab_explore(&options, &seen);
    CHECK_INT(seen.schedules, 6); // aabb abab abba and the mirrored
    CHECK_INT(seen.wrong, 4);
    CHECK(lab_schedule_parse(lab_text_string(&seen.first), &schedule, &error));
    options.schedule = &schedule;
    CHECK_INT(lab_run(&options), LAB_EINVAL);
    lab_schedule_free(&schedule);
    lab_text_free(&error);
    lab_text_free(&seen.first);
}

// --- the models, small; build/fault plays them in full

VIRTUAL_TEST(every_model_keeps_its_rules_in_every_order) {
    for (const struct model *model = models; model; model = model->next)
        if (!CHECK_INT(model_explore(model, 2), model->quick))
            fprintf(stderr, "%s\n", model->name);
}

VIRTUAL_TEST(every_model_may_be_cancelled_at_every_wait) {
    for (const struct model *model = models; model; model = model->next)
        for (int victim = 0; victim <= LAB_VICTIM_WOKEN; victim++)
            CHECK(model_cancel(model, 2, (enum lab_victim)victim, 1) > 2);
}

// --- with a cancel in it

static int was_cancelled;

static bool count_cancelled(void *arg, int rc) {
    (void)arg;
    was_cancelled += rc == LAB_ECANCELED;
    return rc == 0 || rc == LAB_ECANCELED;
}

TEST(every_order_is_tried_with_a_cancel_at_each_moment) {
    size_t at = 0, reached = 1;
    step_count = 2;
    while (reached > 0) {
        struct lab_exploration seen = {.right = count_cancelled,
                                       .cancel_at = ++at};
        was_cancelled = 0;
        lab_explore(&(struct lab_run_options){.name = "root", .body = model},
                    &seen);
        CHECK_INT(seen.wrong, 0);
        // In some orders all three end before the root gets to run.
        if (seen.reached > 0)
            CHECK_INT(was_cancelled, seen.reached - 90);
        reached = seen.reached;
    }
    CHECK_INT(at, 5); // the root waits once, three tasks once each
}

TEST(the_first_that_is_wrong_can_be_run_again_with_its_cancel) {
    struct lab_exploration seen = {.cancel_at = 2, .victim = LAB_VICTIM_WAITER};
    step_count = 2;
    lab_explore(&(struct lab_run_options){.name = "root", .body = model},
                &seen);
    CHECK_INT(seen.wrong, seen.schedules);
    CHECK_STR(lab_text_string(&seen.first), "0,0,0,0,0,0+cancel-waiter:2");
    lab_text_free(&seen.first);
}

TEST(the_same_seed_gives_the_same_record) {
    struct lab_record *records[2] = {lab_record_new(), lab_record_new()};
    struct lab_schedule schedule = {.kind = LAB_SCHEDULE_SEED, .seed = 42};
    step_count = 5;
    for (int i = 0; i < 2; i++)
        CHECK_INT(lab_run(&(struct lab_run_options){.name = "root",
                                                    .body = model,
                                                    .clock = LAB_CLOCK_VIRTUAL,
                                                    .record = records[i],
                                                    .schedule = &schedule}),
                  0);
    size_t n = lab_record_count(records[0]);
    MUST(CHECK_INT(lab_record_count(records[1]), n));
    for (size_t i = 0; i < n; i++)
        CHECK(memcmp(lab_record_at(records[0], i), lab_record_at(records[1], i),
                     sizeof(struct lab_event)) == 0);
    lab_record_free(records[0]);
    lab_record_free(records[1]);
    lab_schedule_free(&schedule);
}

static int yield_for_ever(void *arg) {
    (void)arg;
    raise(SIGINT);
    for (;;)
        LAB_TRY(lab_yield());
}

static void on_interrupt(int signal, void *arg) {
    (void)signal;
    (void)arg;
}

static int interrupt(void *arg) {
    struct lab_schedule schedule = {.kind = LAB_SCHEDULE_SEED};
    (void)arg;
    lab_signal_watch(SIGINT, on_interrupt, NULL);
    int rc = lab_run(&(struct lab_run_options){.name = "root",
                                               .body = yield_for_ever,
                                               .clock = LAB_CLOCK_VIRTUAL,
                                               .schedule = &schedule});
    lab_signal_watch(SIGINT, NULL, NULL);
    lab_schedule_free(&schedule);
    return rc;
}

static int interrupt_first(void *arg) {
    struct lab_exploration seen = {0};
    (void)arg;
    lab_signal_watch(SIGINT, on_interrupt, NULL);
    raise(SIGINT);
    step_count = 2;
    lab_explore(&(struct lab_run_options){.name = "root", .body = model},
                &seen);
    lab_signal_watch(SIGINT, NULL, NULL);
    CHECK_INT(seen.schedules, 1);
    CHECK(seen.stop && seen.truncated);
    lab_text_free(&seen.first);
    return 0;
}

TEST(an_interrupt_before_the_first_step_ends_an_exploration) {
    CHECK_INT(lab_loop_main("main", interrupt_first, NULL), 0);
}

TEST(an_interrupt_is_heard_under_a_schedule_too) {
    CHECK_INT(lab_loop_main("main", interrupt, NULL), LAB_EINTR);
}
