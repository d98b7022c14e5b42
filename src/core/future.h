// future.h - a result that will be set later.
//
// Use:
//     lab_future *answer = lab_future_new();
//     lab_spawn("oracle", think, answer); // calls lab_future_set(answer, 42)
//     int rc = lab_future_wait(answer);   // 42
//     lab_future_free(answer);
//
// A task is a future with a body that sets it; a future is that without a body.
// It is done once: set, failed or cancelled, whichever comes first. It belongs
// to the tasks and callbacks of one loop: a worker must not touch a future.

#ifndef LAB_CORE_FUTURE_H
#define LAB_CORE_FUTURE_H

#include "base/error.h"

#include <stdbool.h>

typedef struct lab_future lab_future;

// Makes a future that is not done.
//
// Owns:   yours, until lab_future_free.
// Source: asyncio's loop.create_future.
lab_future *lab_future_new(void);

// Frees [future]. NULL is fine. Callbacks that have not been called never will
// be. It must not be freed while a task still waits for it, or in its
// callbacks.
void lab_future_free(lab_future *future);
#define lab_future_free LAB_COVER(lab_future_free)

// Makes [future] done with [result]: zero or more is success, negative is an
// error code. Waiting tasks become ready, and callbacks are called, in the
// order in which they came. Does not wait.
//
// Errors: false if it was done already; nothing changes then.
// Source: asyncio's Future.set_result.
bool lab_future_set(lab_future *future, int result);
#define lab_future_set LAB_COVER(lab_future_set)

// The same, with the result 0 and a pointer for lab_future_pointer.
//
// Owns: [pointer] keeps its owner.
bool lab_future_set_pointer(lab_future *future, void *pointer);
#define lab_future_set_pointer LAB_COVER(lab_future_set_pointer)

// Makes [future] done with the error [code], which is negative.
//
// Source: asyncio's Future.set_exception.
bool lab_future_fail(lab_future *future, int code);
#define lab_future_fail LAB_COVER(lab_future_fail)

// Makes [future] done with LAB_ECANCELED, which waiting tasks get.
//
// Source: asyncio's Future.cancel.
bool lab_future_cancel(lab_future *future);
#define lab_future_cancel LAB_COVER(lab_future_cancel)

// Is it done? Was it cancelled?
bool lab_future_done(const lab_future *future);
bool lab_future_cancelled(const lab_future *future);

// The result; LAB_EINVAL while it is not done.
int lab_future_result(const lab_future *future);

// What lab_future_set_pointer was given, else NULL.
void *lab_future_pointer(const lab_future *future);

// Waits until [future] is done and returns its result. May be called by many
// tasks, and again later.
//
// Errors: LAB_ECANCELED if we are cancelled first. The future is then left
//         alone, since others may wait for it.
// Source: asyncio's `await future`, which cancels the future.
LAB_CHECKED int lab_future_wait(lab_future *future);
#define lab_future_wait LAB_COVER(lab_future_wait)

// Has [fn] called with [arg] once [future] is done, from within the call that
// makes it so; at once if it is done already. A callback belongs to no task: it
// cannot wait (LAB_EPERM) or spawn, but may set and cancel.
//
// Owns:   [arg] stays yours.
// Source: asyncio's Future.add_done_callback, which calls in the next turn.
typedef void lab_future_fn(lab_future *future, void *arg);
void lab_future_add_callback(lab_future *future, lab_future_fn *fn, void *arg);
#define lab_future_add_callback LAB_COVER(lab_future_add_callback)

#endif
