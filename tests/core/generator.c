#include "test.h"

#include "base/alloc.h"
#include "base/die.h"
#include "core/block.h"
#include "core/events.h"
#include "core/executor.h"
#include "core/generator.h"
#include "core/loop.h"
#include "core/run.h"
#include "core/sanitizer.h"
#include "core/scope.h"

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int count_to(lab_generator *self, void *arg) {
    for (int i = 1; i <= *(int *)arg; i++)
        LAB_TRY(lab_generator_yield(self, i, NULL));
    return 42;
}

// What generator [g] hands out until it ends, and how it ends.
static int64_t sum_of(lab_generator *g, int *rc) {
    int64_t sum = 0, value;
    while ((*rc = lab_generator_next(g, &value)) == 0)
        sum += value;
    return sum;
}

VIRTUAL_TEST(a_generator_hands_out_one_value_at_a_time) {
    int three = 3, rc;
    int64_t value = 0;
    lab_generator *g = lab_generator_new("count_to", count_to, &three);
    for (int i = 1; i <= 3; i++) {
        CHECK_INT(lab_generator_next(g, &value), 0);
        CHECK_INT(value, i);
    }
    CHECK_INT(lab_generator_result(g), LAB_EINVAL);
    CHECK_INT(lab_generator_next(g, &value), LAB_EOF);
    CHECK_INT(value, 3);
    CHECK_INT(lab_generator_result(g), 42);
    CHECK_INT(sum_of(g, &rc), 0);
    CHECK_INT(rc, LAB_EOF); // and ever after
    lab_generator_free(g);
}

struct stage {
    int reached, closed_with;
    lab_generator *self;
    enum lab_generator_state seen;
};

static int two_stages(lab_generator *self, void *arg) {
    struct stage *stage = arg;
    stage->reached = 1;
    stage->seen = lab_generator_state(self);
    stage->closed_with = lab_generator_yield(self, 0, NULL);
    stage->reached = 2;
    return 0;
}

VIRTUAL_TEST(a_generator_is_created_running_suspended_and_closed) {
    struct stage stage = {0};
    lab_generator *g = lab_generator_new("two_stages", two_stages, &stage);
    CHECK_INT(lab_generator_state(g), LAB_GENERATOR_CREATED);
    CHECK_INT(stage.reached, 0); // nothing runs until it is asked for
    CHECK_INT(lab_generator_next(g, NULL), 0);
    CHECK_INT(stage.seen, LAB_GENERATOR_RUNNING);
    CHECK_INT(lab_generator_state(g), LAB_GENERATOR_SUSPENDED);
    CHECK_INT(stage.reached, 1);
    CHECK_INT(lab_generator_next(g, NULL), LAB_EOF);
    CHECK_INT(lab_generator_state(g), LAB_GENERATOR_CLOSED);
    CHECK_INT(stage.reached, 2);
    CHECK_INT(stage.closed_with, 0);
    lab_generator_free(g);
}

static int average(lab_generator *self, void *arg) {
    int64_t sum = 0, sent = 0;
    (void)arg;
    for (int n = 0;; n++) {
        sum += sent;
        LAB_TRY(lab_generator_yield(self, n ? sum / n : 0, &sent));
    }
}

VIRTUAL_TEST(what_is_sent_is_what_the_yield_returns) {
    int64_t value;
    lab_generator *g = lab_generator_new("average", average, NULL);
    CHECK_INT(lab_generator_send(g, 10, &value), LAB_EINVAL); // to no yield
    CHECK_INT(lab_generator_state(g), LAB_GENERATOR_CREATED);
    CHECK_INT(lab_generator_next(g, &value), 0);
    CHECK_INT(lab_generator_send(g, 10, &value), 0);
    CHECK_INT(value, 10);
    CHECK_INT(lab_generator_send(g, 30, &value), 0);
    CHECK_INT(value, 20);
    CHECK_INT(lab_generator_next(g, &value), 0); // sends 0
    CHECK_INT(value, 13);
    CHECK_INT(lab_generator_close(g), 0);
    CHECK_INT(lab_generator_send(g, 1, &value), LAB_EOF);
    lab_generator_free(g);
}

