// loop.h - the program's event loop, and what runs on it besides tasks.
//
// One turn: run the tasks that were ready when it began, collect finished
// offloads, poll, fire due timers. Callbacks run between tasks, on the loop's
// own stack, and must not wait.

#ifndef LAB_CORE_LOOP_H
#define LAB_CORE_LOOP_H

#include "base/heap.h"
#include "core/fd.h"
#include "core/task.h"

// Runs [body] as the root task of a new loop under the real clock, until it
// and all its children have ended, and returns what it returned.
int lab_loop_main(const char *name, lab_fn *body, void *arg);

// The version of libuv that runs below, such as "1.44.2".
//
// Owns: borrowed, for ever.
const char *lab_loop_libuv(void);

// A call that is made later. Zeroed is unset.
//
// Owns: yours; it must not move while it is set.
struct lab_timer;
typedef void lab_timer_fn(struct lab_timer *timer);
struct lab_timer {
    struct lab_heap_node node; // the loop's
    lab_timer_fn *fn;          // the loop's
};

// Sets [timer] to call [fn] once, [delay] from now by the machine's clock. A
// timer that is set is moved.
//
// Source: asyncio's call_later.
void lab_timer_start(struct lab_timer *timer, lab_time delay, lab_timer_fn *fn);

// Unsets [timer], if it is set.
void lab_timer_stop(struct lab_timer *timer);

// Has [fn] called on the loop with [arg] each time the process gets [signal].
// If [fn] is NULL, the signal does again what it did before. While an interrupt
// (SIGINT) is watched, lab_block ends early for it, and a virtual run that gets
// one is cancelled and consumes it.
//
// A second interrupt within a second, while the first is not answered, ends the
// process a second later, and a third one at once, with a sentence about what
// did not stop and the status LAB_EXIT_INTERRUPTED: so the learner can get out
// of a task that never gives way.
typedef void lab_signal_fn(int signal, void *arg);
void lab_signal_watch(int signal, lab_signal_fn *fn, void *arg);

// Says that what the last interrupt was meant to stop has stopped.
void lab_signal_answered(void);

// Ends the process as a third interrupt does. On the loop's thread.
void lab_signal_force(void);

// Opens the file of [fd] again, so that O_NONBLOCK affects only us, and not
// other programs that share 0, 1 and 2. [flags] are those of open(2). Returns
// the new descriptor or an error.
LAB_CHECKED int lab_fd_reopen(int fd, int flags);

// Makes the current waits on [fd], or else the next one, return LAB_EINTR.
void lab_fd_interrupt(lab_fd *fd);

#endif
