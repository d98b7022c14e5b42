#include "test.h"

#include "base/alloc.h"
#include "core/block.h"
#include "core/executor.h"
#include "core/loop.h"
#include "core/scope.h"

#include <semaphore.h>

static lab_pool *pool;

static int blocks(void *arg) {
    lab_block(*(lab_time *)arg);
    return 3;
}
static int burns(void *arg) {
    lab_burn(*(lab_time *)arg);
    return 4;
}
static int offload_block(void *arg) {
    return lab_offload(pool, blocks, arg);
}
static int offload_burn(void *arg) {
    return lab_offload(pool, burns, arg);
}

// How long [n] jobs take that [how] hands to a pool of [workers].
static lab_time jobs(int workers, int n, lab_fn *how, lab_time each) {
    lab_task *tasks[16];
    lab_time began = lab_now();
    pool = lab_pool_new("pool", workers);
    for (int i = 0; i < n; i++)
        tasks[i] = lab_spawn("job", how, &each);
    CHECK_INT(lab_gather(tasks, (size_t)n), 0);
    return lab_now() - began;
}

VIRTUAL_TEST(a_job_gives_its_result_back) {
    lab_time time = LAB_S;
    pool = lab_pool_new("pool", 2);
    CHECK_INT(lab_offload(pool, blocks, &time), 3);
    CHECK_INT(lab_now(), LAB_S);
}

VIRTUAL_TEST(blocking_jobs_take_turns_at_the_workers) {
    CHECK_INT(jobs(1, 8, offload_block, 100 * LAB_MS), 800 * LAB_MS);
    CHECK_INT(jobs(2, 8, offload_block, 100 * LAB_MS), 400 * LAB_MS);
    CHECK_INT(jobs(4, 8, offload_block, 100 * LAB_MS), 200 * LAB_MS);
    CHECK_INT(jobs(3, 8, offload_block, 100 * LAB_MS), 300 * LAB_MS);
}

VIRTUAL_TEST(computing_jobs_share_two_cores) {
    CHECK_INT(jobs(1, 8, offload_burn, 100 * LAB_MS), 800 * LAB_MS);
    CHECK_INT(jobs(2, 8, offload_burn, 100 * LAB_MS), 400 * LAB_MS);
    CHECK_INT(jobs(4, 8, offload_burn, 100 * LAB_MS), 400 * LAB_MS);
}

// Each time something happens, the time that has passed is divided anew.
static int beat(void *arg) {
    (void)arg;
    for (;;)
        LAB_TRY(lab_sleep(LAB_MS + 1));
}

VIRTUAL_TEST(shares_of_a_core_are_exact_whatever_happens_meanwhile) {
    lab_task *heart = lab_spawn("heart", beat, NULL);
    CHECK_INT(jobs(3, 3, offload_burn, 300 * LAB_MS), 450 * LAB_MS);
    CHECK_INT(jobs(7, 7, offload_burn, 200 * LAB_MS), 700 * LAB_MS);
    lab_cancel(heart);
    lab_ignore(lab_await(heart));
}

VIRTUAL_TEST(workers_go_on_while_the_loop_is_blocked) {
    lab_time time = 100 * LAB_MS;
    pool = lab_pool_new("pool", 1);
    lab_task *a = lab_spawn("a", offload_block, &time);
    lab_task *b = lab_spawn("b", offload_block, &time);
    CHECK_INT(lab_yield(), 0);
    lab_block(250 * LAB_MS);
    CHECK(!lab_task_done(a)); // it is, but the loop has not looked yet
    CHECK_INT(lab_await(a), 3);
    CHECK_INT(lab_await(b), 3);
    CHECK_INT(lab_now(), 250 * LAB_MS);
}

VIRTUAL_TEST(the_loop_computes_beside_the_workers) {
    lab_time time = 100 * LAB_MS;
    pool = lab_pool_new("pool", 3);
    lab_task *tasks[3];
    for (size_t i = 0; i < countof(tasks); i++)
        tasks[i] = lab_spawn("burn", offload_burn, &time);
    CHECK_INT(lab_yield(), 0);
    lab_burn(100 * LAB_MS); // four burns on two cores: half speed each
    CHECK_INT(lab_now(), 200 * LAB_MS);
    CHECK_INT(lab_gather(tasks, 3), 0);
    CHECK_INT(lab_now(), 200 * LAB_MS);
}

static int count(void *arg) {
    ++*(int *)arg;
    return 0;
}
static int offload_count(void *arg) {
    return lab_offload(pool, count, arg);
}

VIRTUAL_TEST(a_queued_job_that_is_cancelled_never_runs) {
    lab_time time = LAB_S;
    int ran = 0;
    pool = lab_pool_new("pool", 1);
    lab_task *first = lab_spawn("first", offload_block, &time);
    lab_task *second = lab_spawn("second", offload_count, &ran);
    CHECK_INT(lab_sleep(LAB_MS), 0);
    lab_cancel(second);
    CHECK_INT(lab_await(second), LAB_ECANCELED);
    CHECK_INT(lab_now(), LAB_MS);
    CHECK_INT(lab_await(first), 3);
    CHECK_INT(ran, 0);
}

