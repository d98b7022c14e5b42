// step_clock_internal.h - the time of a loop's steps, private to src/core.
//
// To ask the machine for the time takes as long as two task switches. So a loop
// asks each time it polls, and for a while counts the processor's ticks from
// there. Such a time is right to some nanoseconds, and rather ahead: a job is
// never begun before it was sent, nor does a sleep end early.

#ifndef LAB_CORE_STEP_CLOCK_INTERNAL_H
#define LAB_CORE_STEP_CLOCK_INTERNAL_H

#include "base/time.h"

#include <stdbool.h>
#include <stdint.h>

// All zero, it is ready to be used.
struct step_clock {
    uint64_t from;    // what the counter was
    lab_time at;      // when the machine was asked
    uint64_t trusted; // the machine is asked again after this many ticks
    uint64_t rate;    // ns in 2^32 ticks; 0: not known
    lab_time last;    // what was told last: no time is before it
    uint64_t since;   // the rate is measured from here
    lab_time since_at;
    unsigned asked; // how often, until it counts
    bool is_off;    // the counter is not what the kernel's own clock runs by
};

// 0 where there is none.
static inline uint64_t lab_counter(void) {
#if defined(__x86_64__)
    return __builtin_ia32_rdtsc();
#else
    return 0;
#endif
}

// Asks the machine. Its time is not before any that was told.
lab_time lab_step_clock_ask(struct step_clock *clock);

// What lab_step_clock_ask makes of one answer: the machine's time was [now] at
// some moment while the counter went from [before] to [after].
lab_time lab_step_clock_set(struct step_clock *clock, uint64_t before,
                            lab_time now, uint64_t after);

// The time when the counter is at [counter], if the machine was asked not long
// ago; else negative.
static inline lab_time lab_step_clock_at(struct step_clock *clock,
                                         uint64_t counter) {
    uint64_t passed = counter - clock->from;
    if (passed >= clock->trusted)
        return -1;
    lab_time now = clock->at + (lab_time)(passed * clock->rate >> 32);
    return clock->last = now > clock->last ? now : clock->last;
}

static inline lab_time lab_step_clock_now(struct step_clock *clock) {
    lab_time now = lab_step_clock_at(clock, lab_counter());
    return now >= 0 ? now : lab_step_clock_ask(clock);
}

#endif
