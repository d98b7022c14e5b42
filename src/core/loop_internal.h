// loop_internal.h - what a loop remembers, private to src/core.
//
// One thread-local pointer leads to the loop of this thread; all other state
// hangs from it.

#ifndef LAB_CORE_LOOP_INTERNAL_H
#define LAB_CORE_LOOP_INTERNAL_H

#include "base/heap.h"
#include "base/list.h"
#include "base/ring.h"
#include "base/slab.h"
#include "core/coroutine.h"
#include "core/loop.h"
#include "core/step_clock_internal.h"
#include "core/world_internal.h"

typedef struct lab_loop lab_loop;
struct detector;
struct gate;
struct lab_schedule;
struct real;
struct worker;

struct lab_loop {
    lab_task *running;            // NULL in callbacks of the loop
    lab_task *self;               // may wait: [running], or NULL while a
                                  // virtual worker or a callback runs
    struct run *calling;          // in whose name the loop makes a call
    struct worker *worker;        // the virtual worker that runs now, or NULL
    struct lab_coroutine context; // of the code that drives the loop
    struct lab_ring ready;        // tasks, longest ready first
    size_t turn_end;              // those before it are of this turn
    unsigned lent;                // this many run first in this order, under
                                  // any schedule
    lab_task *exited_task;        // has ended; its stack must be put back
    uint64_t turn;                // the number of the current turn
    uint64_t passes;              // turns; or choices, if there is a schedule:
                                  // a turn of those may never end
    uint64_t look;                // look at the limits after this many passes
    struct lab_heap timers;       // keyed by loop time
    uint64_t sequence;            // for all that is ordered by time
    lab_time now;                 // under the virtual clock
    struct step_clock clock;      // under the real one
    struct lab_stacks *stacks;    // of the outermost loop in this thread
    struct lab_stacks own_stacks;
    struct lab_slab *tasks; // likewise
    struct lab_slab own_tasks;
    lab_loop *outer;
    struct lab_schedule *schedule; // NULL: first in, first out
    size_t chosen_from;            // how many could have run, if it chose
    struct detector *detector;     // NULL: no watchdog
    struct real *real;             // made when first needed; NULL when virtual
    struct world world;            // unused when real
    struct gate *gate;             // likewise; NULL: there is no locked pool
    unsigned gate_users;           // pools
    struct lab_list late;          // streams that write before the next poll
    unsigned outside;              // jobs and descriptors that tasks wait for
    bool is_virtual;
};

// The loop of this thread; NULL in a worker's. Demos cannot see it: so the
// linker knows where it is, and it is read without first reading where it is.
extern __attribute__((
    visibility("hidden"))) _Thread_local lab_loop *lab_loop_current;

void lab_loop_init(lab_loop *loop, bool is_virtual);
void lab_loop_term(lab_loop *loop);

// The outermost loop of this thread; NULL in a worker's.
lab_loop *lab_loop_outermost(void);

// Ends the program unless a task, or a callback of the loop, calls. For
// functions that belong to tasks and have no way to return an error.
_Noreturn void lab_loop_misused(void);
static inline void lab_loop_check(void) {
    if (!lab_loop_current || lab_loop_current->worker)
        lab_loop_misused();
}

// Runs turns until [root] has ended.
void lab_loop_drive(lab_loop *loop, lab_task *root);

// The loop's time: the machine's, or the virtual one. Only in its thread.
static inline lab_time lab_loop_time(lab_loop *loop) {
    return loop->is_virtual ? loop->now : lab_step_clock_now(&loop->clock);
}

// Has the loop anything to do before the ready tasks continue?
bool lab_loop_has_news(lab_loop *loop);

// Calls all timers due at [now].
void lab_loop_fire(lab_loop *loop, lab_time now);

// Makes the timer due now that a schedule has made late. Returns whether there
// is one.
bool lab_loop_hurry(lab_loop *loop);

// Starts or moves [timer] to the absolute loop time [at].
void lab_timer_set(lab_loop *loop, struct lab_timer *timer, lab_time at,
                   lab_timer_fn *fn);

#endif
