#include "core/mutex.h"

#include "core/events.h"
#include "test.h"

#include "base/alloc.h"
#include "child.h"
#include "core/block.h"
#include "core/call.h"
#include "core/executor.h"
#include "core/loop.h"

#include <stdatomic.h>
#include <string.h>

static lab_pool *pool;
static struct lab_mutex mutex, other;
static int inside, most; // jobs that hold the mutex

static int offload(void *fn) {
    return lab_offload(pool, *(lab_fn **)fn, NULL);
}

// Has [count] jobs do [fn], each in a worker of its own.
static int all_do(lab_fn *fn, int count) {
    lab_task *tasks[8];
    lab_mutex_init(&mutex);
    lab_mutex_init(&other);
    inside = most = 0;
    pool = lab_pool_new("pool", count);
    for (int i = 0; i < count; i++)
        tasks[i] = lab_spawn("job", offload, &fn);
    return lab_gather_all(tasks, (size_t)count);
}

static int holds(void *arg) {
    (void)arg;
    LAB_TRY(lab_mutex_lock(&mutex));
    inside++;
    most = inside > most ? inside : most;
    lab_block(5 * LAB_MS);
    inside--;
    return lab_mutex_unlock(&mutex);
}

VIRTUAL_TEST(jobs_hold_a_mutex_one_after_the_other_exactly) {
    CHECK_INT(all_do(holds, 2), 0);
    CHECK_INT(lab_now(), 10 * LAB_MS);
    CHECK_INT(all_do(holds, 8), 0);
    CHECK_INT(lab_now(), 50 * LAB_MS);
    CHECK_INT(most, 1);
}

static int check_real(void *arg) {
    (void)arg;
    lab_time began = lab_now();
    CHECK_INT(all_do(holds, 4), 0);
    CHECK_INT(most, 1);
    CHECK(lab_now() - began >= 20 * LAB_MS);
    return 0;
}

TEST(threads_hold_a_mutex_one_after_the_other) {
    CHECK_INT(lab_loop_main("main", check_real, NULL), 0);
}

// They come at 1, 2 and 3 ms, and get it in that order.
static char order[8];
static int came;

static int comes_in_turn(void *arg) {
    int mine = ++came;
    (void)arg;
    lab_block(mine * LAB_MS);
    LAB_TRY(lab_mutex_lock(&mutex));
    size_t n = strlen(order);
    order[n] = (char)('0' + mine);
    lab_block(10 * LAB_MS);
    return lab_mutex_unlock(&mutex);
}

VIRTUAL_TEST(who_has_waited_longest_gets_the_mutex) {
    came = 0;
    memset(order, 0, sizeof order);
    CHECK_INT(all_do(comes_in_turn, 4), 0);
    CHECK_STR(order, "1234");
    CHECK_INT(lab_now(), 41 * LAB_MS);
}

static int locks_twice(void *arg) {
    (void)arg;
    CHECK_INT(lab_mutex_unlock(&mutex), LAB_EINVAL);
    CHECK_INT(lab_mutex_lock(&mutex), 0);
    CHECK_INT(lab_mutex_lock(&mutex), LAB_EDEADLK);
    CHECK_INT(lab_mutex_unlock(&mutex), 0);
    CHECK_INT(lab_mutex_unlock(&mutex), LAB_EINVAL);
    return 0;
}

VIRTUAL_TEST(a_mutex_that_is_ones_own_is_not_locked_again) {
    CHECK_INT(all_do(locks_twice, 1), 0);
    CHECK_INT(lab_mutex_lock(&mutex), LAB_EPERM);
    CHECK_INT(lab_mutex_unlock(&mutex), LAB_EINVAL);
}

static atomic_int arrived, holding;

// Two mutexes in two orders: the one that comes last is told.
static int takes_both(void *arg) {
    struct lab_mutex *first = atomic_fetch_add(&arrived, 1) ? &mutex : &other;
    struct lab_mutex *second = first == &mutex ? &other : &mutex;
    (void)arg;
    LAB_TRY(lab_mutex_lock(first));
    atomic_fetch_add(&holding, 1);
    do
        lab_block(5 * LAB_MS);
    while (atomic_load(&holding) < 2);
    int rc = lab_mutex_lock(second);
    if (rc == 0)
        rc = lab_mutex_unlock(second);
    LAB_TRY(lab_mutex_unlock(first));
    return rc;
}

static int take_both(void *arg) {
    (void)arg;
    arrived = holding = 0;
    CHECK_INT(all_do(takes_both, 2), 1); // one of them has failed
    return 0;
}

VIRTUAL_TEST(jobs_that_would_wait_for_each_other_are_told) {
    take_both(NULL);
    CHECK_INT(lab_now(), 5 * LAB_MS);
}

TEST(threads_that_would_wait_for_each_other_are_told) {
    CHECK_INT(lab_loop_main("main", take_both, NULL), 0);
}

static int keeps_it(void *arg) {
    (void)arg;
    return lab_mutex_lock(&mutex);
}

static int keep_it(void *arg) {
    const struct lab_clock *clock = arg;
    pool = NULL;
    (void)clock;
    return all_do(keeps_it, 1);
}

static int keep_it_virtual(void *arg) {
    (void)arg;
    return lab_run(&(struct lab_run_options){
        .name = "root", .body = keep_it, .clock = LAB_CLOCK_VIRTUAL});
}

static int keep_it_real(void *arg) {
    return lab_loop_main("root", keep_it, arg);
}

TEST(a_job_that_keeps_a_mutex_ends_the_program_with_its_name) {
    char said[1024];
    lab_fn *const bodies[] = {keep_it_virtual, keep_it_real};
    for (size_t i = 0; i < countof(bodies); i++) {
        CHECK_INT(child_end(bodies[i], NULL, said, sizeof said), 70);
        CHECK(strstr(said, "job #1 of task #2 \"job\" returns while it holds a "
                           "mutex") != NULL);
    }
}

// --- in the record

static int two_hold(void *arg) {
    (void)arg;
    return all_do(holds, 2);
}

TEST(who_wants_and_who_holds_a_mutex_is_noted) {
    CHECK_STR(events_of(two_hold, "want hold release"),
              "hold 2 1, want 3 1, release 2 1, hold 3 1, release 3 1");
}
