#include "core/wait.h"
#include "test.h"

#include "base/alloc.h"
#include "base/time.h"
#include "core/future.h"
#include "core/task.h"
#include "events.h"

struct work {
    lab_time time;
    int result;
};

static int work(void *arg) {
    const struct work *w = arg;
    int rc = lab_sleep(w->time);
    return rc < 0 ? rc : w->result;
}

static struct work three[] = {{3 * LAB_S, 3}, {1 * LAB_S, 1}, {2 * LAB_S, 2}};
static struct work failing[] = {
    {3 * LAB_S, 3}, {1 * LAB_S, 1}, {2 * LAB_S, -7}};

static void spawn_all(lab_task **tasks, struct work *w, size_t count) {
    for (size_t i = 0; i < count; i++)
        tasks[i] = lab_spawn("w", work, &w[i]);
}

// --- lab_wait

VIRTUAL_TEST(wait_for_all_takes_as_long_as_the_longest) {
    lab_task *tasks[3];
    spawn_all(tasks, three, 3);
    CHECK_INT(lab_wait(tasks, 3, LAB_ALL_COMPLETED, LAB_FOREVER), 3);
    CHECK_INT(lab_now(), 3 * LAB_S);
    for (int i = 0; i < 3; i++) // in the order they had
        CHECK_INT(lab_task_result(tasks[i]), three[i].result);
}

VIRTUAL_TEST(wait_for_the_first_puts_it_first_and_cancels_none) {
    lab_task *tasks[3], *was[3];
    spawn_all(tasks, three, 3);
    for (int i = 0; i < 3; i++)
        was[i] = tasks[i];
    CHECK_INT(lab_wait(tasks, 3, LAB_FIRST_COMPLETED, LAB_FOREVER), 1);
    CHECK_INT(lab_now(), LAB_S);
    CHECK(tasks[0] == was[1] && tasks[1] == was[0] && tasks[2] == was[2]);
    CHECK(!lab_task_cancelled(was[0]) && !lab_task_cancelled(was[2]));
    CHECK_INT(lab_wait(tasks + 1, 2, LAB_FIRST_COMPLETED, LAB_FOREVER), 1);
    CHECK_INT(lab_now(), 2 * LAB_S);
    CHECK(tasks[1] == was[2] && tasks[2] == was[0]);
    CHECK_INT(lab_await(was[0]), 3);
}

VIRTUAL_TEST(wait_for_the_first_error_lets_successes_pass) {
    lab_task *tasks[3];
    spawn_all(tasks, failing, 3);
    CHECK_INT(lab_wait(tasks, 3, LAB_FIRST_ERROR, LAB_FOREVER), 2);
    CHECK_INT(lab_now(), 2 * LAB_S);
    CHECK_INT(lab_task_result(tasks[0]), 1);
    CHECK_INT(lab_task_result(tasks[1]), -7);
    CHECK(!lab_task_done(tasks[2]));
}

VIRTUAL_TEST(wait_for_an_error_that_does_not_come_waits_for_all) {
    lab_task *tasks[3];
    spawn_all(tasks, three, 3);
    CHECK_INT(lab_wait(tasks, 3, LAB_FIRST_ERROR, LAB_FOREVER), 3);
    CHECK_INT(lab_now(), 3 * LAB_S);
}

VIRTUAL_TEST(a_wait_that_times_out_says_who_has_ended_so_far) {
    lab_task *tasks[3];
    spawn_all(tasks, three, 3);
    CHECK_INT(lab_wait(tasks, 3, LAB_ALL_COMPLETED, 500 * LAB_MS), 0);
    CHECK_INT(lab_now(), 500 * LAB_MS);
    CHECK_INT(lab_wait(tasks, 3, LAB_ALL_COMPLETED, LAB_S), 1);
    CHECK_INT(lab_now(), 1500 * LAB_MS);
    CHECK_INT(lab_task_result(tasks[0]), 1);
    CHECK_INT(lab_wait(tasks, 3, LAB_ALL_COMPLETED, LAB_FOREVER), 3);
}

static int five(void *arg) {
    (void)arg;
    return 5;
}

VIRTUAL_TEST(a_timeout_of_zero_looks_after_one_turn) {
    struct work w = {LAB_S, 1};
    lab_task *tasks[] = {lab_spawn("w", work, &w), lab_spawn("5", five, NULL)};
    CHECK_INT(lab_wait(tasks, 2, LAB_ALL_COMPLETED, 0), 1);
    CHECK_INT(lab_task_result(tasks[0]), 5);
    CHECK_INT(lab_now(), 0);
}

