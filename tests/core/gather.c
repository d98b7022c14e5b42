#include "test.h"

#include "base/alloc.h"
#include "base/time.h"
#include "core/events.h"
#include "core/future.h"
#include "core/loop.h"
#include "core/task.h"

struct work {
    lab_time time;
    int result;
    bool cancelled;
};

static int work(void *arg) {
    struct work *w = arg;
    int rc = lab_sleep(w->time);
    w->cancelled = rc == LAB_ECANCELED;
    return rc < 0 ? rc : w->result;
}

VIRTUAL_TEST(gather_takes_as_long_as_the_longest) {
    struct work w[] = {{3 * LAB_S, 1, 0}, {1 * LAB_S, 2, 0}, {2 * LAB_S, 3, 0}};
    lab_task *tasks[countof(w)];
    for (size_t i = 0; i < countof(w); i++)
        tasks[i] = lab_spawn("w", work, &w[i]);
    CHECK_INT(lab_gather(tasks, countof(w)), 0);
    CHECK_INT(lab_now(), 3 * LAB_S);
    for (size_t i = 0; i < countof(w); i++) // in the order of the array
        CHECK_INT(lab_task_result(tasks[i]), w[i].result);
}

VIRTUAL_TEST(gather_of_nothing_is_done) {
    CHECK_INT(lab_gather(NULL, 0), 0);
    CHECK_INT(lab_now(), 0);
}

VIRTUAL_TEST(gather_of_the_ended_does_not_wait) {
    struct work w = {LAB_S, 5, 0};
    lab_task *task = lab_spawn("w", work, &w);
    CHECK_INT(lab_await(task), 5);
    CHECK_INT(lab_gather(&task, 1), 0);
    CHECK_INT(lab_now(), LAB_S);
}

VIRTUAL_TEST(the_first_failure_cancels_the_others_and_waits_for_them) {
    struct work w[] = {{3 * LAB_S, 1, 0}, {LAB_S, -71, 0}, {2 * LAB_S, -5, 0}};
    lab_task *tasks[countof(w)];
    for (size_t i = 0; i < countof(w); i++)
        tasks[i] = lab_spawn("w", work, &w[i]);
    CHECK_INT(lab_gather(tasks, countof(w)), -71);
    CHECK_INT(lab_now(), LAB_S);
    CHECK(w[0].cancelled && w[2].cancelled);
    CHECK(lab_task_done(tasks[0]) && lab_task_done(tasks[2]));
}

static int gatherer(void *arg) {
    struct work *w = arg;
    lab_task *tasks[] = {lab_spawn("0", work, &w[0]),
                         lab_spawn("1", work, &w[1])};
    int rc = lab_gather(tasks, 2);
    CHECK(lab_task_done(tasks[0]) && lab_task_done(tasks[1]));
    return rc;
}

VIRTUAL_TEST(cancelling_a_gather_cancels_what_it_gathers) {
    struct work w[] = {{3 * LAB_S, 1, 0}, {LAB_S, 2, 0}};
    lab_task *task = lab_spawn("gatherer", gatherer, w);
    CHECK_INT(lab_sleep(2 * LAB_S), 0);
    lab_cancel(task);
    CHECK_INT(lab_await(task), LAB_ECANCELED);
    CHECK(w[0].cancelled);
    CHECK(!w[1].cancelled); // it had ended before
    CHECK_INT(lab_now(), 2 * LAB_S);
}

VIRTUAL_TEST(one_task_may_be_gathered_twice) {
    struct work w = {LAB_S, 5, 0};
    lab_task *task = lab_spawn("w", work, &w);
    lab_task *twice[] = {task, task};
    CHECK_INT(lab_gather(twice, 2), 0);
    CHECK_INT(lab_now(), LAB_S);
}

VIRTUAL_TEST(four_thousand_can_be_gathered) {
    enum { MANY = 4000 };
    struct work w = {LAB_S, 1, 0};
    lab_task **tasks = lab_alloc(MANY * sizeof *tasks);
    for (int i = 0; i < MANY; i++)
        tasks[i] = lab_spawn("w", work, &w);
    CHECK_INT(lab_gather(tasks, MANY), 0);
    CHECK_INT(lab_now(), LAB_S);
    lab_free(tasks);
}

