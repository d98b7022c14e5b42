// warning.h - what a run should be warned of, found in its record.
//
// Use:
//     lab_warnings_find(record, on_warning, arg);
//
// Under the virtual clock a record knows to the nanosecond how long each step
// held the loop: only what blocks or computes takes time there. asyncio in
// debug mode reports a slow step after it is over, but not many steps that are
// slow together.

#ifndef LAB_RECORD_WARNING_H
#define LAB_RECORD_WARNING_H

#include "record/record.h"

// What holds the loop for this long or longer is slow, as in asyncio.
#define LAB_WARNING_SLOW (100 * LAB_MS)

// X(code, text): a kind of warning, and what it is about.
#define LAB_WARNINGS(X)                                                        \
    X(W01, "one step holds the loop")                                          \
    X(W02, "one turn of many steps holds the loop")                            \
    X(W03, "an error that nobody reads")

enum lab_warning_code {
#define X(code, text) LAB_WARNING_##code,
    LAB_WARNINGS(X)
#undef X
        LAB_WARNING_CODES,
};

struct lab_warning {
    enum lab_warning_code code;
    uint32_t event; // that ends it or tells of it, from 1 on
    uint32_t task;  // whose step, the longest one or error it is; 0: a callback
    uint32_t line;  // the location of what blocks there; 0: not known
    uint32_t steps; // of the turn
    lab_time from;  // when it began
    lab_time held;  // how long the loop was held
    lab_time most;  // by the longest step
};

// "W01", and what that is about.
const char *lab_warning_name(enum lab_warning_code code);
const char *lab_warning_text(enum lab_warning_code code);

// Calls [fn] for each warning in [record], in the order of their events.
typedef void lab_warning_fn(void *arg, const struct lab_warning *warning);
void lab_warnings_find(const struct lab_record *record, lab_warning_fn *fn,
                       void *arg);

#endif