static int fails(lab_generator *self, void *arg) {
    LAB_TRY(lab_generator_yield(self, 1, NULL));
    return *(int *)arg;
}

VIRTUAL_TEST(an_error_of_the_body_is_that_of_next_once) {
    int error = LAB_ENOENT;
    lab_generator *g = lab_generator_new("fails", fails, &error);
    CHECK_INT(lab_generator_next(g, NULL), 0);
    CHECK_INT(lab_generator_next(g, NULL), LAB_ENOENT);
    CHECK_INT(lab_generator_next(g, NULL), LAB_EOF);
    CHECK_INT(lab_generator_result(g), LAB_ENOENT);
    lab_generator_free(g);
}

// --- closing

VIRTUAL_TEST(close_makes_the_yield_fail_and_the_body_clean_up) {
    struct stage stage = {0};
    lab_generator *g = lab_generator_new("two_stages", two_stages, &stage);
    CHECK_INT(lab_generator_next(g, NULL), 0);
    CHECK_INT(lab_generator_close(g), 0);
    CHECK_INT(stage.closed_with, LAB_ECANCELED);
    CHECK_INT(stage.reached, 2);
    CHECK_INT(lab_generator_state(g), LAB_GENERATOR_CLOSED);
    CHECK_INT(lab_generator_close(g), 0); // again: nothing
    CHECK_INT(lab_generator_next(g, NULL), LAB_EOF);
    lab_generator_free(g);
}

VIRTUAL_TEST(one_that_is_closed_before_it_began_never_runs) {
    struct stage stage = {0};
    lab_generator *g = lab_generator_new("two_stages", two_stages, &stage);
    CHECK_INT(lab_generator_close(g), 0);
    CHECK_INT(lab_generator_next(g, NULL), LAB_EOF);
    CHECK_INT(lab_generator_result(g), LAB_ECANCELED);
    CHECK_INT(stage.reached, 0);
    lab_generator_free(g);
}

VIRTUAL_TEST(free_closes_what_was_not_closed) {
    struct stage stage = {0};
    lab_generator *g = lab_generator_new("two_stages", two_stages, &stage);
    CHECK_INT(lab_generator_next(g, NULL), 0);
    lab_generator_free(g);
    CHECK_INT(stage.closed_with, LAB_ECANCELED);
    CHECK_INT(stage.reached, 2);
    lab_generator_free(lab_generator_new("two_stages", two_stages, &stage));
    lab_generator_free(NULL);
}

static int fails_to_clean_up(lab_generator *self, void *arg) {
    (void)arg;
    return lab_generator_yield(self, 1, NULL) < 0 ? LAB_EPIPE : 0;
}

VIRTUAL_TEST(an_error_of_the_clean_up_is_that_of_close) {
    lab_generator *g =
        lab_generator_new("fails_to_clean_up", fails_to_clean_up, NULL);
    CHECK_INT(lab_generator_next(g, NULL), 0);
    CHECK_INT(lab_generator_close(g), LAB_EPIPE);
    CHECK_INT(lab_generator_close(g), 0);
    lab_generator_free(g);
}

// Yields [*arg] times more although it is closed.
static int stubborn(lab_generator *self, void *arg) {
    int *more = arg;
    int rc = lab_generator_yield(self, 1, NULL);
    while (rc == LAB_ECANCELED && (*more)-- > 0)
        rc = lab_generator_yield(self, 2, NULL);
    return rc;
}