VIRTUAL_TEST(gather_all_waits_for_all_and_counts_the_failures) {
    struct work w[] = {{3 * LAB_S, 1, 0}, {LAB_S, -71, 0}, {2 * LAB_S, -5, 0}};
    lab_task *tasks[countof(w)];
    for (size_t i = 0; i < countof(w); i++)
        tasks[i] = lab_spawn("w", work, &w[i]);
    CHECK_INT(lab_gather_all(tasks, countof(w)), 2);
    CHECK_INT(lab_now(), 3 * LAB_S);
    for (size_t i = 0; i < countof(w); i++)
        CHECK_INT(lab_task_result(tasks[i]), w[i].result);
    CHECK_INT(lab_gather_all(NULL, 0), 0);
}

static int all_gatherer(void *arg) {
    struct work *w = arg;
    lab_task *tasks[] = {lab_spawn("0", work, &w[0]),
                         lab_spawn("1", work, &w[1])};
    return lab_gather_all(tasks, 2);
}

VIRTUAL_TEST(cancelling_a_gather_all_cancels_what_it_gathers) {
    struct work w[] = {{3 * LAB_S, 1, 0}, {LAB_S, 2, 0}};
    lab_task *task = lab_spawn("gatherer", all_gatherer, w);
    CHECK_INT(lab_sleep(2 * LAB_S), 0);
    lab_cancel(task);
    CHECK_INT(lab_await(task), LAB_ECANCELED);
    CHECK(w[0].cancelled && !w[1].cancelled);
}

// --- failing to wind up

static int fail_in_clean_up(void *arg) {
    (void)arg;
    return lab_sleep(LAB_S) < 0 ? -33 : 0;
}

static int await_sloppy(void *arg) {
    return lab_await(lab_spawn("sloppy", fail_in_clean_up, arg));
}

VIRTUAL_TEST(a_failure_to_wind_up_is_told_instead_of_the_cancel) {
    lab_task *task = lab_spawn("awaiter", await_sloppy, NULL);
    CHECK_INT(lab_yield(), 0);
    lab_cancel(task);
    CHECK_INT(lab_await(task), -33);
}

static int shrug(void *arg) {
    (void)arg;
    lab_ignore(lab_sleep(LAB_S)); // and takes the cancel for a success
    return 0;
}

static int respawn(void *arg) {
    for (;; ++*(int *)arg)
        LAB_TRY(lab_await(lab_spawn("shrug", shrug, NULL)));
}

VIRTUAL_TEST(an_await_that_was_cut_short_fails_whatever_the_task_says) {
    int rounds = 0;
    lab_task *task = lab_spawn("respawn", respawn, &rounds);
    CHECK_INT(lab_sleep(2500 * LAB_MS), 0);
    lab_cancel(task);
    CHECK_INT(lab_await(task), LAB_ECANCELED);
    CHECK_INT(rounds, 2);
    CHECK_INT(lab_now(), 2500 * LAB_MS);
}

// --- with a timeout

// Waits for a future through so many tasks, each awaiting the next.
struct chain {
    lab_future *future;
    int links;
};

static int chain(void *arg) {
    const struct chain *c = arg;
    struct chain rest = {c->future, c->links - 1};
    return c->links == 0 ? lab_future_wait(c->future)
                         : lab_await(lab_spawn("link", chain, &rest));
}

VIRTUAL_TEST(a_result_in_the_turn_of_a_cancel_comes_through_at_any_depth) {
    for (int links = 0; links < 6; links++) {
        struct chain c = {lab_future_new(), links};
        lab_task *task = lab_spawn("chain", chain, &c);
        CHECK_INT(lab_sleep(LAB_S), 0);
        lab_cancel(task);
        lab_future_set(c.future, 7);
        CHECK_INT(lab_await(task), 7);
        lab_future_free(c.future);
    }
}

VIRTUAL_TEST(wait_for_returns_what_comes_in_time) {
    struct work w[] = {{LAB_S, 5, 0}, {LAB_S, -71, 0}};
    CHECK_INT(lab_wait_for(lab_spawn("w", work, &w[0]), 2 * LAB_S), 5);
    CHECK_INT(lab_wait_for(lab_spawn("w", work, &w[1]), LAB_FOREVER), -71);
    CHECK_INT(lab_now(), 2 * LAB_S);
}

VIRTUAL_TEST(wait_for_cancels_what_comes_too_late_and_waits_for_its_end) {
    struct work w = {5 * LAB_S, 5, 0};
    lab_task *task = lab_spawn("w", work, &w);
    CHECK_INT(lab_wait_for(task, 2 * LAB_S), LAB_ETIMEDOUT);
    CHECK(w.cancelled && lab_task_done(task));
    CHECK_STR(lab_task_cancel_reason(task), "timed out");
    CHECK_INT(lab_now(), 2 * LAB_S);
    CHECK_INT(lab_wait_for(lab_spawn("s", shrug, NULL), 0), LAB_ETIMEDOUT);
    CHECK_INT(lab_wait_for(lab_spawn("s", fail_in_clean_up, NULL), 0), -33);
    CHECK_INT(lab_wait_for(lab_self(), LAB_S), LAB_EDEADLK);
    CHECK_INT(lab_sleep(LAB_S), 0); // nothing of it is left
}

