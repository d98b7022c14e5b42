#include "ending.h"
#include "test.h"

#include "base/alloc.h"
#include "core/block.h"
#include "core/executor.h"
#include "core/run.h"
#include "core/thread_lock_internal.h"
#include "core/wait.h"

#include <pthread.h>

static pthread_mutex_t mutex;
static lab_pool *pool;

static int block_with_it(void *arg) {
    (void)arg;
    pthread_mutex_lock(&mutex);
    lab_block(LAB_MS);
    pthread_mutex_unlock(&mutex);
    return 0;
}

static int offload(void *arg) {
    return lab_offload(pool, block_with_it, arg);
}

static int wait_with_it(void *arg) {
    (void)arg;
    pthread_mutex_lock(&mutex);
    int rc = lab_sleep(LAB_MS);
    pthread_mutex_unlock(&mutex);
    return rc;
}

static int run_two(lab_fn *fn) {
    lab_task *tasks[] = {lab_spawn("a", fn, NULL), lab_spawn("b", fn, NULL)};
    return lab_gather(tasks, countof(tasks));
}

static int in_jobs(void *arg) {
    (void)arg;
    pool = lab_pool_new("pool", 2);
    return run_two(offload);
}

static int in_tasks(void *arg) {
    (void)arg;
    return run_two(wait_with_it);
}

static int in_one_job(void *arg) {
    (void)arg;
    pool = lab_pool_new("pool", 1);
    return run_two(offload);
}

static int run(lab_fn *body) {
    pthread_mutex_init(&mutex, NULL);
    lab_thread_lock_patience = LAB_MS; // instead of two seconds
    return lab_run(&(struct lab_run_options){
        .name = "root", .body = body, .clock = LAB_CLOCK_VIRTUAL});
}

static int run_jobs(void *arg) {
    (void)arg;
    return run(in_jobs);
}

static int run_tasks(void *arg) {
    (void)arg;
    return run(in_tasks);
}

TEST(a_thread_lock_that_stops_a_virtual_run_is_told_by_name) {
    static const struct {
        lab_fn *body;
        const char *who;
    } rows[] = {{run_jobs, "looplab: job #2 of task #3 b, in worker pool-2, "
                           "was stopped at 0 s: "},
                {run_tasks, "looplab: task #3 b was stopped at 0 s: "}};
    for (size_t i = 0; i < countof(rows); i++) {
        char words[1024];
        CHECK_INT(ending_of(rows[i].body, NULL, words, sizeof words),
                  -LAB_EXIT_BUG);
        ending_has(words, "restored\n");
        ending_has(words, rows[i].who);
        ending_has(words, "waits for a pthread_mutex_t that is held across "
                          "lab_block or a wait");
        ending_has(words, "use lab_mutex in jobs, lab_lock in tasks");
    }
}

TEST(a_thread_lock_that_nobody_else_wants_is_fine) {
    CHECK_INT(run(in_one_job), 0);
}

static void *lock_and_unlock(void *arg) {
    int *count = arg;
    for (int i = 0; i < 1000; i++) {
        pthread_mutex_lock(&mutex);
        ++*count;
        pthread_mutex_unlock(&mutex);
    }
    return NULL;
}

TEST(threads_outside_of_runs_wait_as_ever) {
    pthread_t threads[2];
    int count = 0;
    pthread_mutex_init(&mutex, NULL);
    for (size_t i = 0; i < countof(threads); i++)
        pthread_create(&threads[i], NULL, lock_and_unlock, &count);
    for (size_t i = 0; i < countof(threads); i++)
        pthread_join(threads[i], NULL);
    CHECK_INT(count, 2000);
}