VIRTUAL_TEST(a_body_that_yields_while_it_is_closed_is_told_of) {
    int more = 2;
    lab_generator *g = lab_generator_new("stubborn", stubborn, &more);
    CHECK_INT(lab_generator_next(g, NULL), 0);
    CHECK_INT(lab_generator_close(g), LAB_EBUSY);
    CHECK_INT(lab_generator_state(g), LAB_GENERATOR_SUSPENDED);
    CHECK_INT(lab_generator_next(g, NULL), LAB_EOF); // it may only end
    CHECK_INT(lab_generator_close(g), LAB_EBUSY);
    CHECK_INT(lab_generator_close(g), 0);
    CHECK_INT(lab_generator_state(g), LAB_GENERATOR_CLOSED);
    lab_generator_free(g);
}

// What [body] writes to standard error as it ends the program.
static int status_of(lab_fn *body, char *words, size_t size) {
    int ends[2], status = 0;
    size_t length = 0;
    ssize_t n;
    if (!CHECK(pipe(ends) == 0))
        return -1;
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        lab_loop_main("main", body, NULL);
        _exit(0);
    }
    close(ends[1]);
    while ((n = read(ends[0], words + length, size - 1 - length)) > 0)
        length += (size_t)n;
    words[length] = '\0';
    close(ends[0]);
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int free_stubborn(void *arg) {
    int more = 1;
    (void)arg;
    lab_generator *g = lab_generator_new("stubborn", stubborn, &more);
    CHECK_INT(lab_generator_next(g, NULL), 0);
    lab_generator_free(g);
    return 0;
}

static int frees_itself(lab_generator *self, void *arg) {
    (void)arg;
    lab_generator_free(self);
    return 0;
}

static int free_running(void *arg) {
    (void)arg;
    return lab_generator_next(
        lab_generator_new("frees_itself", frees_itself, NULL), NULL);
}

static int yields_in_shield(lab_generator *self, void *arg) {
    struct lab_shield shield;
    (void)arg;
    lab_shield_enter(&shield);
    int rc = lab_generator_yield(self, 1, NULL);
    lab_shield_exit(&shield);
    return rc;
}

static int next_shielded(void *arg) {
    (void)arg;
    return lab_generator_next(
        lab_generator_new("yields_in_shield", yields_in_shield, NULL), NULL);
}

TEST(a_yield_from_within_a_shield_is_told_with_its_place) {
    char words[512];
    if (LAB_SANITIZED) {
        test_skip("sanitizers catch the crash themselves");
        return;
    }
    CHECK_INT(status_of(next_shielded, words, sizeof words), LAB_EXIT_BUG);
    CHECK(strstr(words, "tests/core/generator.c:") != NULL);
    CHECK(strstr(words, "from within a timeout or a shield") != NULL);
}

TEST(what_cannot_be_freed_is_told_with_its_place) {
    char words[512];
    if (LAB_SANITIZED) {
        test_skip("sanitizers catch the crash themselves");
        return;
    }
    CHECK_INT(status_of(free_stubborn, words, sizeof words), LAB_EXIT_BUG);
    CHECK(strstr(words, "tests/core/generator.c:") != NULL);
    CHECK(strstr(words, "cannot be freed: its body yields, although") != NULL);
    CHECK_INT(status_of(free_running, words, sizeof words), LAB_EXIT_BUG);
    CHECK(strstr(words, "cannot be freed: its body runs\n") != NULL);
}

// --- misuse

static int resumes_itself(lab_generator *self, void *arg) {
    (void)arg;
    CHECK_INT(lab_generator_next(self, NULL), LAB_EBUSY);
    CHECK_INT(lab_generator_send(self, 1, NULL), LAB_EBUSY);
    CHECK_INT(lab_generator_close(self), LAB_EBUSY);
    return lab_generator_yield(self, 5, NULL); // and no harm was done
}

