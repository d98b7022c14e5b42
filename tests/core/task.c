#include "child.h"
#include "test.h"

#include "base/alloc.h"
#include "base/time.h"
#include "core/task.h"
#include "core/task_internal.h"

#include <string.h>

static char trail[64];
static size_t steps;

static void step(char c) {
    trail[steps++] = c;
    trail[steps] = 0;
}
static void begin(void) {
    steps = 0;
    trail[0] = 0;
}

static int nap(void *arg) {
    return lab_sleep(*(lab_time *)arg);
}

static int stepper(void *arg) {
    const char *letter = arg;
    for (int i = 0; i < 3; i++) {
        step(*letter);
        LAB_TRY(lab_yield());
    }
    return *letter;
}

VIRTUAL_TEST(sleep_takes_exactly_its_time) {
    CHECK_INT(lab_sleep(1500 * LAB_MS), 0);
    CHECK_INT(lab_now(), 1500 * LAB_MS);
    CHECK_INT(lab_sleep(1), 0);
    CHECK_INT(lab_now(), 1500 * LAB_MS + 1);
}

VIRTUAL_TEST(sleep_zero_lets_others_run) {
    begin();
    lab_task *task = lab_spawn("a", stepper, "a");
    CHECK_INT(lab_sleep(0), 0);
    step('r');
    CHECK_INT(lab_await(task), 'a');
    CHECK_STR(trail, "araa");
    CHECK_INT(lab_now(), 0);
}

VIRTUAL_TEST(a_spawned_task_first_runs_when_we_wait) {
    begin();
    lab_task *task = lab_spawn("a", stepper, "a");
    step('r');
    CHECK_INT(lab_await(task), 'a');
    CHECK_STR(trail, "raaa");
}

VIRTUAL_TEST(a_task_spawned_now_runs_to_its_first_wait_before_all_others) {
    begin();
    lab_task *before = lab_spawn("b", stepper, "b");
    lab_task *task = lab_spawn_now("a", stepper, "a");
    step('r');
    CHECK_INT(lab_await(before), 'b');
    CHECK_INT(lab_await(task), 'a');
    CHECK_STR(trail, "arbabab");
}

static int at_once(void *arg) {
    step(*(char *)arg);
    return 7;
}

static int two_at_once(void *arg) {
    step('(');
    int rc = lab_await(lab_spawn_now("inner", at_once, arg));
    step(')');
    return rc;
}

VIRTUAL_TEST(a_task_spawned_now_that_never_waits_has_ended) {
    begin();
    CHECK(lab_spawn("b", stepper, "b") != NULL);
    lab_task *task = lab_spawn_now("two", two_at_once, "a");
    CHECK_STR(trail, "(a)");
    CHECK(lab_task_done(task));
    CHECK_INT(lab_task_result(task), 7);
}

// A cancel of a task that may not wait is kept for its next wait.
static int cancel_it(void *arg) {
    lab_cancel(arg);
    return 0;
}

static int spawn_its_end(void *arg) {
    (void)arg;
    lab_task *task = lab_spawn_now("end", cancel_it, lab_self());
    CHECK(lab_task_done(task));
    return lab_sleep(LAB_S);
}

VIRTUAL_TEST(a_task_may_be_cancelled_by_one_that_it_spawns_now) {
    CHECK_INT(lab_await(lab_spawn("s", spawn_its_end, NULL)), LAB_ECANCELED);
    CHECK_INT(lab_now(), 0);
}

VIRTUAL_TEST(a_name_may_have_a_format) {
    lab_time time = LAB_MS;
    CHECK_STR(
        lab_task_name(lab_spawn_named(nap, &time, "call %d of %s", 3, "three")),
        "call 3 of three");
    CHECK_STR(lab_task_name(lab_spawn_named(nap, &time, "%040d", 0)),
              "0000000000000000000000000000000");
}

VIRTUAL_TEST(ready_tasks_run_first_in_first_out) {
    begin();
    lab_task *tasks[] = {lab_spawn("a", stepper, "a"),
                         lab_spawn("b", stepper, "b"),
                         lab_spawn("c", stepper, "c")};
    CHECK_INT(lab_gather(tasks, 3), 0);
    CHECK_STR(trail, "abcabcabc");
}

