#include "test.h"

#include "base/alloc.h"
#include "core/block.h"
#include "core/call.h"
#include "core/events.h"
#include "core/executor.h"
#include "core/loop.h"
#include "core/run.h"

#include <sched.h>
#include <stdatomic.h>
#include <string.h>

static lab_pool *pool;
static char trail[64];

static void step(void *letter) {
    strcat(trail, letter);
}

static int step_nothing(void *arg) {
    (void)arg;
    return 0;
}

static int offload(void *fn) {
    return lab_offload(pool, *(lab_fn **)fn, NULL);
}

// --- call_soon_threadsafe

static int calls(void *arg) {
    (void)arg;
    CHECK_INT(lab_call_soon_threadsafe(step, "a"), 0);
    lab_block(5 * LAB_MS);
    CHECK_INT(lab_call_soon_threadsafe(step, "b"), 0);
    return lab_call_soon_threadsafe(step, "c");
}

static int call_in_order(void *arg) {
    (void)arg;
    trail[0] = '\0';
    pool = lab_pool_new("pool", 1);
    CHECK_INT(lab_offload(pool, calls, NULL), 0);
    CHECK_STR(trail, "abc"); // all were made before the result was known
    return 0;
}

VIRTUAL_TEST(calls_of_a_job_come_in_order_and_before_its_result) {
    call_in_order(NULL);
    CHECK_INT(lab_now(), 5 * LAB_MS);
}

TEST(calls_come_in_order_under_the_real_clock_too) {
    CHECK_INT(lab_loop_main("main", call_in_order, NULL), 0);
}

// The calls of a run, each by its worker, job and task. Which of its workers a
// pool has at hand is up to the machine: it must be that which does job 2.
static void put_calls(struct lab_text *out, const struct lab_record *record) {
    unsigned worker = 0;
    for (size_t i = 0; i < lab_record_count(record); i++) {
        const struct lab_event *event = lab_record_at(record, i);
        if (event->kind == LAB_EVENT_START && event->other == 2)
            worker = event->worker;
        if (event->kind == LAB_EVENT_CALL)
            lab_text_printf(out, "%s %u %u, ",
                            event->worker == worker ? "its" : "another",
                            event->other, event->task);
    }
}

static int call_from_the_second_of_two(void *arg) {
    (void)arg;
    LAB_TRY(lab_offload(lab_pool_new("other", 2), step_nothing, NULL));
    return call_in_order(NULL);
}

static int check_calls(void *arg) {
    const struct lab_clock *clock = arg;
    struct lab_text out = {0};
    struct lab_record *record = lab_record_new();
    CHECK_INT(
        lab_run(&(struct lab_run_options){.name = "root",
                                          .body = call_from_the_second_of_two,
                                          .clock = *clock,
                                          .record = record}),
        0);
    put_calls(&out, record);
    CHECK_STR(lab_text_string(&out), "its 2 1, its 2 1, its 2 1, ");
    lab_text_free(&out);
    lab_record_free(record);
    return 0;
}

TEST(a_call_says_for_which_worker_and_job_the_loop_makes_it) {
    check_calls((void *)&LAB_CLOCK_VIRTUAL);
}

TEST(a_call_says_so_under_the_real_clock_too) {
    CHECK_INT(lab_loop_main("main", check_calls, (void *)&LAB_CLOCK_REAL), 0);
}

VIRTUAL_TEST(a_call_is_made_while_the_job_goes_on) {
    lab_fn *fn = calls;
    trail[0] = '\0';
    pool = lab_pool_new("pool", 1);
    lab_task *task = lab_spawn("job", offload, &fn);
    CHECK_INT(lab_sleep(LAB_MS), 0);
    CHECK_STR(trail, "a");
    CHECK_INT(lab_await(task), 0);
}

static void wake(void *task) {
    lab_cancel(task);
}

static int wakes(void *task) {
    return lab_call_soon_threadsafe(wake, task);
}

