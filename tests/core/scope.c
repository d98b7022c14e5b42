#include "core/scope.h"
#include "child.h"
#include "core/events.h"
#include "events.h"
#include "test.h"

#include "base/alloc.h"
#include "base/time.h"
#include "core/future.h"
#include "core/run.h"
#include "core/task.h"

static int nap(void *arg) {
    return lab_sleep(*(lab_time *)arg);
}

// --- one timeout

VIRTUAL_TEST(a_timeout_ends_the_wait_inside_it) {
    struct lab_timeout t;
    lab_timeout_enter(&t, 2 * LAB_S);
    int rc = lab_sleep(5 * LAB_S);
    CHECK_INT(rc, LAB_ECANCELED);
    CHECK_INT(lab_yield(), LAB_ECANCELED); // and every later one
    CHECK_INT(lab_timeout_exit(&t, rc), LAB_ETIMEDOUT);
    CHECK(lab_timeout_expired(&t));
    CHECK_INT(lab_now(), 2 * LAB_S);
    CHECK(!lab_task_cancelled(lab_self()));
    CHECK_INT(lab_sleep(LAB_S), 0); // all is well behind it
}

static int waits_in_scopes(void *arg) {
    struct lab_timeout outer, inner;
    struct lab_shield shield;
    (void)arg;
    lab_timeout_enter(&outer, 2);
    int rc = lab_sleep(1); // its own deadline is before that
    lab_timeout_enter(&inner, 8);
    if (rc >= 0)
        rc = lab_sleep(9); // that of the outer one
    rc = lab_timeout_exit(&inner, rc);
    lab_shield_enter(&shield);
    if (rc == LAB_ECANCELED)
        rc = lab_sleep(5); // of which we are not told here
    lab_shield_exit(&shield);
    return lab_timeout_exit(&outer, rc);
}

TEST(a_wait_on_record_has_the_deadline_of_the_timeout_around_it) {
    CHECK_STR(events_of(waits_in_scopes, "wait"),
              "wait 1 =1, wait 1 =2, wait 1 =7");
}

VIRTUAL_TEST(what_is_done_in_time_keeps_its_result) {
    struct lab_timeout t;
    lab_timeout_enter(&t, 2 * LAB_S);
    CHECK_INT(lab_sleep(LAB_S), 0);
    CHECK_INT(lab_timeout_exit(&t, 42), 42);
    CHECK(!lab_timeout_expired(&t));
    CHECK_INT(lab_sleep(10 * LAB_S), 0); // it is not ended by the timer
    CHECK_INT(lab_now(), 11 * LAB_S);
}

VIRTUAL_TEST(a_result_or_another_error_outlasts_the_timeout) {
    struct lab_timeout t;
    for (int rc = -71; rc <= 7; rc += 78) {
        lab_timeout_enter(&t, LAB_S);
        CHECK_INT(lab_sleep(5 * LAB_S), LAB_ECANCELED);
        CHECK_INT(lab_timeout_exit(&t, rc), rc);
    }
}

VIRTUAL_TEST(a_timeout_of_nothing_fails_at_once_and_forever_never) {
    struct lab_timeout t;
    lab_timeout_enter(&t, 0);
    int rc = lab_yield();
    CHECK_INT(lab_timeout_exit(&t, rc), LAB_ETIMEDOUT);
    lab_timeout_enter(&t, LAB_FOREVER);
    rc = lab_sleep(24 * 3600 * LAB_S);
    CHECK_INT(lab_timeout_exit(&t, rc), 0);
}

VIRTUAL_TEST(a_timeout_may_be_changed_until_it_is_over) {
    struct lab_timeout t;
    lab_timeout_enter(&t, LAB_S);
    CHECK(lab_timeout_reschedule(&t, 3 * LAB_S));
    CHECK_INT(lab_sleep(2 * LAB_S), 0);
    CHECK(lab_timeout_reschedule(&t, 2 * LAB_S));
    int rc = lab_sleep(9 * LAB_S);
    CHECK_INT(lab_now(), 4 * LAB_S);
    CHECK(!lab_timeout_reschedule(&t, LAB_S));
    CHECK_INT(lab_timeout_exit(&t, rc), LAB_ETIMEDOUT);
}