VIRTUAL_TEST(sleepers_with_one_deadline_wake_in_the_order_they_slept) {
    begin();
    for (int i = 0; i < 3; i++)
        CHECK(lab_spawn("s", stepper, &"xyz"[i]) != NULL);
    CHECK_INT(lab_sleep(LAB_MS), 0);
    CHECK_STR(trail, "xyzxyzxyz");
}

VIRTUAL_TEST(an_ended_task_may_be_awaited_again) {
    lab_time time = 5 * LAB_MS;
    lab_task *task = lab_spawn("nap", nap, &time);
    CHECK_INT(lab_task_result(task), LAB_EINVAL);
    CHECK(!lab_task_done(task));
    CHECK_INT(lab_await(task), 0);
    CHECK_INT(lab_await(task), 0);
    CHECK(lab_task_done(task));
    CHECK_INT(lab_now(), 5 * LAB_MS);
}

VIRTUAL_TEST(awaiting_oneself_is_refused) {
    CHECK_INT(lab_await(lab_self()), LAB_EDEADLK);
    CHECK_INT(lab_sleep(1), 0); // and does no harm
}

static int wait_for_it(void *arg) {
    return lab_await(arg);
}

VIRTUAL_TEST(several_may_await_one_task) {
    lab_time time = 7 * LAB_MS;
    lab_task *task = lab_spawn("nap", nap, &time);
    lab_task *waiters[] = {lab_spawn("1", wait_for_it, task),
                           lab_spawn("2", wait_for_it, task)};
    CHECK_INT(lab_gather(waiters, 2), 0);
    CHECK_INT(lab_now(), 7 * LAB_MS);
}

VIRTUAL_TEST(cancel_ends_the_wait_at_once) {
    lab_time time = LAB_S;
    lab_task *task = lab_spawn("nap", nap, &time);
    CHECK_INT(lab_sleep(10 * LAB_MS), 0);
    lab_cancel(task);
    CHECK(lab_task_cancelled(task));
    CHECK_INT(lab_await(task), LAB_ECANCELED);
    CHECK_INT(lab_now(), 10 * LAB_MS);
}

static int deaf(void *arg) {
    int *heard = arg;
    while (*heard < 3)
        if (lab_sleep(LAB_S) == LAB_ECANCELED)
            ++*heard;
    return 42;
}

VIRTUAL_TEST(a_cancelled_task_fails_every_later_wait) {
    int heard = 0;
    lab_task *task = lab_spawn("deaf", deaf, &heard);
    CHECK_INT(lab_yield(), 0);
    lab_cancel(task);
    CHECK_INT(lab_await(task), 42);
    CHECK_INT(heard, 3);
    CHECK_INT(lab_now(), 0);
}

VIRTUAL_TEST(cancel_before_the_first_step_is_heard_at_the_first_wait) {
    int heard = 0;
    lab_task *task = lab_spawn("deaf", deaf, &heard);
    lab_cancel(task);
    CHECK_INT(lab_await(task), 42);
    CHECK_INT(heard, 3);
}

VIRTUAL_TEST(cancel_of_an_ended_task_does_nothing) {
    lab_task *task = lab_spawn("a", stepper, "a");
    CHECK_INT(lab_await(task), 'a');
    lab_cancel(task);
    CHECK(!lab_task_cancelled(task));
    CHECK_INT(lab_await(task), 'a');
}

static int parent(void *arg) {
    lab_time *hour = arg;
    CHECK(lab_spawn("child", nap, hour) != NULL);
    CHECK(lab_spawn("child", nap, hour) != NULL);
    LAB_TRY(lab_sleep(3 * LAB_MS));
    return 7; // without having awaited them
}

VIRTUAL_TEST(a_task_that_returns_first_cancels_its_children) {
    lab_time hour = 3600 * LAB_S;
    CHECK_INT(lab_await(lab_spawn("parent", parent, &hour)), 7);
    CHECK_INT(lab_now(), 3 * LAB_MS);
}

static int slow_to_stop(void *arg) {
    bool *stopped = arg;
    while (lab_sleep(LAB_S) != LAB_ECANCELED)
        ;
    *stopped = true;
    return 0;
}

static int brief(void *arg) {
    CHECK(lab_spawn("child", slow_to_stop, arg) != NULL);
    return lab_yield();
}

VIRTUAL_TEST(a_task_ends_after_its_children_have_cleaned_up) {
    bool stopped = false;
    CHECK_INT(lab_await(lab_spawn("brief", brief, &stopped)), 0);
    CHECK(stopped);
}

