// clock.h - how the time of a run passes: virtual, real, or paced.
//
// Virtual time stands still while a task runs and jumps to the next deadline
// when none can. Real time is the machine's. Paced time is real time seen
// through a glass: x10 runs ten times faster, x0.5 is slow motion.

#ifndef LAB_RECORD_CLOCK_H
#define LAB_RECORD_CLOCK_H

#include "base/text.h"
#include "base/time.h"

#include <stdbool.h>

struct lab_clock {
    bool is_virtual;
    double pace; // run time per real time; 1 for the real clock
};

#define LAB_CLOCK_VIRTUAL ((struct lab_clock){.is_virtual = true, .pace = 1})
#define LAB_CLOCK_REAL ((struct lab_clock){.is_virtual = false, .pace = 1})

// Are they the same?
static inline bool lab_clock_is(struct lab_clock clock,
                                struct lab_clock other) {
    return clock.is_virtual == other.is_virtual && clock.pace == other.pace;
}

// Reads "virtual", "real" or "xN" with N from 0.001 to 1000.
//
// Errors: false, with one sentence in [error].
bool lab_clock_parse(const char *text, struct lab_clock *clock,
                     struct lab_text *error);

// Writes the clock's name as lab_clock_parse reads it.
void lab_clock_put(struct lab_text *out, struct lab_clock clock);

// Returns the machine's monotonic time, whatever any run's clock says.
// Source: CLOCK_MONOTONIC.
lab_time lab_clock_machine(void);

#endif