// --- a timeout that another changes

static struct lab_timeout patience;

static int waits_patiently(void *arg) {
    lab_timeout_enter(&patience, 100 * LAB_S);
    return lab_timeout_exit(&patience, lab_sleep(*(lab_time *)arg));
}

VIRTUAL_TEST(another_task_may_end_a_timeout_at_once) {
    lab_time long_time = LAB_FOREVER;
    lab_task *task = lab_spawn("patient", waits_patiently, &long_time);
    CHECK_INT(lab_sleep(LAB_S), 0);
    CHECK(lab_timeout_reschedule(&patience, 0));
    CHECK(lab_timeout_expired(&patience));
    CHECK_INT(lab_await(task), LAB_ETIMEDOUT);
    CHECK_INT(lab_now(), LAB_S);
}

static int ends_at_once(void *arg) {
    lab_time long_time = LAB_FOREVER;
    lab_task *task = lab_spawn("patient", waits_patiently, &long_time);
    (void)arg;
    LAB_TRY(lab_sleep(5));
    CHECK(lab_timeout_reschedule(&patience, -1));
    CHECK_INT(lab_await(task), LAB_ETIMEDOUT);
    return 0;
}

TEST(a_timeout_that_another_has_ended_is_on_record) {
    CHECK_STR(events_of(ends_at_once, "timeout"), "timeout 2 =5");
}

static int gives_time(void *arg) {
    lab_time time = 30;
    lab_task *task = lab_spawn("patient", waits_patiently, &time);
    (void)arg;
    LAB_TRY(lab_sleep(5));
    CHECK(lab_timeout_reschedule(&patience, 10)); // until 15
    LAB_TRY(lab_sleep(5));
    CHECK(lab_timeout_reschedule(&patience, LAB_FOREVER));
    return lab_await(task);
}

// Else the record would have it ready when its first deadline is over.
TEST(a_wait_whose_timeout_changes_is_on_record_with_its_new_deadline) {
    CHECK_STR(events_of(gives_time, "wait"),
              "wait 1 =5, wait 2 =30, wait 2 =15, wait 1 =10, wait 2 =30, "
              "wait 1 2");
}

static void give_time(lab_future *future, void *arg) {
    (void)future;
    CHECK(lab_timeout_reschedule(&patience, *(lab_time *)arg));
}

VIRTUAL_TEST(a_callback_may_change_a_timeout) {
    lab_time long_time = LAB_FOREVER, more = 3 * LAB_S;
    lab_future *future = lab_future_new();
    lab_task *task = lab_spawn("patient", waits_patiently, &long_time);
    lab_future_add_callback(future, give_time, &more);
    CHECK_INT(lab_sleep(LAB_S), 0);
    CHECK(lab_future_set(future, 0));
    lab_future_free(future);
    CHECK_INT(lab_sleep(LAB_S), 0); // it is not over yet
    CHECK(!lab_timeout_expired(&patience));
    CHECK_INT(lab_await(task), LAB_ETIMEDOUT);
    CHECK_INT(lab_now(), 4 * LAB_S);
}

VIRTUAL_TEST(what_is_awaited_is_cancelled_with_the_timeout) {
    lab_time long_time = 5 * LAB_S;
    lab_task *task = lab_spawn("nap", nap, &long_time);
    lab_task *other = lab_spawn("other", nap, &long_time);
    struct lab_timeout t;
    lab_timeout_enter(&t, LAB_S);
    int rc = lab_await(task);
    CHECK_INT(lab_timeout_exit(&t, rc), LAB_ETIMEDOUT);
    CHECK_INT(lab_task_result(task), LAB_ECANCELED);
    CHECK(!lab_task_done(other));
    CHECK_INT(lab_await(other), 0);
    CHECK_INT(lab_now(), 5 * LAB_S);
}