static int impatient(void *arg) {
    lab_time time = LAB_S;
    lab_task *inner = lab_spawn("inner", nap, &time);
    int rc = lab_await(inner);
    *(int *)arg = lab_task_result(inner);
    return rc;
}

VIRTUAL_TEST(cancelling_who_awaits_cancels_what_is_awaited) {
    int inner = 0;
    lab_task *task = lab_spawn("impatient", impatient, &inner);
    CHECK_INT(lab_sleep(LAB_MS), 0);
    lab_cancel(task);
    CHECK_INT(lab_await(task), LAB_ECANCELED);
    CHECK_INT(inner, LAB_ECANCELED);
    CHECK_INT(lab_now(), LAB_MS);
}

VIRTUAL_TEST(a_long_name_is_cut_and_numbers_count_from_the_root) {
    lab_task *task =
        lab_spawn("a name of more than thirty-one bytes", stepper, "a");
    CHECK_STR(lab_task_name(task), "a name of more than thirty-one ");
    CHECK_INT(lab_task_number(lab_self()), 1);
    CHECK_INT(lab_task_number(task), 2);
}

static int tiny(void *arg) {
    ++*(int *)arg;
    return 0;
}

VIRTUAL_TEST(a_hundred_thousand_tasks_pass_through_few_stacks) {
    int ran = 0;
    for (int round = 0; round < 100; round++) {
        lab_task *tasks[1000];
        for (size_t i = 0; i < countof(tasks); i++)
            tasks[i] = lab_spawn("tiny", tiny, &ran);
        CHECK_INT(lab_gather(tasks, countof(tasks)), 0);
    }
    CHECK_INT(ran, 100000);
}

VIRTUAL_TEST(a_deep_stack_is_never_smaller_than_a_usual_one) {
    static const size_t sizes[] = {1, 4096, LAB_STACK_SIZE - 1, LAB_STACK_SIZE,
                                   LAB_STACK_SIZE + 1};
    int ran = 0;
    for (size_t i = 0; i < countof(sizes); i++)
        CHECK_INT(lab_await(lab_spawn_deep("deep", tiny, &ran, sizes[i])), 0);
    CHECK_INT(ran, countof(sizes));
}

VIRTUAL_TEST(sleep_until_goes_by_the_time_of_the_run) {
    CHECK_INT(lab_sleep_until(3 * LAB_S), 0);
    CHECK_INT(lab_now(), 3 * LAB_S);
    CHECK_INT(lab_sleep_until(LAB_S), 0); // is past: gives way once
    CHECK_INT(lab_sleep_until(5 * LAB_S), 0);
    CHECK_INT(lab_now(), 5 * LAB_S);
}

VIRTUAL_TEST(a_cancel_may_have_a_reason_and_the_first_one_stays) {
    lab_time time = LAB_S;
    lab_task *task = lab_spawn("nap", nap, &time);
    CHECK_STR(lab_task_cancel_reason(task), "");
    lab_cancel_because(task, "the user left");
    lab_cancel_because(task, "shutting down");
    CHECK_INT(lab_await(task), LAB_ECANCELED);
    CHECK_STR(lab_task_cancel_reason(task), "the user left");
    lab_task *other = lab_spawn("nap", nap, &time);
    lab_cancel(other);
    CHECK_INT(lab_await(other), LAB_ECANCELED);
    CHECK_STR(lab_task_cancel_reason(other), "");
}

// --- given up

struct shed {
    size_t live, most;
    int ran;
};

static size_t tasks_kept(void) {
    return lab_loop_current->tasks->out;
}

static int brief_work(void *arg) {
    struct shed *shed = arg;
    LAB_TRY(lab_sleep(LAB_MS));
    shed->ran++;
    return 0;
}

VIRTUAL_TEST(detached_tasks_are_freed_as_they_end) {
    struct shed shed = {0};
    for (int i = 0; i < 10000; i++) {
        lab_task_detach(lab_spawn("brief", brief_work, &shed));
        CHECK_INT(lab_sleep(LAB_MS), 0);
        if (i == 10)
            shed.live = tasks_kept();
        if (tasks_kept() > shed.most)
            shed.most = tasks_kept();
    }
    CHECK_INT(lab_yield(), 0);
    CHECK_INT(shed.ran, 10000);
    CHECK_INT(shed.most, shed.live);
    lab_task *ended = lab_spawn("tiny", tiny, &shed.ran);
    CHECK_INT(lab_yield(), 0);
    lab_task_detach(ended);
    CHECK(tasks_kept() < shed.live);
}

