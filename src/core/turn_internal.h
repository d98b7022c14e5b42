// turn_internal.h - who runs next, private to src/core.

#ifndef LAB_CORE_TURN_INTERNAL_H
#define LAB_CORE_TURN_INTERNAL_H

#include "core/loop_internal.h"

// Runs the tasks that are ready now, each until it waits.
void lab_turn_run(lab_loop *loop);

// Puts [task] at the end of those that are ready.
static inline void lab_turn_add(lab_loop *loop, lab_task *task) {
    lab_ring_push(&loop->ready, task);
}

// Gives the thread to the next task; returns when it is the turn of [task],
// which runs, again.
void lab_turn_give_way(lab_task *task);

// Returns what continues when [dead], which runs, has ended: a task, or at the
// end of the turn whoever drives the loop. NULL if it is a task that has not
// begun: that has the stack now, is loop->running, and is to be begun here and
// now.
struct lab_coroutine *lab_turn_replace(lab_loop *loop, lab_task *dead);

// Puts back the stack that a dead task left, which could not do so itself while
// standing on it.
void lab_turn_bury(lab_loop *loop);

// To be called first after every switch.
static inline void lab_turn_arrived(lab_loop *loop) {
    if (loop->exited_task)
        lab_turn_bury(loop);
}

#endif
