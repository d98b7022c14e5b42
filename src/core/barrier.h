// barrier.h - tasks that wait until all of them have come.
//
// Use:
//     struct lab_barrier start;
//     lab_barrier_init(&start, 3);
//     ...
//     LAB_TRY(lab_barrier_wait(&start)); // in three tasks: each waits for all
//
// Rules: when the last party comes, all continue, and the barrier is ready for
// the next round. A task that is cancelled while it waits no longer counts: the
// others wait for one more. A barrier must outlive the tasks that use it. There
// is nothing to free.

#ifndef LAB_CORE_BARRIER_H
#define LAB_CORE_BARRIER_H

#include "base/error.h"
#include "base/list.h"

#include <stdbool.h>
#include <stddef.h>

struct lab_barrier {
    size_t parties;          // read only: how many wait for each other
    bool broken;             // read only
    size_t arrived;          // the barrier's own, as is what follows
    struct lab_list waiting; // all but the last
    unsigned number;         // in the run
};

// Makes [barrier] one for [parties] tasks, 1 or more.
void lab_barrier_init(struct lab_barrier *barrier, size_t parties);
#define lab_barrier_init LAB_COVER(lab_barrier_init)

// Waits until all parties have come. Returns a number from 0 in the order in
// which they came. Each number is different, so that one of the tasks can do
// what must be done only once.
//
// Errors: LAB_ECANCELED if we are cancelled before all have come. LAB_EBROKEN
//         after an abort, and when it is aborted or reset while we wait.
//         LAB_EPERM outside of a task.
// Source: asyncio's Barrier.wait, which gives a number twice after a cancel.
LAB_CHECKED int lab_barrier_wait(struct lab_barrier *barrier);
#define lab_barrier_wait LAB_COVER(lab_barrier_wait)

// How many wait now.
//
// Source: asyncio's Barrier.n_waiting.
size_t lab_barrier_waiting(const struct lab_barrier *barrier);
#define lab_barrier_waiting LAB_COVER(lab_barrier_waiting)

// Breaks the barrier: all tasks that wait, now or later, get LAB_EBROKEN.
//
// Source: asyncio's Barrier.abort.
void lab_barrier_abort(struct lab_barrier *barrier);
#define lab_barrier_abort LAB_COVER(lab_barrier_abort)

// Makes it new again: tasks that wait now get LAB_EBROKEN, later ones do not.
//
// Source: asyncio's Barrier.reset.
void lab_barrier_reset(struct lab_barrier *barrier);
#define lab_barrier_reset LAB_COVER(lab_barrier_reset)

#endif
