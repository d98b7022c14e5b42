// call.h - from a worker back to the loop.
//
// Use, in a job of a pool:
//     LAB_TRY(lab_call_soon_threadsafe(on_progress, &state)); // and continue
//     int rc = lab_run_coroutine_threadsafe("ask", ask, q);   // wait for it
//
// A job cannot wait, spawn, or touch what belongs to tasks: queues, locks,
// futures. It can have the loop do so. Both mean the loop of the task that
// offloaded the job, and are for jobs alone; a task has no need of them.

#ifndef LAB_CORE_CALL_H
#define LAB_CORE_CALL_H

#include "core/task.h"

// A call on the loop, between tasks. It must not wait, and is nobody's: it may
// set a future, put into a queue, cancel, but not spawn, say or ask the time.
typedef void lab_call_fn(void *arg);

// Has the loop call [fn] with [arg] soon: calls of one job in their order,
// and before the job's result is known to the task that offloaded it. Does
// not wait for it.
//
// Owns:   [arg] stays yours, and in use until the call is over; memory of the
//         task that offloaded the job is.
// Errors: LAB_EINVAL if this is no job of a pool.
// Source: asyncio's loop.call_soon_threadsafe.
LAB_CHECKED int lab_call_soon_threadsafe(lab_call_fn *fn, void *arg);
#define lab_call_soon_threadsafe LAB_COVER(lab_call_soon_threadsafe)

// Spawns [fn] on the loop as a child of the task that offloaded the job, holds
// the worker until it has ended, and returns what it returned.
//
// Owns:   as lab_spawn; [arg] may lie on the worker's stack.
// Errors: LAB_EINVAL if this is no job of a pool. What the task returns if it
//         is cancelled; it is when the task that offloaded the job is.
// Source: asyncio.run_coroutine_threadsafe(...).result().
#define lab_run_coroutine_threadsafe                                           \
    (LAB_HERE, lab_run_coroutine_threadsafe_here)
LAB_CHECKED int lab_run_coroutine_threadsafe_here(const char *name, lab_fn *fn,
                                                  void *arg);

#endif