static int wake_sleeper(void *arg) {
    pool = lab_pool_new("pool", 1);
    int rc = lab_offload(pool, wakes, arg);
    lab_ignore(rc);
    return 0;
}

VIRTUAL_TEST(a_call_may_wake_a_task) {
    CHECK(lab_spawn("waker", wake_sleeper, lab_self()) != NULL);
    CHECK_INT(lab_sleep(LAB_S), LAB_ECANCELED);
    CHECK_INT(lab_now(), 0);
}

VIRTUAL_TEST(only_a_job_calls_from_elsewhere) {
    CHECK_INT(lab_call_soon_threadsafe(step, "x"), LAB_EINVAL);
    CHECK_INT(lab_run_coroutine_threadsafe("x", calls, NULL), LAB_EINVAL);
}

// --- a result that would overtake a call
//
//     loop      |  hold until d runs  |  hold until e runs  | results | tasks
//     worker 1  | a: two calls | d: waits ...                             |
//     worker 2  | b: waits for the second hold | calls | e |
//
// The result of b is there before those of a are fetched, and its call is not.

static atomic_bool holds, d_runs, holds_again, e_runs, is_called;

static void until(atomic_bool *flag) {
    while (!atomic_load(flag))
        sched_yield();
}

static void hold(void *arg) {
    (void)arg;
    atomic_store(&holds, true);
    until(&d_runs);
}

static void hold_again(void *arg) {
    (void)arg;
    atomic_store(&holds_again, true);
    until(&e_runs);
}

static void note_call(void *arg) {
    (void)arg;
    atomic_store(&is_called, true);
}

static int a(void *arg) {
    (void)arg;
    LAB_TRY(lab_call_soon_threadsafe(hold, NULL));
    until(&holds);
    return lab_call_soon_threadsafe(hold_again, NULL);
}

static int b(void *arg) {
    (void)arg;
    until(&holds_again);
    return lab_call_soon_threadsafe(note_call, NULL);
}

static int d(void *arg) {
    (void)arg;
    atomic_store(&d_runs, true);
    until(&e_runs);
    return 0;
}

static int e(void *arg) {
    (void)arg;
    atomic_store(&e_runs, true);
    return 0;
}

static int offload_and_look(void *fn) {
    LAB_TRY(offload(fn));
    CHECK(*(lab_fn **)fn != b || atomic_load(&is_called));
    return 0;
}

static int overtake(void *arg) {
    lab_fn *jobs[] = {a, b, d, e};
    lab_task *tasks[countof(jobs)];
    (void)arg;
    pool = lab_pool_new("pool", 2);
    for (size_t i = 0; i < countof(jobs); i++)
        tasks[i] = lab_spawn("job", offload_and_look, &jobs[i]);
    return lab_gather(tasks, countof(tasks));
}

TEST(no_result_overtakes_the_call_of_its_job) {
    CHECK_INT(lab_loop_main("main", overtake, NULL), 0);
}

// --- run_coroutine_threadsafe

static int nap(void *arg) {
    LAB_TRY(lab_sleep(*(lab_time *)arg));
    return 42;
}

static int visits(void *arg) {
    lab_time time = 3 * LAB_MS;
    (void)arg;
    lab_block(time);
    int rc = lab_run_coroutine_threadsafe("nap", nap, &time);
    lab_block(time);
    int again = lab_run_coroutine_threadsafe("nap", nap, &time);
    return rc < 0 ? rc : again;
}

static int await_visits(void *arg) {
    (void)arg;
    pool = lab_pool_new("pool", 1);
    return lab_offload(pool, visits, NULL);
}

VIRTUAL_TEST(a_job_runs_a_task_and_waits_for_its_result) {
    CHECK_INT(await_visits(NULL), 42);
    CHECK_INT(lab_now(), 12 * LAB_MS);
}

TEST(a_job_runs_a_task_under_the_real_clock_too) {
    CHECK_INT(lab_loop_main("main", await_visits, NULL), 42);
}

