// block.h - holding a thread: the two things a loop must not do itself.
//
// On the loop these stop every task. In a worker of a pool they stop that
// worker alone. Both obey the run's clock, which plain sleep() does not.
//
// Rules: neither is called while a lock is held that is not looplab's, nor in a
// callback of a library, which may hold one. Under the virtual clock all
// workers share one thread: another job then runs, and a recursive lock lets it
// in. The calls that the lock should keep apart would overlap.

#ifndef LAB_CORE_BLOCK_H
#define LAB_CORE_BLOCK_H

#include "base/time.h"

// Sleeps with the thread held, as time.sleep() does. Ends early if the run is
// interrupted from the terminal. In a worker 0 is a moment at which another
// worker may be the next.
void lab_block(lab_time time);
#define lab_block LAB_COVER(lab_block)

// Computes for [time] of processor time. Under the virtual clock all burns
// of a run share its stated number of cores evenly.
void lab_burn(lab_time time);
#define lab_burn LAB_COVER(lab_burn)

#endif
