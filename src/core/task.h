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

#include "base/error.h"
#include "base/time.h"
#include "core/here.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct lab_task lab_task;

// The body of a task, or a job for a pool. Zero or more is success and the
// result; negative is an error code.
typedef int lab_fn(void *arg);

// Starts [fn] as a child of the running task; it first runs when we next wait.
//
// Owns:   the loop owns the task, and frees it when the running task ends.
//         [arg] stays yours and must outlive the task: a local variable of
//         ours does not, unless we wait for the task before we return.
//         [name] is copied, 31 bytes of it at most.
// Source: asyncio's create_task.
#define lab_spawn (LAB_HERE, lab_spawn_here)
lab_task *lab_spawn_here(const char *name, lab_fn *fn, void *arg);

// As lab_spawn, with a name by format, for one of many. A format takes its
// arguments after it, so the name is last:
//     lab_spawn_named(call, &calls[i], "call %d", i);
#define lab_spawn_named (LAB_HERE, lab_spawn_named_here)
__attribute__((format(printf, 3, 4))) lab_task *
lab_spawn_named_here(lab_fn *fn, void *arg, const char *format, ...);

// As lab_spawn, but the task runs at once. Returns when it waits for the first
// time or has ended. No other task runs before that, and we are next. So its
// first lines have run when this returns. Waits.
//
// Source: asyncio's eager_task_factory.
#define lab_spawn_now (LAB_HERE, lab_spawn_now_here)
lab_task *lab_spawn_now_here(const char *name, lab_fn *fn, void *arg);

// As lab_spawn, on a stack of [size] bytes, 1 GiB at most, where the usual 64
// KiB are too few. For code that recurses.
#define lab_spawn_deep (LAB_HERE, lab_spawn_deep_here)
lab_task *lab_spawn_deep_here(const char *name, lab_fn *fn, void *arg,
                              size_t size);

// Waits until [task] ends and returns what its body returned. May be called
// by several tasks, and again later.
//
// Errors: LAB_ECANCELED if we are cancelled first: [task] is then cancelled,
//         and has ended when this returns; if it fails while it winds up its
//         work, that failure. LAB_EDEADLK if [task] is the running one.
// Source: asyncio's `await task`. There a task that hears the cancel and still
//         returns a result has that returned, and our cancel is lost.
LAB_CHECKED int lab_await(lab_task *task);
#define lab_await LAB_COVER(lab_await)

// Waits until [task] ends and returns what its body returned; if [timeout]
// passes first, [task] is cancelled, and has ended when this returns. Zero or
// less lets it run once. A result that comes just as the timeout passes, or the
// failure of its clean-up, is returned and not lost.
//
// Errors: LAB_ETIMEDOUT; otherwise as lab_await.
// Source: asyncio's wait_for. There a task that hears the cancel and still
//         returns a result is not out of time; here lab_task_result has it.
LAB_CHECKED int lab_wait_for(lab_task *task, lab_time timeout);
#define lab_wait_for LAB_COVER(lab_wait_for)

// As lab_await, but [task] continues if we are cancelled. Its parent still
// cancels it when it returns, so the parent must live longer than we do.
//
// Errors: LAB_ECANCELED if we are cancelled first. LAB_EDEADLK.
// Source: asyncio's `await shield(task)`.
LAB_CHECKED int lab_await_shielded(lab_task *task);
#define lab_await_shielded LAB_COVER(lab_await_shielded)

// Waits until all [count] tasks end. lab_task_result then has their results,
// whichever task ended first.
//
// Errors: the first failure in time: the other tasks are then cancelled, and
//         have ended when this returns. LAB_ECANCELED if we are cancelled
//         first, likewise, unless one fails while it winds up its work.
// Source: asyncio's gather, which leaves the others running.
LAB_CHECKED int lab_gather(lab_task *const *tasks, size_t count);
#define lab_gather LAB_COVER(lab_gather)

// Waits until all [count] tasks end, failures or not, and returns how many have
// failed. lab_task_result says which.
//
// Errors: LAB_ECANCELED if we are cancelled first: the tasks are then
//         cancelled, and have ended when this returns.
// Source: asyncio's gather with return_exceptions=True.
LAB_CHECKED int lab_gather_all(lab_task *const *tasks, size_t count);
#define lab_gather_all LAB_COVER(lab_gather_all)

