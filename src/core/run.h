// run.h - a root task with a clock, a record and pools of its own.
//
// Under the real clock a run shares the loop of the task that starts it, so a
// prompt continues beside it. Under the virtual clock it has a loop of its own
// and runs to its end in an instant, with nothing beside it.

#ifndef LAB_CORE_RUN_H
#define LAB_CORE_RUN_H

#include "core/limit.h"
#include "core/task.h"
#include "record/clock.h"
#include "record/record.h"

struct lab_run_options {
    const char *name; // of the root task
    lab_fn *body;
    void *arg;
    struct lab_clock clock;
    struct lab_record *record; // borrowed; NULL to keep none
    const void *context;       // borrowed; for lab_run_context
    // Called on the loop's thread for every line said, as it is said; may be
    // NULL. [who] is the name of the task or worker. Must not wait.
    void (*on_say)(void *sink, lab_time time, const char *who,
                   const char *line);
    void *sink;
    // What its code prints by printf or write(1, ...) is captured: see
    // printed.h.
    bool captures_output;
    int cores;                // shared by virtual burns; 0 is 2
    struct lab_limits limits; // of a virtual run; a real one has none
    // Who runs next, as schedule.h says; borrowed, and changed by the run. NULL
    // is first in, first out. Under the real clock it must be NULL.
    struct lab_schedule *schedule;
};

// Waits until the run has ended, with all its tasks and jobs, and returns
// what its body returned. Called from a task.
//
// Errors: LAB_EINTR if we are cancelled, or the run is interrupted from the
//         terminal. LAB_EDEADLK if every task waits for another. LAB_EEVENTS,
//         LAB_ETURNS or LAB_EMACHINE if it was stopped at that limit.
//         LAB_EUNREAD if the only failure is a task that nobody awaited:
//         .on_say was told its name and where it was spawned.
LAB_CHECKED int lab_run(const struct lab_run_options *options);

// The .context of the current run, from a task or a worker; NULL outside.
const void *lab_run_context(void);

#endif