VIRTUAL_TEST(a_running_generator_cannot_be_resumed) {
    int64_t value = 0;
    lab_generator *g =
        lab_generator_new("resumes_itself", resumes_itself, NULL);
    CHECK_INT(lab_generator_next(g, &value), 0);
    CHECK_INT(value, 5);
    CHECK_INT(lab_generator_yield(g, 6, NULL), LAB_EINVAL); // not from here
    CHECK_INT(lab_generator_next(g, NULL), LAB_EOF);
    CHECK_INT(lab_generator_yield(g, 6, NULL), LAB_EINVAL);
    lab_generator_free(g);
}

static int yields_for_outer(lab_generator *self, void *outer) {
    CHECK_INT(lab_generator_yield(outer, 1, NULL), LAB_EINVAL);
    return lab_generator_yield(self, 2, NULL);
}

static int resumes_inner(lab_generator *self, void *arg) {
    int64_t value = 0;
    (void)arg;
    lab_generator *inner =
        lab_generator_new("yields_for_outer", yields_for_outer, self);
    CHECK_INT(lab_generator_next(inner, &value), 0);
    lab_generator_free(inner);
    return lab_generator_yield(self, value + 1, NULL);
}

VIRTUAL_TEST(only_the_body_itself_may_yield) {
    int64_t value = 0;
    lab_generator *g = lab_generator_new("resumes_inner", resumes_inner, NULL);
    CHECK_INT(lab_generator_next(g, &value), 0);
    CHECK_INT(value, 3);
    lab_generator_free(g);
}

static int use_in_worker(void *arg) {
    CHECK_INT(lab_generator_next(arg, NULL), LAB_EPERM);
    CHECK_INT(lab_generator_close(arg), LAB_EPERM);
    return 0;
}

VIRTUAL_TEST(a_worker_cannot_resume_a_generator) {
    int three = 3;
    lab_generator *g = lab_generator_new("count_to", count_to, &three);
    lab_pool *pool = lab_pool_new("pool", 1);
    CHECK_INT(lab_generator_next(g, NULL), 0);
    CHECK_INT(lab_offload(pool, use_in_worker, g), 0);
    CHECK_INT(lab_generator_next(g, NULL), 0); // it is not being closed
    lab_generator_free(g);
}

// --- waiting in the body

static int ticks(lab_generator *self, void *arg) {
    for (int i = 1;; i++) {
        LAB_TRY(lab_sleep(*(lab_time *)arg));
        LAB_TRY(lab_generator_yield(self, i, NULL));
    }
}

static int beat(void *arg) {
    int *beats = arg;
    for (;;) {
        LAB_TRY(lab_sleep(10 * LAB_MS));
        ++*beats;
    }
}

VIRTUAL_TEST(a_wait_in_the_body_parks_the_task_that_resumed_it) {
    lab_time time = 35 * LAB_MS;
    int beats = 0;
    int64_t value = 0;
    lab_task *heart = lab_spawn("heart", beat, &beats);
    lab_generator *g = lab_generator_new("ticks", ticks, &time);
    for (int i = 1; i <= 3; i++) {
        CHECK_INT(lab_generator_next(g, &value), 0);
        CHECK_INT(value, i);
        CHECK_INT(lab_now(), i * 35 * LAB_MS);
    }
    CHECK_INT(beats, 10);
    CHECK_INT(lab_sleep(LAB_MS), 0); // we stand on our own stack again
    lab_generator_free(g);
    lab_cancel(heart);
}

static int next_of(void *arg) {
    return lab_generator_next(arg, NULL);
}

VIRTUAL_TEST(while_one_task_waits_in_a_generator_no_other_resumes_it) {
    lab_time time = 5 * LAB_MS;
    lab_generator *g = lab_generator_new("ticks", ticks, &time);
    lab_task *task = lab_spawn("first", next_of, g);
    CHECK_INT(lab_yield(), 0);
    CHECK_INT(lab_generator_state(g), LAB_GENERATOR_RUNNING);
    CHECK_INT(lab_generator_next(g, NULL), LAB_EBUSY);
    CHECK_INT(lab_generator_close(g), LAB_EBUSY);
    CHECK_INT(lab_generator_yield(g, 0, NULL), LAB_EINVAL);
    CHECK_INT(lab_await(task), 0);
    CHECK_INT(lab_generator_next(g, NULL), 0); // now it may
    CHECK_INT(lab_now(), 10 * LAB_MS);
    lab_generator_free(g);
}

