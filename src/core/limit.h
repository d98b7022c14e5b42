// limit.h - bounds for a virtual run, which otherwise might never end.
//
// With a heartbeat that nobody cancels, virtual time passes for ever. With a
// task that yields until somebody sets a variable, it never passes. Under
// the virtual clock both take the processor, and nobody waits beside them.
//
// At the first bound the run is stopped: its root is cancelled, and lab_run
// returns a code that says which bound it was. A run that continues all the
// same ends the program at twice the bound, with a sentence that names the
// task.

#ifndef LAB_CORE_LIMIT_H
#define LAB_CORE_LIMIT_H

#include "base/time.h"

#include <stdint.h>

// Zero means no bound.
struct lab_limits {
    uint64_t events;  // in the record, if one is kept
    uint64_t turns;   // of the loop, while no time passes
    lab_time machine; // what it may take of the machine's time
    // The machine's clock; NULL is the real one. With that, a task that never
    // gives way is stopped as well: see lab_crash_init.
    lab_time (*clock)(void);
};

// What a run gets unless somebody says otherwise.
#define LAB_LIMITS_DEFAULT                                                     \
    ((struct lab_limits){                                                      \
        .events = 10000000, .turns = 1000000, .machine = 60 * LAB_S})

#endif