static int nap(void *arg) {
    (void)arg;
    return lab_sleep(9);
}

static int waits_too_long(void *arg) {
    (void)arg;
    int rc = lab_wait_for(lab_spawn("nap", nap, NULL), 2);
    return rc == LAB_ETIMEDOUT ? 0 : rc;
}

TEST(who_cancels_one_task_waits_for_that_task_on_record) {
    CHECK_STR(events_of(waits_too_long, "wait"),
              "wait 1 2 =2, wait 2 =9, wait 1 2");
}

static int wait_for_a_second(void *arg) {
    int rc = lab_wait_for(lab_spawn("w", work, arg), LAB_S);
    CHECK_INT(lab_yield(), LAB_ECANCELED);
    return rc;
}

VIRTUAL_TEST(a_cancel_in_the_turn_of_a_timeout_is_told_rather) {
    struct work w = {5 * LAB_S, 5, 0};
    lab_task *task = lab_spawn("waiter", wait_for_a_second, &w);
    CHECK_INT(lab_sleep(LAB_S), 0); // we wake first
    lab_cancel(task);
    CHECK_INT(lab_await(task), LAB_ECANCELED);
    CHECK(w.cancelled);
    CHECK_INT(lab_now(), LAB_S);
}

// --- shielded

static int await_shielded(void *arg) {
    return lab_await_shielded(arg);
}

VIRTUAL_TEST(what_is_awaited_shielded_goes_on) {
    struct work w = {3 * LAB_S, 5, 0};
    lab_task *task = lab_spawn("w", work, &w);
    lab_task *waiter = lab_spawn("waiter", await_shielded, task);
    CHECK_INT(lab_sleep(LAB_S), 0);
    lab_cancel(waiter);
    CHECK_INT(lab_await(waiter), LAB_ECANCELED);
    CHECK_INT(lab_now(), LAB_S);
    CHECK_INT(lab_await_shielded(task), 5);
    CHECK_INT(lab_now(), 3 * LAB_S);
    CHECK(!w.cancelled);
    CHECK_INT(lab_await_shielded(lab_self()), LAB_EDEADLK);
}

static lab_task *pair[2];

static int await_the_other(void *arg) {
    return lab_await(pair[arg != NULL]);
}

static int cycle(void *arg) {
    (void)arg;
    pair[0] = lab_spawn("one", await_the_other, "");
    pair[1] = lab_spawn("two", await_the_other, NULL);
    return lab_gather(pair, 2);
}

#include "core/run.h"

TEST(a_cycle_of_waits_is_a_deadlock_and_ends) {
    struct lab_run_options options = {
        .name = "cycle", .body = cycle, .clock = LAB_CLOCK_VIRTUAL};
    CHECK_INT(lab_run(&options), LAB_EDEADLK);
}

// Each awaits the next, which it has spawned; the last one waits for ever.
static int await_below(void *arg) {
    int below = *(int *)arg - 1;
    if (below > 0)
        return lab_await(lab_spawn("below", await_below, &below));
    lab_future *never = lab_future_new();
    int rc = lab_future_wait(never);
    lab_future_free(never);
    return rc;
}

static int run_deep(void *arg) {
    return lab_run(&(struct lab_run_options){.name = "deep",
                                             .body = await_below,
                                             .arg = arg,
                                             .clock = LAB_CLOCK_VIRTUAL});
}

TEST(a_deadlock_of_many_tasks_below_each_other_ends) {
    int depth = 6000;
    CHECK_INT(lab_loop_main("main", run_deep, &depth), LAB_EDEADLK);
}

static int answers_a_cancel(void *arg) {
    (void)arg;
    return lab_sleep(5 * LAB_S) == LAB_ECANCELED ? 5 : 0;
}

VIRTUAL_TEST(what_is_returned_after_the_cancel_does_not_undo_the_timeout) {
    lab_task *task = lab_spawn("stubborn", answers_a_cancel, NULL);
    CHECK_INT(lab_wait_for(task, LAB_S), LAB_ETIMEDOUT);
    CHECK_INT(lab_now(), LAB_S);
    CHECK_INT(lab_task_result(task), 5);
}