VIRTUAL_TEST(a_running_job_that_is_cancelled_still_gives_its_result) {
    lab_time time = LAB_S;
    pool = lab_pool_new("pool", 1);
    lab_task *task = lab_spawn("job", offload_block, &time);
    CHECK_INT(lab_sleep(LAB_MS), 0);
    lab_cancel(task);
    CHECK_INT(lab_await(task), 3);
    CHECK_INT(lab_now(), LAB_S);
}

static int heart(void *arg) {
    int *beats = arg;
    for (;;) {
        LAB_TRY(lab_sleep(10 * LAB_MS));
        ++*beats;
    }
}

VIRTUAL_TEST(the_loop_goes_on_while_workers_block) {
    lab_time time = 105 * LAB_MS;
    int beats = 0;
    pool = lab_pool_new("pool", 1);
    CHECK(lab_spawn("heart", heart, &beats) != NULL);
    CHECK_INT(lab_offload(pool, blocks, &time), 3);
    CHECK_INT(beats, 10);
}

static int waits(void *arg) {
    (void)arg;
    int own = lab_yield();
    CHECK_INT(lab_sleep(LAB_S), LAB_EPERM);
    CHECK_INT(lab_gather(NULL, 0), LAB_EPERM);
    CHECK_INT(lab_offload(pool, waits, NULL), LAB_EPERM);
    return own;
}

VIRTUAL_TEST(a_job_that_waits_is_told_that_it_cannot) {
    pool = lab_pool_new("pool", 1);
    CHECK_INT(lab_offload(pool, waits, NULL), LAB_EPERM);
}

// --- the end of a pool

static int offload_blocks_in(void *arg) {
    int rc = lab_offload(pool, blocks, arg);
    return rc < 0 ? rc : (int)(lab_now() / LAB_MS);
}

VIRTUAL_TEST(shutdown_waits_for_the_jobs_there_are_and_takes_no_more) {
    lab_time time = 10 * LAB_MS;
    lab_task *tasks[3];
    pool = lab_pool_new("pool", 1);
    CHECK_INT(lab_offload(pool, blocks, &time), 3); // it was empty before
    for (size_t i = 0; i < countof(tasks); i++)
        tasks[i] = lab_spawn("job", offload_blocks_in, &time);
    CHECK_INT(lab_sleep(LAB_MS), 0);
    CHECK_INT(lab_pool_shutdown(pool, false), 0);
    CHECK_INT(lab_now(), 40 * LAB_MS);
    for (int i = 0; i < 3; i++)
        CHECK_INT(lab_await(tasks[i]), 10 * (i + 2));
    CHECK_INT(lab_offload(pool, blocks, &time), LAB_EBADF);
    CHECK_INT(lab_pool_shutdown(pool, true), 0); // again: nothing
    CHECK_INT(lab_now(), 40 * LAB_MS);
}

VIRTUAL_TEST(shutdown_of_an_idle_pool_is_over_at_once) {
    CHECK_INT(lab_pool_shutdown(lab_pool_new("pool", 1), false), 0);
    CHECK_INT(lab_pool_shutdown(lab_pool_new("pool", 1), true), 0);
    CHECK_INT(lab_now(), 0);
}

VIRTUAL_TEST(immediate_shutdown_drops_what_has_not_begun) {
    lab_time time = 10 * LAB_MS;
    lab_task *tasks[3];
    pool = lab_pool_new("pool", 1);
    for (size_t i = 0; i < countof(tasks); i++)
        tasks[i] = lab_spawn("job", offload_blocks_in, &time);
    CHECK_INT(lab_sleep(LAB_MS), 0);
    CHECK_INT(lab_pool_shutdown(pool, true), 0);
    CHECK_INT(lab_now(), 10 * LAB_MS);
    CHECK_INT(lab_await(tasks[0]), 10);
    CHECK_INT(lab_await(tasks[1]), LAB_ECANCELED);
    CHECK_INT(lab_await(tasks[2]), LAB_ECANCELED);
}

VIRTUAL_TEST(a_job_dropped_and_cancelled_in_one_turn_is_dropped_once) {
    lab_time time = 10 * LAB_MS;
    pool = lab_pool_new("pool", 1);
    lab_task *first = lab_spawn("first", offload_blocks_in, &time);
    lab_task *second = lab_spawn("second", offload_blocks_in, &time);
    lab_task *third = lab_spawn("third", offload_blocks_in, &time);
    CHECK_INT(lab_sleep(LAB_MS), 0);
    lab_cancel(second);
    CHECK_INT(lab_pool_shutdown(pool, true), 0);
    lab_cancel(third);
    CHECK_INT(lab_await(second), LAB_ECANCELED);
    CHECK_INT(lab_await(third), LAB_ECANCELED);
    CHECK_INT(lab_await(first), 10);
}

// --- a result, a cancel and a timeout, before, with and after each other

struct grid {
    lab_time free, due, cancelled; // when a worker is free, and when it is late
    bool begun;
};

static int begins(void *arg) {
    struct grid *grid = arg;
    grid->begun = true;
    lab_block(LAB_S); // beyond all that happens
    return 7;
}