static int sleep_an_hour(void *arg) {
    (void)arg;
    LAB_TRY(lab_sleep(3600 * LAB_S));
    return 1;
}

VIRTUAL_TEST(a_function_may_be_given_a_timeout) {
    CHECK_INT(lab_within(LAB_S, sleep_an_hour, NULL), LAB_ETIMEDOUT);
    CHECK_INT(lab_within(3600 * LAB_S + 1, sleep_an_hour, NULL), 1);
}

VIRTUAL_TEST(any_number_of_timeouts_in_a_row_is_no_bug) {
    int passed = 0;
    for (int i = 0; i < 25000; i++) {
        passed += lab_within(LAB_MS, sleep_an_hour, NULL) == LAB_ETIMEDOUT;
        passed += lab_within(0, sleep_an_hour, NULL) == LAB_ETIMEDOUT;
    }
    for (int i = 0; i < 25000; i++) // nor if none of them ever waits
        passed += lab_within(0, sleep_an_hour, NULL) == LAB_ETIMEDOUT;
    CHECK_INT(passed, 75000);
}

// --- nested timeouts

static int nested(lab_time outer, lab_time inner, int *inner_rc) {
    struct lab_timeout a, b;
    lab_timeout_enter(&a, outer);
    lab_timeout_enter(&b, inner);
    int rc = lab_timeout_exit(&b, lab_sleep(10 * LAB_S));
    *inner_rc = rc;
    return lab_timeout_exit(&a, rc);
}

VIRTUAL_TEST(of_nested_timeouts_the_one_that_is_over_says_so) {
    int inner;
    CHECK_INT(nested(2 * LAB_S, LAB_S, &inner), LAB_ETIMEDOUT);
    CHECK_INT(inner, LAB_ETIMEDOUT);
    CHECK_INT(lab_now(), LAB_S);
    CHECK_INT(nested(2 * LAB_S, 3 * LAB_S, &inner), LAB_ETIMEDOUT);
    CHECK_INT(inner, LAB_ECANCELED); // not its own
    CHECK_INT(lab_now(), 3 * LAB_S);
    CHECK_INT(nested(2 * LAB_S, 2 * LAB_S, &inner), LAB_ETIMEDOUT);
    CHECK_INT(inner, LAB_ECANCELED); // both: so the outer one has it
    CHECK_INT(lab_now(), 5 * LAB_S);
    CHECK_INT(lab_yield(), 0);
}

VIRTUAL_TEST(behind_the_inner_timeout_the_outer_one_goes_on) {
    struct lab_timeout a, b;
    lab_timeout_enter(&a, 3 * LAB_S);
    lab_timeout_enter(&b, LAB_S);
    CHECK_INT(lab_timeout_exit(&b, lab_sleep(10 * LAB_S)), LAB_ETIMEDOUT);
    CHECK_INT(lab_sleep(LAB_S), 0);
    int rc = lab_sleep(10 * LAB_S);
    CHECK_INT(lab_now(), 3 * LAB_S);
    CHECK_INT(lab_timeout_exit(&a, rc), LAB_ETIMEDOUT);
}

// --- a timeout and a cancel

static int with_timeout(void *arg) {
    int rc = lab_within(*(lab_time *)arg, sleep_an_hour, NULL);
    CHECK_INT(lab_yield(), LAB_ECANCELED);
    return rc;
}

VIRTUAL_TEST(a_cancel_is_not_taken_for_a_timeout) {
    lab_time time = 2 * LAB_S;
    lab_task *task = lab_spawn("t", with_timeout, &time);
    CHECK_INT(lab_sleep(LAB_S), 0);
    lab_cancel(task);
    CHECK_INT(lab_await(task), LAB_ECANCELED);
    CHECK_INT(lab_now(), LAB_S);
}