static int eight_visits(void *arg) {
    lab_task *tasks[8];
    lab_fn *fn = visits;
    (void)arg;
    pool = lab_pool_new("pool", 4);
    for (size_t i = 0; i < countof(tasks); i++)
        tasks[i] = lab_spawn("visit", offload, &fn);
    return lab_gather(tasks, countof(tasks));
}

VIRTUAL_TEST(a_worker_is_held_while_its_job_waits) {
    CHECK_INT(eight_visits(NULL), 0);
    CHECK_INT(lab_now(), 2 * 12 * LAB_MS);
}

TEST(many_jobs_visit_the_loop_at_once) {
    CHECK_INT(lab_loop_main("main", eight_visits, NULL), 0);
}

static int leaves_child(void *arg) {
    lab_time *hour = arg;
    CHECK(lab_spawn("child", nap, hour) != NULL);
    return lab_yield();
}

static int visit_parent(void *arg) {
    lab_time hour = 3600 * LAB_S; // gone when this returns
    (void)arg;
    return lab_run_coroutine_threadsafe("parent", leaves_child, &hour);
}

VIRTUAL_TEST(the_job_goes_on_when_the_tasks_children_have_ended) {
    pool = lab_pool_new("pool", 1);
    CHECK_INT(lab_offload(pool, visit_parent, NULL), 0);
    CHECK_INT(lab_now(), 0);
}

static int visit_for_long(void *arg) {
    lab_time hour = 3600 * LAB_S;
    (void)arg;
    CHECK_INT(lab_run_coroutine_threadsafe("nap", nap, &hour), LAB_ECANCELED);
    // As every wait of a cancelled task fails, so does each later visit.
    CHECK_INT(lab_run_coroutine_threadsafe("nap", nap, &hour), LAB_ECANCELED);
    return 7;
}

static int cancel_visitor(void *arg) {
    lab_fn *fn = visit_for_long;
    (void)arg;
    pool = lab_pool_new("pool", 1);
    lab_task *task = lab_spawn("job", offload, &fn);
    CHECK_INT(lab_sleep(LAB_MS), 0);
    lab_cancel(task);
    return lab_await(task); // it had begun, so it counts
}

VIRTUAL_TEST(a_cancel_of_who_offloaded_reaches_the_task_of_the_job) {
    CHECK_INT(cancel_visitor(NULL), 7);
    CHECK_INT(lab_now(), LAB_MS);
}

// Whether the job has begun by then or not.
static int cancel_visitor_for_real(void *arg) {
    int rc = cancel_visitor(arg);
    CHECK(rc == 7 || rc == LAB_ECANCELED);
    return 0;
}

TEST(a_cancel_reaches_the_task_under_the_real_clock_too) {
    CHECK_INT(lab_loop_main("main", cancel_visitor_for_real, NULL), 0);
}

static int await_it(void *task) {
    return lab_await(task);
}

static int visit_asker(void *asker) {
    int rc = lab_run_coroutine_threadsafe("await", await_it, asker);
    CHECK(rc < 0); // it waits for who waits for it
    return rc;
}

static int offload_visit(void *arg) {
    (void)arg;
    lab_pool *own = lab_pool_new("own", 1);
    return lab_offload(own, visit_asker, lab_self());
}

TEST(a_job_that_waits_for_its_own_task_is_a_deadlock) {
    CHECK_INT(lab_run(&(struct lab_run_options){.name = "root",
                                                .body = offload_visit,
                                                .clock = LAB_CLOCK_VIRTUAL}),
              LAB_EDEADLK);
}

// --- in the record

static int asks_twice(void *arg) {
    (void)arg;
    pool = lab_pool_new("pool", 1);
    LAB_TRY(lab_offload(pool, visits, NULL));
    return 0;
}

TEST(a_job_that_waits_for_the_loop_says_for_which_task_and_what_came_of_it) {
    CHECK_STR(events_of(asks_twice, "ask answer"),
              "ask 1 2, answer 1 2 =42, ask 1 3, answer 1 3 =42");
}
