#include "core/future.h"
#include "core/call.h"
#include "core/events.h"
#include "core/executor.h"
#include "test.h"

#include "base/alloc.h"
#include "base/time.h"
#include "core/run.h"
#include "core/say.h"
#include "core/task.h"

#include <string.h>

static char trail[64];

static void step(char c) {
    size_t n = strlen(trail);
    trail[n] = c;
    trail[n + 1] = '\0';
}

static int wait_for_it(void *arg) {
    return lab_future_wait(arg);
}

VIRTUAL_TEST(a_future_gives_its_result_to_all_who_wait_and_after) {
    lab_future *f = lab_future_new();
    lab_task *tasks[] = {lab_spawn("1", wait_for_it, f),
                         lab_spawn("2", wait_for_it, f)};
    CHECK_INT(lab_sleep(LAB_S), 0);
    CHECK_INT(lab_future_result(f), LAB_EINVAL);
    CHECK(!lab_future_done(f));
    CHECK(lab_future_set(f, 42));
    CHECK_INT(lab_await(tasks[0]), 42);
    CHECK_INT(lab_await(tasks[1]), 42);
    CHECK_INT(lab_future_wait(f), 42);
    CHECK_INT(lab_future_result(f), 42);
    CHECK(lab_future_pointer(f) == NULL);
    CHECK_INT(lab_now(), LAB_S);
    lab_future_free(f);
}

VIRTUAL_TEST(a_future_is_done_once) {
    lab_future *f = lab_future_new();
    CHECK(lab_future_set(f, 1));
    CHECK(!lab_future_set(f, 2));
    CHECK(!lab_future_fail(f, -71));
    CHECK(!lab_future_cancel(f));
    CHECK(!lab_future_set_pointer(f, trail));
    CHECK_INT(lab_future_wait(f), 1);
    CHECK(lab_future_pointer(f) == NULL);
    CHECK(!lab_future_cancelled(f));
    lab_future_free(f);
}

VIRTUAL_TEST(a_future_fails_or_is_cancelled_with_that_code) {
    lab_future *failed = lab_future_new(), *cancelled = lab_future_new();
    CHECK(lab_future_fail(failed, -71));
    CHECK(lab_future_cancel(cancelled));
    CHECK_INT(lab_future_wait(failed), -71);
    CHECK_INT(lab_future_wait(cancelled), LAB_ECANCELED);
    CHECK(!lab_future_cancelled(failed) && lab_future_cancelled(cancelled));
    CHECK(!lab_task_cancelled(lab_self())); // it is the future that was
    CHECK_INT(lab_sleep(1), 0);
    lab_future_free(failed);
    lab_future_free(cancelled);
}

VIRTUAL_TEST(a_future_carries_a_pointer) {
    lab_future *f = lab_future_new();
    CHECK(lab_future_set_pointer(f, trail));
    CHECK_INT(lab_future_wait(f), 0);
    CHECK(lab_future_pointer(f) == trail);
    lab_future_free(f);
}

VIRTUAL_TEST(a_cancelled_waiter_leaves_the_future_alone) {
    lab_future *f = lab_future_new();
    lab_task *tasks[] = {lab_spawn("1", wait_for_it, f),
                         lab_spawn("2", wait_for_it, f),
                         lab_spawn("3", wait_for_it, f)};
    CHECK_INT(lab_yield(), 0);
    lab_cancel(tasks[1]);
    CHECK_INT(lab_await(tasks[1]), LAB_ECANCELED);
    CHECK(!lab_future_done(f));
    CHECK(lab_future_set(f, 7));
    CHECK_INT(lab_await(tasks[0]), 7);
    CHECK_INT(lab_await(tasks[2]), 7);
    lab_future_free(f);
}

static int wait_twice(void *arg) {
    CHECK_INT(lab_future_wait(arg), 7);
    return lab_future_wait(arg);
}

VIRTUAL_TEST(a_result_and_a_cancel_in_one_turn_are_both_heard) {
    for (int cancel_first = 0; cancel_first < 2; cancel_first++) {
        lab_future *f = lab_future_new();
        lab_task *task = lab_spawn("waiter", wait_twice, f);
        CHECK_INT(lab_yield(), 0);
        if (cancel_first)
            lab_cancel(task);
        CHECK(lab_future_set(f, 7));
        lab_cancel(task);
        CHECK_INT(lab_await(task), LAB_ECANCELED);
        lab_future_free(f);
    }
}

static int wait_and_step(void *arg) {
    int rc = lab_future_wait(arg);
    step(lab_task_name(lab_self())[0]);
    return rc;
}

VIRTUAL_TEST(who_waited_first_goes_on_first) {
    trail[0] = '\0';
    lab_future *f = lab_future_new();
    lab_task *tasks[] = {lab_spawn("a", wait_and_step, f),
                         lab_spawn("b", wait_and_step, f),
                         lab_spawn("c", wait_and_step, f)};
    CHECK_INT(lab_yield(), 0);
    CHECK(lab_future_set(f, 0));
    CHECK_INT(lab_gather(tasks, 3), 0);
    CHECK_STR(trail, "abc");
    lab_future_free(f);
}

static void call(lab_future *future, void *arg) {
    CHECK(lab_future_done(future));
    step(*(const char *)arg);
}