VIRTUAL_TEST(a_cancel_in_the_turn_of_the_timeout_is_not_swallowed) {
    lab_time time = LAB_S;
    lab_task *task = lab_spawn("t", with_timeout, &time);
    CHECK_INT(lab_sleep(LAB_S), 0); // we wake first
    lab_cancel(task);
    CHECK_INT(lab_await(task), LAB_ECANCELED);
}

// --- shields

struct clean_up {
    bool said_goodbye, timed_out;
};

static int goodbye(void *arg) {
    struct clean_up *c = arg;
    CHECK_INT(lab_sleep(LAB_S), 0);
    c->timed_out = lab_within(LAB_S, sleep_an_hour, NULL) == LAB_ETIMEDOUT;
    CHECK_INT(lab_yield(), 0);
    c->said_goodbye = true;
    return 3;
}

static int polite(void *arg) {
    int rc = lab_sleep(100 * LAB_S);
    CHECK_INT(lab_yield(), LAB_ECANCELED);
    CHECK_INT(lab_shielded(goodbye, arg), 3);
    CHECK_INT(lab_yield(), LAB_ECANCELED);
    return rc;
}

VIRTUAL_TEST(a_shield_lets_clean_up_wait_and_have_timeouts) {
    struct clean_up c = {0};
    lab_task *task = lab_spawn("polite", polite, &c);
    CHECK_INT(lab_sleep(LAB_S), 0);
    lab_cancel(task);
    CHECK_INT(lab_await(task), LAB_ECANCELED);
    CHECK_INT(lab_now(), 3 * LAB_S);
    CHECK(c.said_goodbye && c.timed_out);
}

static int shield_all(void *arg) {
    struct lab_shield outer, inner;
    (void)arg;
    lab_shield_enter(&outer);
    CHECK_INT(lab_sleep(2 * LAB_S), 0);
    lab_shield_enter(&inner);
    CHECK_INT(lab_sleep(2 * LAB_S), 0);
    lab_shield_exit(&inner);
    CHECK_INT(lab_sleep(2 * LAB_S), 0); // the outer one still holds
    lab_shield_exit(&outer);
    return lab_sleep(LAB_S);
}

VIRTUAL_TEST(a_cancel_inside_shields_is_heard_behind_them) {
    lab_task *task = lab_spawn("shielded", shield_all, NULL);
    CHECK_INT(lab_sleep(LAB_S), 0);
    lab_cancel(task);
    CHECK(lab_task_cancelled(task));
    CHECK_INT(lab_await(task), LAB_ECANCELED);
    CHECK_INT(lab_now(), 6 * LAB_S);
}

VIRTUAL_TEST(a_shield_keeps_out_the_timeout_around_it) {
    struct lab_timeout t;
    struct lab_shield s;
    lab_timeout_enter(&t, LAB_S);
    lab_shield_enter(&s);
    CHECK_INT(lab_sleep(2 * LAB_S), 0);
    lab_shield_exit(&s);
    int rc = lab_sleep(LAB_S);
    CHECK_INT(lab_now(), 2 * LAB_S);
    CHECK_INT(lab_timeout_exit(&t, rc), LAB_ETIMEDOUT);
}

static int shield_nap(void *arg) {
    return lab_shielded(nap, arg);
}

VIRTUAL_TEST(a_task_in_a_shield_ends_before_who_awaited_it) {
    lab_time time = 5 * LAB_S;
    lab_task *task = lab_spawn("t", shield_nap, &time);
    CHECK_INT(lab_wait_for(task, LAB_S), 0); // it did not hear: a result
    CHECK_INT(lab_now(), 5 * LAB_S);
}

static lab_task *pair[2];

static int await_the_other(void *arg) {
    struct lab_shield s;
    lab_shield_enter(&s);
    int rc = lab_await(pair[arg != NULL]);
    lab_shield_exit(&s);
    return rc;
}