VIRTUAL_TEST(several_tasks_may_take_turns_at_one_generator) {
    int hundred = 100;
    lab_time time = LAB_MS;
    lab_generator *g = lab_generator_new("count_to", count_to, &hundred);
    lab_generator *slow = lab_generator_new("ticks", ticks, &time);
    for (int i = 1; i <= 50; i++) {
        int64_t value = 0;
        CHECK_INT(lab_await(lab_spawn("a", next_of, g)), 0);
        CHECK_INT(lab_await(lab_spawn("b", next_of, slow)), 0);
        CHECK_INT(lab_generator_next(g, &value), 0);
        CHECK_INT(value, 2 * i);
    }
    CHECK_INT(lab_now(), 50 * LAB_MS);
    lab_generator_free(g);
    lab_generator_free(slow);
}

VIRTUAL_TEST(a_cancel_is_heard_by_the_wait_in_the_body) {
    lab_time time = LAB_S;
    lab_generator *g = lab_generator_new("ticks", ticks, &time);
    lab_task *task = lab_spawn("first", next_of, g);
    CHECK_INT(lab_sleep(LAB_MS), 0);
    lab_cancel(task);
    CHECK_INT(lab_await(task), LAB_ECANCELED);
    CHECK_INT(lab_now(), LAB_MS);
    CHECK_INT(lab_generator_state(g), LAB_GENERATOR_CLOSED);
    lab_generator_free(g);
}

static int ticks_timed(lab_generator *self, void *arg) {
    for (int i = 1;; i++) {
        struct lab_timeout timeout;
        lab_timeout_enter(&timeout, LAB_MS);
        int rc = lab_timeout_exit(&timeout, lab_sleep(*(lab_time *)arg));
        LAB_TRY(lab_generator_yield(self, rc, NULL));
    }
}

VIRTUAL_TEST(timeouts_work_in_the_body_and_around_it) {
    lab_time time = LAB_S;
    int64_t value = 0;
    struct lab_timeout timeout;
    lab_generator *g = lab_generator_new("ticks_timed", ticks_timed, &time);
    CHECK_INT(lab_generator_next(g, &value), 0);
    CHECK_INT(value, LAB_ETIMEDOUT);
    CHECK_INT(lab_now(), LAB_MS);
    lab_timeout_enter(&timeout, LAB_US);
    int rc = lab_generator_next(g, &value); // the outer one is heard inside
    CHECK_INT(lab_timeout_exit(&timeout, rc), 0);
    CHECK_INT(value, LAB_ECANCELED);
    CHECK_INT(lab_now(), LAB_MS + LAB_US);
    lab_generator_free(g);
}

static int use_and_free(void *arg) {
    lab_generator *g = lab_generator_new("ticks", ticks, arg);
    int rc = 0;
    while (rc == 0)
        rc = lab_generator_next(g, NULL);
    lab_generator_free(g);
    return rc;
}

VIRTUAL_TEST(a_generator_cancelled_at_any_wait_leaves_nothing) {
    lab_time time = LAB_MS;
    for (int k = 0; k < 5; k++) {
        lab_task *task = lab_spawn("user", use_and_free, &time);
        CHECK_INT(lab_sleep(k * LAB_MS), 0);
        lab_cancel(task);
        CHECK_INT(lab_await(task), LAB_ECANCELED);
    }
}

static int cleans_up_slowly(lab_generator *self, void *arg) {
    (void)arg;
    lab_ignore(lab_generator_yield(self, 1, NULL)); // closed, or not
    return lab_sleep(3 * LAB_MS);
}

