// task.h - a task is a function with its own stack, run by the loop.
//
// Use:
//     lab_task *t = lab_spawn("fetch", fetch, &job);
//     int rc = lab_await(t);
//
// Rules: a task ends before its parent does: a parent that returns first
// cancels its children and waits for them. Once a task is cancelled, every
// wait in it fails at once with LAB_ECANCELED, so it winds up its work and
// returns. Nothing else stops a task: it gives way only where it waits.

#ifndef LAB_CORE_TASK_H
#define LAB_CORE_TASK_H

#include "base/time.h"
#include "core/error.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct lab_task lab_task;

// The body of a task, or a job for a pool. Zero or more is success and the
// result; negative is an error code.
typedef int lab_fn(void *arg);

// Where in the source something was asked for.
struct lab_site {
    const char *file;
    int line;
};

// Starts [fn] as a child of the running task; it first runs when we next wait.
//
// Owns:   the loop owns the task, and frees it when the running task ends.
//         [arg] stays yours and must outlive the task. [name] is copied, 31
//         bytes of it at most.
// Source: asyncio's create_task.
#define lab_spawn(name, fn, arg)                                               \
    lab_spawn_at((struct lab_site){__FILE__, __LINE__}, name, fn, arg)
lab_task *lab_spawn_at(struct lab_site site, const char *name, lab_fn *fn,
                       void *arg);

// As lab_spawn, on a stack of [size] bytes instead of the usual 64 KiB. For
// code that recurses; such stacks are not kept for reuse.
lab_task *lab_spawn_deep(const char *name, lab_fn *fn, void *arg, size_t size);

// Waits until [task] ends and returns what its body returned. May be called
// by several tasks, and again later.
//
// Errors: LAB_ECANCELED if we are cancelled first; [task] is then cancelled.
//         LAB_EDEADLK if [task] is the running one.
// Source: asyncio's `await task`.
LAB_CHECKED int lab_await(lab_task *task);

// Waits until all [count] tasks end. Their results are then with
// lab_task_result, in the order of the array, whoever came first.
//
// Errors: the first failure in time: the other tasks are then cancelled, and
//         have ended when this returns. LAB_ECANCELED if we are cancelled
//         first, likewise.
// Source: asyncio's gather, which leaves the others running.
LAB_CHECKED int lab_gather(lab_task *const *tasks, size_t count);

// Asks [task] to stop: the wait it is in, and every later one, fails with
// LAB_ECANCELED. Does nothing to a task that has ended. Does not wait.
//
// Source: asyncio's Task.cancel, which is heard only once.
void lab_cancel(lab_task *task);

// Waits for [time] of the run's clock: others run meanwhile. Zero or less
// gives way once, as lab_yield does.
//
// Errors: LAB_ECANCELED.
// Source: asyncio's sleep.
LAB_CHECKED int lab_sleep(lab_time time);

// Waits behind every task that is ready now.
//
// Errors: LAB_ECANCELED.
// Source: asyncio's `await sleep(0)`.
LAB_CHECKED int lab_yield(void);

// Time since the run began, by the run's clock.
lab_time lab_now(void);

// The running task; NULL on a worker and outside of any task.
lab_task *lab_self(void);

// What a task's body returned; LAB_EINVAL while it has not.
int lab_task_result(const lab_task *task);

// Has the task ended?
bool lab_task_done(const lab_task *task);

// Was the task asked to stop?
bool lab_task_cancelled(const lab_task *task);

// The task's name and its number in its run (the root is 1).
//
// Owns: borrowed, as long as the task.
const char *lab_task_name(const lab_task *task);
unsigned lab_task_number(const lab_task *task);

#endif