static int shielded_cycle(void *arg) {
    (void)arg;
    pair[0] = lab_spawn("one", await_the_other, "");
    pair[1] = lab_spawn("two", await_the_other, NULL);
    return lab_gather(pair, 2);
}

TEST(a_cycle_of_waits_in_shields_is_a_deadlock_and_ends) {
    struct lab_run_options options = {
        .name = "cycle", .body = shielded_cycle, .clock = LAB_CLOCK_VIRTUAL};
    CHECK_INT(lab_run(&options), LAB_EDEADLK);
}

// --- mistakes

static int leave_timeout_open(void *arg) {
    static struct lab_timeout t;
    (void)arg;
    lab_timeout_enter(&t, LAB_S);
    return 0;
}

static int return_from_within(void) {
    struct lab_timeout t;
    lab_timeout_enter(&t, LAB_S);
    LAB_TRY(lab_sleep(2 * LAB_S));
    return lab_timeout_exit(&t, 0);
}

static int forget_inner(void *arg) {
    struct lab_timeout t;
    (void)arg;
    lab_timeout_enter(&t, 3 * LAB_S);
    int rc = return_from_within();
    CHECK_INT(lab_sleep(LAB_S), LAB_ECANCELED); // still inside
    return lab_timeout_exit(&t, rc);
}

static int cross(void *arg) {
    struct lab_timeout t;
    struct lab_shield s;
    (void)arg;
    lab_timeout_enter(&t, LAB_S);
    lab_shield_enter(&s);
    int rc = lab_timeout_exit(&t, 0);
    lab_shield_exit(&s);
    return rc;
}

TEST(a_scope_that_is_not_left_is_named_with_its_task) {
    child_dies(leave_timeout_open, "\"child\", spawned at");
    child_dies(leave_timeout_open, "returned from within a timeout");
    child_dies(forget_inner, "not its innermost");
    child_dies(cross, "not its innermost");
}

static int long_clean_up(void *arg) {
    for (int i = 0; i < 25000; i++) {
        lab_ignore(lab_sleep(LAB_S)); // in vain, but not in a row
        LAB_TRY(lab_shielded(nap, arg));
    }
    return 6;
}

VIRTUAL_TEST(a_long_clean_up_is_no_bug) {
    lab_time time = LAB_MS;
    lab_task *task = lab_spawn("clean", long_clean_up, &time);
    CHECK_INT(lab_yield(), 0);
    lab_cancel(task);
    CHECK_INT(lab_await(task), 6);
}

static int insist(void *arg) {
    while (lab_await(pair[arg != NULL]) == LAB_EDEADLK)
        ;
    return 0;
}

static int insist_shielded(void *arg) {
    struct lab_shield s;
    lab_shield_enter(&s);
    int rc = insist(arg);
    lab_shield_exit(&s);
    return rc;
}

static int stubborn_cycle(void *arg) {
    (void)arg;
    pair[0] = lab_spawn("one", insist_shielded, "");
    pair[1] = lab_spawn("two", insist_shielded, NULL);
    return lab_gather(pair, 2);
}

TEST(who_never_heeds_a_deadlock_is_named) {
    child_dies(stubborn_cycle, "\"one\", spawned at tests/core/scope.c:");
}

// --- in the record

static int sleeps_a_second(void *arg) {
    (void)arg;
    return lab_sleep(LAB_S);
}

static int has_time_pass(void *arg) {
    lab_task *task = lab_spawn("nap", sleeps_a_second, arg);
    CHECK_INT(lab_within(LAB_MS, sleeps_a_second, arg), LAB_ETIMEDOUT);
    CHECK_INT(lab_wait_for(task, LAB_MS), LAB_ETIMEDOUT);
    return lab_sleep(LAB_MS); // a timer, and no timeout
}

TEST(a_timeout_that_passes_is_noted) {
    CHECK_STR(events_of(has_time_pass, "timeout deliver"),
              "timeout 1 =1000000, timeout 1 =2000000, deliver 2");
}
