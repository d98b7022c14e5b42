// turn_internal.h - which task runs next, private to src/core.

#ifndef LAB_CORE_TURN_INTERNAL_H
#define LAB_CORE_TURN_INTERNAL_H

#include "core/loop_internal.h"

// Runs the tasks that are ready now, each until it waits.
void lab_turn_run(lab_loop *loop);

// Puts [task] at the end of the ready tasks.
static inline void lab_turn_add(lab_loop *loop, lab_task *task) {
    lab_ring_push(&loop->ready, task);
}

// Gives the thread to the next task; returns when the running [task] has its
// turn again. For the record, it waits for [other] until [deadline].
void lab_turn_give_way(lab_task *task, unsigned other, lab_time deadline);

// Gives the thread to the task that was added last, and then back to the
// running [task]: other tasks run only after that.
void lab_turn_lend(lab_task *task);

// Returns what continues after the running task [dead], which has ended: a
// task, or at the end of the turn the code that drives the loop. NULL if that
// is a task that has not begun: it is loop->running and has the stack now, and
// the caller must begin it at once.
struct lab_coroutine *lab_turn_replace(lab_loop *loop, lab_task *dead);

// Puts back the stack of the exited task, which could not do so itself while it
// ran on it.
void lab_turn_bury(lab_loop *loop);

// Must be called first after every switch.
static inline void lab_turn_arrived(lab_loop *loop) {
    if (loop->exited_task)
        lab_turn_bury(loop);
}

#endif