VIRTUAL_TEST(wait_for_none_is_done) {
    CHECK_INT(lab_wait(NULL, 0, LAB_FIRST_COMPLETED, LAB_FOREVER), 0);
    CHECK_INT(lab_wait(NULL, 0, LAB_ALL_COMPLETED, LAB_FOREVER), 0);
    lab_task *self = lab_self();
    CHECK_INT(lab_wait(&self, 1, LAB_ALL_COMPLETED, LAB_S), LAB_EDEADLK);
    CHECK_INT(lab_now(), 0);
}

VIRTUAL_TEST(those_that_end_with_the_timeout_count) {
    struct work w[] = {{LAB_S, 1}, {LAB_S, 2}};
    lab_task *tasks[2];
    spawn_all(tasks, w, 2);
    CHECK_INT(lab_yield(), 0); // they begin to sleep before we do
    CHECK_INT(lab_wait(tasks, 2, LAB_ALL_COMPLETED, LAB_S), 2);
}

struct waiting {
    lab_task *tasks[3];
    int rc;
};

static int wait_all(void *arg) {
    struct waiting *w = arg;
    w->rc = lab_wait(w->tasks, 3, LAB_ALL_COMPLETED, LAB_FOREVER);
    return lab_yield();
}

VIRTUAL_TEST(a_cancelled_wait_cancels_none) {
    struct waiting w;
    spawn_all(w.tasks, three, 3);
    lab_task *waiter = lab_spawn("waiter", wait_all, &w);
    CHECK_INT(lab_sleep(1500 * LAB_MS), 0);
    lab_cancel(waiter);
    CHECK_INT(lab_await(waiter), LAB_ECANCELED);
    CHECK_INT(w.rc, LAB_ECANCELED);
    CHECK_INT(lab_now(), 1500 * LAB_MS);
    CHECK_INT(lab_gather(w.tasks, 3), 0);
    CHECK_INT(lab_now(), 3 * LAB_S);
}

// --- as completed

VIRTUAL_TEST(tasks_are_handed_out_as_they_end) {
    lab_task *tasks[3], *task;
    int rc, seen = 0;
    spawn_all(tasks, three, 3);
    lab_completed *it = lab_as_completed(tasks, 3);
    while ((rc = lab_completed_next(it, &task)) > 0) {
        seen = 10 * seen + lab_task_result(task);
        CHECK_INT(lab_now(), lab_task_result(task) * LAB_S);
    }
    CHECK_INT(rc, 0);
    CHECK_INT(seen, 123);
}

VIRTUAL_TEST(tasks_that_ended_between_two_looks_come_in_the_order_they_ended) {
    lab_task *tasks[3], *task;
    int seen = 0;
    spawn_all(tasks, three, 3);
    lab_completed *it = lab_as_completed(tasks, 3);
    CHECK_INT(lab_sleep(2500 * LAB_MS), 0); // no task ends this sleep
    CHECK_INT(lab_now(), 2500 * LAB_MS);
    while (lab_completed_next(it, &task) > 0)
        seen = 10 * seen + lab_task_result(task);
    CHECK_INT(seen, 123);
    CHECK_INT(lab_now(), 3 * LAB_S);
}

VIRTUAL_TEST(a_walk_does_not_end_other_waits_of_who_walks) {
    lab_task *tasks[3], *task;
    int rc;
    spawn_all(tasks, three, 3);
    lab_completed *it = lab_as_completed(tasks, 3);
    CHECK_INT(lab_completed_next(it, &task), 1);
    CHECK_INT(lab_sleep(5 * LAB_S), 0); // while the others end
    CHECK_INT(lab_now(), 6 * LAB_S);
    while ((rc = lab_completed_next(it, &task)) > 0)
        ;
    CHECK_INT(rc, 0);
}

static int look_at_one(void *arg) {
    lab_task *task, **tasks = arg;
    lab_completed *it = lab_as_completed(tasks, 3);
    LAB_TRY(lab_completed_next(it, &task));
    return lab_task_result(task); // the walk is left to our end
}

VIRTUAL_TEST(a_walk_may_be_left_and_the_tasks_go_on) {
    lab_task *tasks[3], *task;
    spawn_all(tasks, three, 3);
    CHECK_INT(lab_await(lab_spawn("one", look_at_one, tasks)), 1);
    CHECK_INT(lab_now(), LAB_S);
    lab_completed *it = lab_as_completed(tasks, 3);
    CHECK_INT(lab_completed_next(it, &task), 1); // has ended already
    CHECK(task == tasks[1]);
    lab_completed_free(it);
    lab_completed_free(NULL);
    CHECK_INT(lab_gather(tasks, 3), 0);
    CHECK_INT(lab_now(), 3 * LAB_S);
}

static int take_next(void *it) {
    lab_task *task;
    return lab_completed_next(it, &task);
}

