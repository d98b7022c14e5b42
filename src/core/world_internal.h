// world_internal.h - what runs beside the loop under the virtual clock, private
// to src/core.

#ifndef LAB_CORE_WORLD_INTERNAL_H
#define LAB_CORE_WORLD_INTERNAL_H

#include "base/heap.h"
#include "base/list.h"
#include "base/time.h"
#include "core/interpreter_internal.h"
#include "core/mailbox_internal.h"

#include <stdbool.h>

struct lab_loop;
struct run;

struct world {
    struct lab_heap timers;  // of workers that sleep or have a job to fetch
    struct lab_list burning; // workers that compute
    struct mailbox finished; // of jobs that the loop has not seen yet
    int cores;
    lab_time rest; // of the last division among [rest_of] burns; world.c's
    int rest_of;
    bool loop_computes; // its own computing is not over
    bool loop_burns;    // nor stands it still for want of the lock
    lab_time loop_left; // what is left of the loop's own computing
    struct interpreter interpreter;
};

// Has anything happened that the loop has not seen?
bool lab_world_has_news(const struct lab_loop *loop);

// Lets time pass to the next event, and handles it. Returns false if there is
// none.
bool lab_world_turn(struct lab_loop *loop);

// From now on the loop and the workers of the locked pools of [run] share one
// lock, which the loop has.
void lab_world_share(struct lab_loop *loop, struct run *run, lab_time slice);

// The loop's thread is held for [time]: asleep, or computing.
void lab_world_hold(struct lab_loop *loop, lab_time time, bool computing);

#endif