static int leave_detached(void *arg) {
    for (int i = 0; i < 5; i++)
        lab_task_detach(lab_spawn("slow", slow_to_stop, arg));
    return lab_yield();
}

VIRTUAL_TEST(a_detached_task_still_ends_before_its_parent) {
    bool stopped = false;
    CHECK_INT(lab_await(lab_spawn("parent", leave_detached, &stopped)), 0);
    CHECK(stopped);
}

// --- who does not listen

static int patient(void *arg) {
    int *heard = arg;
    while (*heard < 15000)
        *heard += lab_sleep(LAB_S) == LAB_ECANCELED;
    return 0;
}

static int count_turns(void *arg) {
    for (;; ++*(int *)arg)
        LAB_TRY(lab_yield());
}

VIRTUAL_TEST(who_ignores_a_cancel_lets_others_run_after_a_while) {
    int heard = 0, turns = 0;
    lab_task *counter = lab_spawn("counter", count_turns, &turns);
    lab_task *task = lab_spawn("patient", patient, &heard);
    CHECK_INT(lab_yield(), 0);
    lab_cancel(task);
    CHECK_INT(lab_await(task), 0);
    CHECK(turns > 4900 && turns < 5100);
    lab_cancel(counter);
    CHECK_INT(lab_await(counter), LAB_ECANCELED);
}

static int never_listens(void *arg) {
    while (lab_sleep(*(lab_time *)arg) <= 0)
        ;
    return 0;
}

static int cancel_it_in_vain(void *arg) {
    lab_time time = LAB_S;
    (void)arg;
    lab_task *task = lab_spawn("deaf_one", never_listens, &time);
    LAB_TRY(lab_yield());
    lab_cancel(task);
    return lab_await(task);
}

TEST(who_never_heeds_a_cancel_is_named_with_its_spawn_site) {
    child_dies(cancel_it_in_vain,
               "task #2 \"deaf_one\", spawned at tests/core/task.c:");
    child_dies(cancel_it_in_vain, "ignores that it must stop");
}

// --- what a task tells of itself

static int wait_a_second(void *arg) {
    (void)arg;
    CHECK_INT(lab_task_state(lab_self()), LAB_TASK_RUNNING);
    return lab_sleep(LAB_S);
}

VIRTUAL_TEST(a_task_goes_from_new_to_waiting_to_ready_to_ended) {
    lab_task *task = lab_spawn("task", wait_a_second, NULL);
    CHECK_INT(lab_task_state(task), LAB_TASK_NEW);
    CHECK_INT(lab_yield(), 0);
    CHECK_INT(lab_task_state(task), LAB_TASK_WAITING);
    lab_cancel(task);
    CHECK_INT(lab_task_state(task), LAB_TASK_READY);
    CHECK_INT(lab_await(task), LAB_ECANCELED);
    CHECK_INT(lab_task_state(task), LAB_TASK_ENDED);
}

VIRTUAL_TEST(a_task_knows_its_parent_and_where_it_was_spawned) {
    lab_task *task = lab_spawn("task", wait_a_second, NULL);
    int line = __LINE__ - 1;
    CHECK(lab_task_parent(task) == lab_self());
    CHECK(lab_task_parent(lab_self()) == NULL);
    CHECK_STR(lab_task_site(task).file, __FILE__);
    CHECK_INT(lab_task_site(task).line, line);
    CHECK_INT(lab_await(task), 0);
}

VIRTUAL_TEST(children_are_told_in_the_order_they_were_spawned) {
    lab_task *a = lab_spawn("a", wait_a_second, NULL);
    lab_task *b = lab_spawn("b", wait_a_second, NULL);
    CHECK_INT(lab_await(a), 0);
    CHECK(lab_task_child(lab_self(), NULL) == a);
    CHECK(lab_task_child(lab_self(), a) == b);
    CHECK(lab_task_child(lab_self(), b) == NULL);
    CHECK(lab_task_child(a, NULL) == NULL);
    CHECK_INT(lab_await(b), 0);
}