VIRTUAL_TEST(one_task_at_a_time_waits_for_the_next) {
    lab_task *tasks[3];
    spawn_all(tasks, three, 3);
    lab_completed *it = lab_as_completed(tasks, 3);
    lab_task *first = lab_spawn("first", take_next, it);
    lab_task *second = lab_spawn("second", take_next, it);
    CHECK_INT(lab_await(second), LAB_EBUSY);
    CHECK_INT(lab_now(), 0);
    CHECK_INT(lab_await(first), 1);
    CHECK_INT(take_next(it), 1);
    lab_completed_free(it);
    CHECK_INT(lab_gather(tasks, 3), 0);
}

VIRTUAL_TEST(a_walk_through_none_is_over) {
    lab_task *task;
    CHECK_INT(lab_completed_next(lab_as_completed(NULL, 0), &task), 0);
}

struct cut {
    lab_task *tasks[3];
    int results[4], n;
};

static int cut_short(void *arg) {
    struct cut *cut = arg;
    lab_task *task;
    lab_completed *it = lab_as_completed(cut->tasks, 3);
    for (;;) {
        int rc = lab_completed_next(it, &task);
        cut->results[cut->n++] = rc > 0 ? lab_task_result(task) : rc;
        if (rc <= 0)
            return rc;
    }
}

static int cancel_it(void *arg) {
    LAB_TRY(lab_sleep(LAB_S));
    lab_cancel(arg);
    return 0;
}

VIRTUAL_TEST(a_cancelled_walk_hands_out_what_came_in_the_same_turn) {
    struct cut cut = {.n = 0};
    lab_task *walker = lab_spawn("walker", cut_short, &cut);
    lab_task *killer = lab_spawn("killer", cancel_it, walker); // acts first
    spawn_all(cut.tasks, three, 3);
    CHECK_INT(lab_await(walker), LAB_ECANCELED);
    CHECK_INT(lab_await(killer), 0);
    CHECK_INT(lab_now(), LAB_S);
    CHECK_INT(cut.n, 2);
    CHECK_INT(cut.results[0], 1);
    CHECK_INT(cut.results[1], LAB_ECANCELED);
    CHECK_INT(lab_gather(cut.tasks, 3), 0); // and none was cancelled
}

static int wait_for_it(void *future) {
    return lab_future_wait(future);
}

// Walks through one task, which waits for a future.
static int walk(void *future) {
    lab_task *task = lab_spawn("w", wait_for_it, future);
    LAB_TRY(lab_completed_next(lab_as_completed(&task, 1), &task));
    return lab_task_result(task);
}

static int await_walk(void *future) {
    return lab_await(lab_spawn("walker", walk, future));
}

VIRTUAL_TEST(a_walk_that_got_its_task_was_not_cut_short) {
    lab_future *future = lab_future_new();
    lab_task *task = lab_spawn("awaiter", await_walk, future);
    CHECK_INT(lab_sleep(LAB_S), 0);
    lab_cancel(task); // cancels the walker as the walker's task ends
    lab_future_set(future, 7);
    CHECK_INT(lab_await(task), 7);
    lab_future_free(future);
}

VIRTUAL_TEST(a_long_walk_is_not_slow) {
    enum { MANY = 20000 };
    struct work *w = lab_alloc(MANY * sizeof *w);
    lab_task **tasks = lab_alloc(MANY * sizeof *tasks), *task;
    for (int i = 0; i < MANY; i++)
        w[i] = (struct work){(MANY - i) * LAB_MS, i};
    spawn_all(tasks, w, MANY);
    lab_completed *it = lab_as_completed(tasks, MANY);
    int next = MANY - 1, wrong = 0;
    while (lab_completed_next(it, &task) > 0)
        wrong += lab_task_result(task) != next--;
    CHECK_INT(wrong, 0);
    CHECK_INT(next, -1);
    lab_free(tasks);
    lab_free(w);
}

static int cancel_later(void *arg) {
    LAB_TRY(lab_sleep(LAB_S));
    lab_cancel(arg);
    return 0;
}

// The task ends in the same turn, right behind the cancel.
static int cancelled_with_a_task(void *arg) {
    static struct work w = {LAB_S, 1};
    lab_task *task;
    (void)arg;
    CHECK(lab_spawn("canceller", cancel_later, lab_self()) != NULL);
    task = lab_spawn("w", work, &w);
    CHECK_INT(lab_completed_next(lab_as_completed(&task, 1), &task), 1);
    return 0;
}

TEST(a_completed_task_does_not_deliver_a_cancel) {
    CHECK_STR(events_of(cancelled_with_a_task, "cancel deliver"), "cancel 1 2");
}