VIRTUAL_TEST(the_clean_up_of_a_closed_body_may_wait) {
    lab_generator *g =
        lab_generator_new("cleans_up_slowly", cleans_up_slowly, NULL);
    CHECK_INT(lab_generator_next(g, NULL), 0);
    CHECK_INT(lab_generator_close(g), 0);
    CHECK_INT(lab_now(), 3 * LAB_MS);
    lab_generator_free(g);
}

static int nap(void *arg) {
    return lab_sleep(*(lab_time *)arg);
}

static int blocks(void *arg) {
    lab_block(*(lab_time *)arg);
    return 7;
}

// Everything that switches stacks: spawn, offload, block, a run in a run.
static int busy(lab_generator *self, void *arg) {
    lab_time time = 5 * LAB_MS;
    lab_pool *pool = lab_pool_new("pool", 1);
    (void)arg;
    for (int i = 0; i < 3; i++) {
        lab_task *task = lab_spawn("nap", nap, &time);
        CHECK_INT(lab_offload(pool, blocks, &time), 7);
        lab_block(time);
        CHECK_INT(lab_await(task), 0);
        CHECK_INT(
            lab_run(&(struct lab_run_options){.name = "inner",
                                              .body = nap,
                                              .arg = &time,
                                              .clock = LAB_CLOCK_VIRTUAL}),
            0);
        LAB_TRY(lab_generator_yield(self, i, NULL));
    }
    return 0;
}

VIRTUAL_TEST(a_body_may_do_all_that_a_task_may) {
    int rc;
    lab_generator *g = lab_generator_new("busy", busy, NULL);
    CHECK_INT(sum_of(g, &rc), 3);
    CHECK_INT(rc, LAB_EOF);
    CHECK_INT(lab_now(), 30 * LAB_MS);
    lab_generator_free(g);
}

// --- generators in generators

static int delegates(lab_generator *self, void *arg) {
    LAB_TRY(lab_generator_yield(self, 100, NULL));
    int rc = lab_generator_yield_from(self, arg);
    LAB_TRY(rc);
    LAB_TRY(lab_generator_yield(self, rc, NULL));
    return 0;
}

VIRTUAL_TEST(yield_from_hands_out_what_the_inner_one_does) {
    int three = 3, rc;
    lab_generator *inner = lab_generator_new("count_to", count_to, &three);
    lab_generator *g = lab_generator_new("delegates", delegates, inner);
    CHECK_INT(sum_of(g, &rc), 100 + 1 + 2 + 3 + 42);
    CHECK_INT(rc, LAB_EOF);
    lab_generator_free(g);
    lab_generator_free(inner);
}

VIRTUAL_TEST(yield_from_passes_on_what_is_sent) {
    int64_t value = 0;
    lab_generator *inner = lab_generator_new("average", average, NULL);
    lab_generator *g = lab_generator_new("delegates", delegates, inner);
    CHECK_INT(lab_generator_next(g, NULL), 0);
    CHECK_INT(lab_generator_next(g, NULL), 0);
    CHECK_INT(lab_generator_send(g, 8, &value), 0);
    CHECK_INT(value, 8);
    CHECK_INT(lab_generator_close(g), 0);
    CHECK_INT(lab_generator_state(inner), LAB_GENERATOR_CLOSED);
    lab_generator_free(g);
    lab_generator_free(inner);
}

VIRTUAL_TEST(yield_from_fails_as_the_inner_one_does) {
    int error = LAB_EPIPE;
    lab_generator *inner = lab_generator_new("fails", fails, &error);
    lab_generator *g = lab_generator_new("delegates", delegates, inner);
    CHECK_INT(lab_generator_next(g, NULL), 0);
    CHECK_INT(lab_generator_next(g, NULL), 0);
    CHECK_INT(lab_generator_next(g, NULL), LAB_EPIPE);
    lab_generator_free(g);
    lab_generator_free(inner);
}

