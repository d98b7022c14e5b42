// claim_measure.h - the measures that claims speak of, private to claim.c.

#ifndef LAB_DEMO_CLAIM_MEASURE_H
#define LAB_DEMO_CLAIM_MEASURE_H

#include "record/run.h"

// A measure that is being taken.
struct lab_measuring {
    const struct lab_comparison *comparison;
    const struct lab_run *run;
    const char *argument; // what stands in ( ); NULL if nothing does
    int64_t predicted;
    char relation;
    // What comes out: the value; the first event at which it was beyond what
    // is claimed, and the last that counted, from 1 on; 0 is none.
    int64_t value;
    uint32_t against, last;
};

// Takes one measure. False if there is nothing to measure: then the claim does
// not hold.
typedef bool lab_measure_fn(struct lab_measuring *m);
lab_measure_fn lab_measure_time, lab_measure_gap, lab_measure_count,
    lab_measure_on_loop, lab_measure_peak, lab_measure_least, lab_measure_last,
    lab_measure_live, lab_measure_turns, lab_measure_idle, lab_measure_busy,
    lab_measure_occupied, lab_measure_result;

// Were the texts in quotes in [words] first said in that order; was none of
// them ever said? If not, *[against] is the first event that shows it.
bool lab_measure_order(const struct lab_run *run, const char *words,
                       uint32_t *against);
bool lab_measure_never(const struct lab_run *run, const char *words,
                       uint32_t *against);

// Are the warnings of the run just those of the [codes], or none if that is
// "nothing"?
bool lab_measure_warns(const struct lab_run *run, const char *codes,
                       uint32_t *against);

// The event in which the run's root ended, from 1 on; 0 if it did not.
uint32_t lab_measure_end_event(const struct lab_run *run);

#endif
