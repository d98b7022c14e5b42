// locked_run.h - a run in which two jobs and the loop compute behind one lock,
// for tests of what reads records:
//
//     pool-1  computes 0-5    waits 5-15             computes 15-20
//     pool-2  waits 0-5       computes 5-10          waits 10-20, ...
//     loop    sleeps 0-2, waits 2-10, computes 10-15 waits 15-25, ...

#ifndef LAB_TESTS_VIEW_LOCKED_RUN_H
#define LAB_TESTS_VIEW_LOCKED_RUN_H

#include "core/block.h"
#include "core/executor.h"
#include "core/task.h"

static inline int compute_10(void *arg) {
    (void)arg;
    lab_burn(10 * LAB_MS);
    return 0;
}

static inline int offload_computing(void *arg) {
    return lab_offload(arg, compute_10, NULL);
}

// The body of its root.
static inline int compute_behind_one_lock(void *arg) {
    (void)arg;
    lab_pool *pool = lab_pool_new_locked("pool", 2, 5 * LAB_MS);
    lab_task *tasks[] = {lab_spawn("a", offload_computing, pool),
                         lab_spawn("b", offload_computing, pool)};
    LAB_TRY(lab_sleep(2 * LAB_MS));
    lab_burn(10 * LAB_MS);
    return lab_gather(tasks, 2);
}

#endif