// Walks a tree of [*arg] levels in order, as the recursive generator does.
static int64_t leaf;
static int walk(lab_generator *self, void *arg) {
    int below = *(int *)arg - 1;
    if (below < 0)
        return lab_sleep(LAB_MS);
    for (int side = 0; side < 2; side++) {
        lab_generator *inner = lab_generator_new("walk", walk, &below);
        int rc = lab_generator_yield_from(self, inner);
        lab_generator_free(inner);
        LAB_TRY(rc);
        if (side == 0)
            LAB_TRY(lab_generator_yield(self, ++leaf, NULL));
    }
    return 0;
}

VIRTUAL_TEST(nested_generators_wait_as_one_task) {
    int levels = 5, rc;
    leaf = 0;
    lab_generator *g = lab_generator_new("walk", walk, &levels);
    CHECK_INT(sum_of(g, &rc), 31 * 32 / 2);
    CHECK_INT(lab_now(), 32 * LAB_MS);
    lab_generator_free(g);
}

static int stands_at(lab_generator *self, void *arg) {
    *(uintptr_t *)arg = (uintptr_t)__builtin_frame_address(0);
    return lab_generator_yield(self, 1, NULL);
}

VIRTUAL_TEST(a_hundred_thousand_generators_need_one_stack) {
    uintptr_t place = 0, first = 0;
    for (int i = 0; i < 100000; i++) {
        lab_generator *g = lab_generator_new("stands_at", stands_at, &place);
        lab_ignore(lab_generator_next(g, NULL));
        lab_generator_free(g);
        first = i == 0 ? place : first;
    }
    CHECK(place != 0 && place == first);
}

static int real_ticks(void *arg) {
    lab_time time = 10 * LAB_US;
    lab_generator *g = lab_generator_new("ticks", ticks, &time);
    for (int i = 0; i < 20; i++)
        CHECK_INT(lab_generator_next(g, NULL), 0);
    lab_generator_free(g);
    return *(int *)arg;
}

TEST(generators_wait_under_the_real_clock_too) {
    int seven = 7;
    CHECK_INT(lab_loop_main("main", real_ticks, &seven), 7);
}

// --- in the record

static int sends_and_closes(void *arg) {
    int64_t value;
    lab_generator *g = lab_generator_new("average", average, arg);
    lab_generator *never = lab_generator_new("never", average, arg);
    LAB_TRY(lab_generator_next(g, &value));
    LAB_TRY(lab_generator_send(g, 10, &value));
    lab_generator_free(never);
    lab_generator_free(g);
    return 0;
}

TEST(a_generator_leaves_an_event_each_time_it_begins_or_stops_to_run) {
    CHECK_STR(events_of(sends_and_closes, "generator resume yield close"),
              "generator 1 1, generator 1 2, resume 1 1, yield 1 1, "
              "resume 1 1 =10, yield 1 1 =10, close 1 2 =-125, resume 1 1, "
              "close 1 1 =-125");
}

// Who makes one is not always a task.
static lab_generator *made_by_job;

static int job_that_makes_one(void *arg) {
    made_by_job = lab_generator_new("made", count_to, arg);
    return 0;
}

static int resumes_what_a_job_made(void *arg) {
    int64_t value;
    LAB_TRY(lab_offload(lab_pool_new("pool", 1), job_that_makes_one, arg));
    LAB_TRY(lab_generator_next(made_by_job, &value));
    lab_generator_free(made_by_job);
    return 0;
}

static int resumes_it(void *arg) {
    int three = 3;
    (void)arg;
    return resumes_what_a_job_made(&three);
}

TEST(a_generator_that_a_job_makes_has_its_number_when_a_task_resumes_it) {
    CHECK_STR(events_of(resumes_it, "generator resume yield close"),
              "generator 1 1, resume 1 1, yield 1 1 =1, resume 1 1, "
              "close 1 1 =-125");
}
