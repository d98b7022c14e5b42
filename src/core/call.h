// call.h - from a worker back to the loop.
//
// Use, in a job of a pool:
//     LAB_TRY(lab_call_soon_threadsafe(on_progress, &state)); // and continue
//     int rc = lab_run_coroutine_threadsafe("ask", ask, q);   // wait for it
//
// A job cannot wait, spawn, or touch what belongs to tasks: queues, locks,
// futures. It can ask the loop to do so. Both functions use the loop of the
// task that offloaded the job. They are for jobs only; a task does not need
// them.

#ifndef LAB_CORE_CALL_H
#define LAB_CORE_CALL_H

#include "core/task.h"

// A call on the loop, between tasks. It must not wait, and belongs to no task:
// it may set a future, put into a queue or cancel, but not spawn, say or ask
// the time.
typedef void lab_call_fn(void *arg);

// Has the loop call [fn] with [arg] soon. The calls of one job are made in
// order, and before the task that offloaded it gets the job's result. Does not
// wait.
//
// Owns:   [arg] stays yours, and must stay valid until the call is over. Memory
//         of the task that offloaded the job does.
// Errors: LAB_EINVAL if this is not a job of a pool.
// Source: asyncio's loop.call_soon_threadsafe.
LAB_CHECKED int lab_call_soon_threadsafe(lab_call_fn *fn, void *arg);
#define lab_call_soon_threadsafe LAB_COVER(lab_call_soon_threadsafe)

// Spawns [fn] on the loop as a child of the task that offloaded the job, holds
// the worker until it has ended, and returns what it returned.
//
// Owns:   as lab_spawn; [arg] may lie on the worker's stack.
// Errors: LAB_EINVAL if this is not a job of a pool. What the task returns if
//         it is cancelled; it is cancelled together with the task that
//         offloaded the job.
// Source: asyncio.run_coroutine_threadsafe(...).result().
#define lab_run_coroutine_threadsafe                                           \
    (LAB_HERE, lab_run_coroutine_threadsafe_here)
LAB_CHECKED int lab_run_coroutine_threadsafe_here(const char *name, lab_fn *fn,
                                                  void *arg);

#endif