// Asks [task] to stop: the wait it is in, and every later one, fails with
// LAB_ECANCELED. Does nothing to a task that has ended. Does not wait.
//
// Source: asyncio's Task.cancel, which is heard only once.
//
// A task must not ignore its cancellation for ever: after 10,000 failed waits
// in a row, each lets others run; after 10,000 more the program ends with a
// sentence that names the task and where it was spawned.
void lab_cancel(lab_task *task);
#define lab_cancel LAB_COVER(lab_cancel)

// As lab_cancel, and keeps the reason. The first cancel gives it.
//
// Owns:   [reason] stays yours and must outlive the task, as a literal does.
// Source: asyncio's Task.cancel(msg=...).
void lab_cancel_because(lab_task *task, const char *reason);
#define lab_cancel_because LAB_COVER(lab_cancel_because)

// Why the task was cancelled; "" if it was not, or without a reason.
//
// Owns: borrowed.
const char *lab_task_cancel_reason(const lab_task *task);

// Gives [task] up: it will not be awaited or asked for anything, so it can be
// freed as soon as it ends. It still ends before its parent does. For a task
// that spawns others for as long as it lives.
//
// Owns: takes [task].
void lab_task_detach(lab_task *task);
#define lab_task_detach LAB_COVER(lab_task_detach)

// Waits for [time] of the run's clock: others run meanwhile. Zero or less
// gives way once, as lab_yield does.
//
// Errors: LAB_ECANCELED.
// Source: asyncio's sleep.
LAB_CHECKED int lab_sleep(lab_time time);
#define lab_sleep LAB_COVER(lab_sleep)

// Waits until [time] since the run began; gives way once if that is past.
//
// Errors: LAB_ECANCELED.
// Source: asyncio's loop.call_at; trio's sleep_until.
LAB_CHECKED int lab_sleep_until(lab_time time);
#define lab_sleep_until LAB_COVER(lab_sleep_until)

// Waits for its turn after every task that is ready now.
//
// Errors: LAB_ECANCELED.
// Source: asyncio's `await sleep(0)`.
LAB_CHECKED int lab_yield(void);
#define lab_yield LAB_COVER(lab_yield)

// Time since the run began, by the run's clock.
lab_time lab_now(void);
#define lab_now LAB_COVER(lab_now)

// The running task; NULL on a worker and outside of any task.
lab_task *lab_self(void);

// What a task's body returned; LAB_EINVAL while it has not. A failure then
// counts as read.
int lab_task_result(lab_task *task);
#define lab_task_result LAB_COVER(lab_task_result)

// Has the task ended?
bool lab_task_done(const lab_task *task);

// Was the task asked to stop, by lab_cancel? (A timeout does not count.)
bool lab_task_cancelled(const lab_task *task);

// The task's name and its number in its run (the root is 1).
//
// Owns: borrowed, as long as the task.
const char *lab_task_name(const lab_task *task);
unsigned lab_task_number(const lab_task *task);

// What a task is doing.
enum lab_task_state {
    LAB_TASK_NEW,     // it has not run yet
    LAB_TASK_READY,   // it could run, but others are before it
    LAB_TASK_RUNNING, // it has the thread
    LAB_TASK_WAITING, // for something; or for its children, at its end
    LAB_TASK_ENDED,   // lab_task_result has what its body returned
};
enum lab_task_state lab_task_state(const lab_task *task);

// Where it was spawned; for a run's root, a place in the core.
struct lab_site lab_task_site(const lab_task *task);

// The task that spawned it; NULL for a run's root.
//
// Owns: borrowed; a parent lives longer than its children.
lab_task *lab_task_parent(const lab_task *task);

// The children of [task] one by one, ended ones too, in the order in which they
// were spawned: the one after [child], or the first if that is NULL; NULL after
// the last. Detached ones are gone once they have ended.
//
// Owns: borrowed, as long as the task that spawned them.
lab_task *lab_task_child(const lab_task *task, const lab_task *child);

#endif
