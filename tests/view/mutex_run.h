// mutex_run.h - a run in which one job waits for the mutex that another holds
// for 5 ms, for tests of what reads records.

#ifndef LAB_TESTS_VIEW_MUTEX_RUN_H
#define LAB_TESTS_VIEW_MUTEX_RUN_H

#include "core/block.h"
#include "core/executor.h"
#include "core/mutex.h"
#include "core/task.h"
#include "core/wait.h"

static struct lab_mutex mutex_of_run;

static inline int hold_mutex(void *arg) {
    (void)arg;
    LAB_TRY(lab_mutex_lock(&mutex_of_run));
    lab_block(5 * LAB_MS);
    return lab_mutex_unlock(&mutex_of_run);
}

static inline int offload_holder(void *arg) {
    return lab_offload(arg, hold_mutex, NULL);
}

// The body of its root.
static inline int hold_in_two_jobs(void *arg) {
    (void)arg;
    lab_mutex_init(&mutex_of_run);
    lab_pool *pool = lab_pool_new("pool", 2);
    lab_task *tasks[] = {lab_spawn("a", offload_holder, pool),
                         lab_spawn("b", offload_holder, pool)};
    return lab_gather(tasks, 2);
}

#endif
