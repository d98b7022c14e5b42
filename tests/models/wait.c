// Waiting for some of several tasks.

#include "models/model.h"

#include "core/future.h"
#include "core/scope.h"
#include "core/wait.h"

enum { FAILURE = -71 };
static lab_task *cast[PARTS];
static int order[PARTS], ended; // which ended first, second, third

// Part b fails. Each takes as many steps as the others.
static int stepper(void *arg) {
    int index = *(int *)arg, rc = 0;
    for (int i = 1; i < model_steps && rc == 0; i++)
        rc = lab_yield();
    order[ended++] = index;
    return rc < 0 ? rc : index == 1 ? FAILURE : index;
}

static void begin(void) {
    ended = 0;
    model_spawn(cast, stepper, stepper, stepper);
}

// Whatever the root has heard, its parts end; who failed is known.
static int finish(int rc) {
    lab_ignore(lab_gather_all(cast, PARTS));
    RULE(model_ended() == PARTS && ended == PARTS);
    for (int i = 0; i < PARTS; i++)
        lab_ignore(lab_task_result(cast[i]));
    return rc < 0 ? rc : 0;
}

// --- lab_wait

static bool ascends(lab_task *const *tasks, size_t from, size_t to) {
    bool so = true;
    for (size_t i = from + 1; i < to; i++)
        so &= lab_task_number(tasks[i - 1]) < lab_task_number(tasks[i]);
    return so;
}

static void check(lab_task *const *tasks, size_t done, size_t count,
                  enum lab_when when) {
    bool any_failed = false;
    for (size_t i = 0; i < count; i++) {
        RULE(lab_task_done(tasks[i]) == (i < done));
        any_failed |= i < done && lab_task_result(tasks[i]) < 0;
    }
    RULE(ascends(tasks, 0, done) && ascends(tasks, done, count));
    RULE(when == LAB_FIRST_COMPLETED ? done >= 1 : done == count || any_failed);
    RULE(when != LAB_ALL_COMPLETED || done == count);
}

static int wait(enum lab_when when) {
    lab_task *tasks[PARTS];
    size_t left = PARTS;
    int rc = 0;
    begin();
    for (size_t i = 0; i < PARTS; i++)
        tasks[i] = cast[i];
    for (lab_task **at = tasks; rc >= 0 && left > 0;
         at += rc, left -= (size_t)rc) {
        rc = lab_wait(at, left, when, LAB_FOREVER);
        if (rc < 0)
            break;
        check(at, (size_t)rc, left, when);
        for (size_t i = 0; i < left && model_is_calm(); i++)
            RULE(!lab_task_cancelled(at[i]));
    }
    RULE(rc >= 0 || rc == LAB_ECANCELED);
    return finish(rc);
}

MODEL(wait_goes_on_when_all_have_ended, .quick = 90, .full = 34650) {
    return wait(LAB_ALL_COMPLETED);
}

MODEL(wait_goes_on_when_the_first_has_ended, .quick = 510, .full = 250866) {
    return wait(LAB_FIRST_COMPLETED);
}

MODEL(wait_goes_on_when_one_has_failed, .quick = 210, .full = 90090) {
    return wait(LAB_FIRST_ERROR);
}

// --- as they end

MODEL(a_walk_goes_through_tasks_as_they_end, .quick = 510, .full = 250866) {
    lab_task *task;
    int rc = 1, n = 0;
    begin();
    lab_completed *it = lab_as_completed(cast, PARTS);
    while ((rc = lab_completed_next(it, &task)) > 0)
        RULE(n < ended && task == cast[order[n++]]);
    if (rc < 0)
        lab_completed_free(it);
    RULE(rc == LAB_ECANCELED || n == PARTS);
    return finish(rc);
}

// --- with a time limit: result, error, cancel and timeout at the same time

static lab_future *answer;

static int step(void *arg) {
    (void)arg;
    return lab_yield();
}

// Cleans up for a while.
static int ask(void *arg) {
    int rc = lab_future_wait(answer);
    return rc == LAB_ECANCELED && lab_shielded(step, arg) < 0 ? FAILURE : rc;
}

static int impatient(void *arg) {
    (void)arg;
    lab_task *task = lab_spawn("asks", ask, NULL);
    int rc = lab_wait_for(task, LAB_MS), result = lab_task_result(task);
    bool cancelled = lab_task_cancelled(lab_self());
    RULE(lab_task_done(task));
    if (result != LAB_ECANCELED)
        RULE(rc == result);
    else if (*lab_task_cancel_reason(task)) // not by the schedule
        RULE(rc == (cancelled ? LAB_ECANCELED : LAB_ETIMEDOUT));
    return cancelled ? LAB_ECANCELED : 0;
}

// Gets there by one step after the other.
static int at_the_same_time(void) {
    for (int i = 2; i < model_steps; i++)
        LAB_TRY(lab_yield());
    return lab_sleep_until(LAB_MS);
}

static int answerer(void *arg) {
    int rc = at_the_same_time(), value = *(int *)arg == 1 ? 7 : FAILURE;
    lab_future_set(answer, value); // if the other was not first
    return rc;
}

static int play(lab_fn *a, lab_fn *b, lab_fn *c) {
    answer = lab_future_new();
    model_spawn(cast, a, b, c);
    int rc = lab_gather_all(cast, PARTS);
    RULE(model_ended() == PARTS);
    for (int i = 0; i < PARTS; i++)
        lab_ignore(lab_task_result(cast[i]));
    lab_future_free(answer);
    return rc < 0 ? rc : 0;
}

MODEL(wait_for_tells_result_error_or_timeout, .quick = 384, .full = 17920) {
    return play(impatient, answerer, answerer);
}

static int canceller(void *arg) {
    (void)arg;
    int rc = at_the_same_time();
    lab_cancel(cast[0]);
    return rc;
}

MODEL(wait_for_tells_result_cancel_or_timeout, .quick = 384, .full = 17920) {
    return play(impatient, answerer, canceller);
}
