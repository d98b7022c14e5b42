// drive_goal.h - what somebody who chooses the order of a run can reach.

#ifndef LAB_DEMO_DRIVE_GOAL_H
#define LAB_DEMO_DRIVE_GOAL_H

#include <stdbool.h>
#include <stddef.h>

enum lab_drive_goal {
    LAB_DRIVE_ANY,   // not said: LOCK, BREAK or SAVE, whichever first in, first
                     // out does not reach and another order does; or none
    LAB_DRIVE_LOCK,  // a deadlock
    LAB_DRIVE_BREAK, // what is right does not hold; a deadlock is never right
    LAB_DRIVE_SAVE,  // it holds
    LAB_DRIVE_GOALS,
};

// The orders that reach a goal.
struct lab_drive_way {
    size_t count;
    size_t least; // choices that are not first in, first out, in the simplest
    char *script; // that order; owned
    bool by_fifo; // first in, first out reaches it
};

#endif