VIRTUAL_TEST(callbacks_are_called_in_their_order_before_set_returns) {
    trail[0] = '\0';
    lab_future *f = lab_future_new();
    lab_future_add_callback(f, call, "x");
    lab_future_add_callback(f, call, "y");
    CHECK_STR(trail, "");
    CHECK(lab_future_set(f, 0));
    CHECK_STR(trail, "xy");
    lab_future_add_callback(f, call, "z"); // it is done: at once
    CHECK_STR(trail, "xyz");
    lab_future_free(f);
}

static void try_to_wait(lab_future *future, void *arg) {
    lab_task *task = arg;
    lab_task *tasks[] = {task};
    CHECK(lab_self() == NULL);
    CHECK_INT(lab_sleep(LAB_S), LAB_EPERM);
    CHECK_INT(lab_sleep_until(LAB_S), LAB_EPERM);
    CHECK_INT(lab_yield(), LAB_EPERM);
    CHECK_INT(lab_await(task), LAB_EPERM);
    CHECK_INT(lab_gather(tasks, 1), LAB_EPERM);
    CHECK_INT(lab_wait_for(task, LAB_S), LAB_EPERM);
    CHECK_INT(lab_future_wait(future), LAB_EPERM);
    CHECK_INT(lab_now(), 0);
    lab_say("a callback may talk");
    step('w');
}

VIRTUAL_TEST(a_callback_cannot_wait) {
    trail[0] = '\0';
    lab_future *f = lab_future_new(), *never = lab_future_new();
    lab_task *task = lab_spawn("waiter", wait_for_it, never);
    lab_future_add_callback(f, try_to_wait, task);
    CHECK(lab_future_set(f, 0));
    CHECK_STR(trail, "w");
    CHECK(lab_self() != NULL && lab_yield() == 0); // and we can again
    CHECK(!lab_task_cancelled(task));
    lab_cancel(task);
    CHECK_INT(lab_await(task), LAB_ECANCELED);
    lab_future_free(f);
    lab_future_free(never);
}

static void pass_on(lab_future *future, void *arg) {
    lab_future_set(arg, lab_future_result(future));
}

VIRTUAL_TEST(a_callback_may_set_the_next_future) {
    lab_future *first = lab_future_new(), *second = lab_future_new();
    lab_task *task = lab_spawn("waiter", wait_for_it, second);
    lab_future_add_callback(first, pass_on, second);
    CHECK_INT(lab_yield(), 0);
    CHECK(lab_future_set(first, 5));
    CHECK_INT(lab_await(task), 5);
    lab_future_free(first);
    lab_future_free(second);
}

VIRTUAL_TEST(callbacks_of_a_future_that_is_freed_are_never_called) {
    trail[0] = '\0';
    lab_future *f = lab_future_new();
    lab_future_add_callback(f, call, "x");
    lab_future_free(f);
    lab_future_free(NULL);
    CHECK_STR(trail, "");
}

static int hopeless(void *arg) {
    return lab_future_wait(arg);
}

TEST(a_future_nobody_sets_is_a_deadlock) {
    lab_future *f = lab_future_new(); // outside of any run
    struct lab_run_options options = {
        .name = "r", .body = hopeless, .arg = f, .clock = LAB_CLOCK_VIRTUAL};
    CHECK_INT(lab_run(&options), LAB_EDEADLK);
    lab_future_free(f);
}

static int count_waits(const struct lab_record *record, uint32_t number) {
    int n = 0;
    for (size_t i = 0; i < lab_record_count(record); i++) {
        const struct lab_event *event = lab_record_at(record, i);
        n += event->kind == LAB_EVENT_WAIT && event->on == LAB_ON_FUTURE &&
             event->other == number;
    }
    return n;
}

static int two_futures(void *arg) {
    (void)arg;
    lab_future *one = lab_future_new(), *two = lab_future_new();
    lab_task *task = lab_spawn("waiter", wait_for_it, two);
    int rc = lab_yield();
    CHECK(lab_future_set(two, 0));
    CHECK_INT(lab_await(task), 0);
    lab_future_free(one);
    lab_future_free(two);
    return rc;
}

TEST(the_record_says_which_future_is_waited_for) {
    struct lab_record *record = lab_record_new();
    struct lab_run_options options = {.name = "r",
                                      .body = two_futures,
                                      .clock = LAB_CLOCK_VIRTUAL,
                                      .record = record};
    CHECK_INT(lab_run(&options), 0);
    CHECK_INT(count_waits(record, 1), 0);
    CHECK_INT(count_waits(record, 2), 1);
    lab_record_free(record);
}

// --- in the record

static lab_future *noted;

static int sets_noted(void *arg) {
    (void)arg;
    CHECK(lab_future_set(noted, 42));
    CHECK(!lab_future_set(noted, 43));
    return 0;
}

static void call_sets_noted(void *arg) {
    (void)arg;
    lab_future_fail(noted, LAB_EINVAL);
}

static int job_sets_noted(void *arg) {
    return lab_call_soon_threadsafe(call_sets_noted, arg);
}

static int has_two_set(void *arg) {
    noted = lab_future_new();
    LAB_TRY(lab_await(lab_spawn("sets", sets_noted, arg)));
    lab_future_free(noted);
    noted = lab_future_new();
    LAB_TRY(lab_offload(lab_pool_new("pool", 1), job_sets_noted, arg));
    lab_future_free(noted);
    return 0;
}

// By a task, and by a call of the loop.
TEST(who_sets_a_future_is_noted) {
    CHECK_STR(events_of(has_two_set, "set"), "set 2 1 =42, set 0 2 =-22");
}