static int offload_grid(void *arg) {
    return lab_offload(pool, begins, arg);
}

static int offload_in_time(void *arg) {
    const struct grid *grid = arg;
    return lab_within(grid->due, offload_grid, arg);
}

// A job that has begun counts whatever comes later, or at the same time; one
// that has not is dropped, and whoever asked is told why.
static void check_grid(struct grid grid) {
    lab_time free = grid.free;
    pool = lab_pool_new("pool", 1);
    lab_task *first = lab_spawn("first", offload_block, &free);
    lab_task *task = lab_spawn("second", offload_in_time, &grid);
    CHECK_INT(lab_sleep(grid.cancelled), 0);
    lab_cancel(task);
    int rc = lab_await(task);
    bool late = grid.due < grid.free || grid.cancelled < grid.free;
    CHECK_INT(grid.begun, !late);
    CHECK_INT(rc, !late                        ? 7
                  : grid.cancelled <= grid.due ? LAB_ECANCELED
                                               : LAB_ETIMEDOUT);
    CHECK_INT(lab_await(first), 3);
}

VIRTUAL_TEST(a_job_has_begun_and_counts_or_never_begins) {
    for (lab_time at = 1; at <= 3; at++)
        for (lab_time due = 1; due <= 3; due++)
            for (lab_time cancelled = 1; cancelled <= 3; cancelled++)
                check_grid((struct grid){at, due, cancelled, false});
}

static int shut(void *arg) {
    return lab_pool_shutdown(arg, false);
}

VIRTUAL_TEST(a_cancelled_shutdown_has_shut_the_pool) {
    lab_time time = 10 * LAB_MS;
    pool = lab_pool_new("pool", 1);
    lab_task *job = lab_spawn("job", offload_blocks_in, &time);
    lab_task *shutter = lab_spawn("shut", shut, pool);
    CHECK_INT(lab_sleep(LAB_MS), 0);
    lab_cancel(shutter);
    CHECK_INT(lab_await(shutter), LAB_ECANCELED);
    CHECK_INT(lab_now(), LAB_MS);
    CHECK_INT(lab_offload(pool, blocks, &time), LAB_EBADF);
    CHECK_INT(lab_await(job), 10);
}

static sem_t gate;

static int passes_gate(void *arg) {
    (void)arg;
    sem_wait(&gate);
    return 3;
}

static int offload_gate(void *arg) {
    return lab_offload(pool, passes_gate, arg);
}

// Its first step is when the task that spawned it waits.
static int open_gate(void *arg) {
    (void)arg;
    sem_post(&gate);
    sem_post(&gate);
    return 0;
}

static int shut_in_reality(void *arg) {
    lab_task *tasks[8];
    int dropped = 0, done = 0;
    pool = lab_pool_new("pool", 2);
    for (size_t i = 0; i < countof(tasks); i++)
        tasks[i] = lab_spawn("job", offload_gate, NULL);
    CHECK_INT(lab_yield(), 0);
    lab_spawn("opener", open_gate, NULL);
    CHECK_INT(lab_pool_shutdown(pool, true), 0);
    for (size_t i = 0; i < countof(tasks); i++) {
        int rc = lab_await(tasks[i]);
        done += rc == 3;
        dropped += rc == LAB_ECANCELED;
    }
    CHECK_INT(done + dropped, 8);
    CHECK(done <= 2);
    CHECK_INT(lab_offload(pool, passes_gate, NULL), LAB_EBADF);
    return *(int *)arg;
}

TEST(shutdown_drops_under_the_real_clock_too) {
    int seven = 7;
    sem_init(&gate, 0, 0);
    CHECK_INT(lab_loop_main("main", shut_in_reality, &seven), 7);
    sem_destroy(&gate);
}

// A task of many, each with two jobs that give back its number.
enum { MANY = 300 };
struct one_of_many {
    int number, *back, *order;
};

static int gives_number(void *arg) {
    return ((struct one_of_many *)arg)->number;
}

static int offload_numbers(void *arg) {
    struct one_of_many *one = arg;
    for (int i = 0; i < 2; i++) {
        CHECK_INT(lab_offload(pool, gives_number, one), one->number);
        one->order[(*one->back)++] = one->number;
    }
    return 0;
}

static int many_at_once(void *arg) {
    struct one_of_many ones[MANY];
    lab_task *tasks[MANY];
    int order[2 * MANY], back = 0;
    pool = lab_pool_new("pool", 1);
    for (int i = 0; i < MANY; i++) {
        ones[i] = (struct one_of_many){i, &back, order};
        tasks[i] = lab_spawn("one", offload_numbers, &ones[i]);
    }
    CHECK_INT(lab_gather(tasks, MANY), 0);
    CHECK_INT(back, 2 * MANY);
    for (int i = 0; i < back; i++)
        *(int *)arg += order[i] != i % MANY;
    return 0;
}

TEST(results_come_back_in_the_order_of_their_jobs_from_a_thread) {
    int wrong = 0;
    CHECK_INT(lab_loop_main("main", many_at_once, &wrong), 0);
    CHECK_INT(wrong, 0);
}
