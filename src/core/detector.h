// detector.h - says which task holds the loop, while it still does.
//
// Use:
//     LAB_TRY(lab_detector_start(100 * LAB_MS, NULL, NULL));
//     ...
//     lab_detector_stop();
//
// A loop that is blocked cannot say so itself. So a thread, the watchdog,
// watches it and reports
//
//     a task that has run for too long without waiting, by its name, its
//     function, and where it was spawned;
//     a turn that is too long although no single step of it is: too many
//     tasks were ready at once.
//
// Each is reported once. The watchdog uses the machine's clock, whatever clock
// a run has: a task or a job of a virtual run that takes machine time is
// reported too, because a plain sleep() there holds everything. Without a
// detector the loop only tests a pointer.

#ifndef LAB_CORE_DETECTOR_H
#define LAB_CORE_DETECTOR_H

#include "base/text.h"
#include "core/task.h"

#include <stdint.h>

// What the watchdog found. A step is what a task does between two waits.
struct lab_blocked {
    bool one_step;    // a single step is too long; else the turn
    lab_time held;    // how long the step or the turn has lasted so far
    uint64_t steps;   // of the turn until now
    lab_time longest; // the longest of those; for one_step, [held]
    bool is_virtual;  // while the run's own time stood still
    // Whose that step is:
    unsigned task;     // its number in its run
    char name[32];     // the task's
    unsigned job;      // that it waits for in a virtual worker; or 0
    char worker[48];   // that worker's name
    char function[64]; // the body of the task or the job; "" if not known
    char file[128];    // where the task was spawned
    int line;
    char at_file[128]; // where a demo's step made its last call
    int at_line;       // 0 if that is not known
};

// Hears of a block, on the watchdog's thread and while the loop is held.
//
// Owns: [blocked] is borrowed for the call.
typedef void lab_detector_fn(void *sink, const struct lab_blocked *blocked);

// Starts to watch the loop of this thread: [fn] is called with [sink] for each
// block of [threshold] or longer. If [fn] is NULL, a line goes to standard
// error instead.
//
// Owns:   [sink] stays yours, and in use until lab_detector_stop.
// Errors: LAB_EBUSY if it is watched already. LAB_EINVAL if [threshold] is not
//         above 0, or the outermost loop of this thread is virtual. LAB_EPERM
//         in a worker. LAB_ENOMEM if a thread cannot be started.
// Source: asyncio's slow_callback_duration, which tells when it is over.
LAB_CHECKED int lab_detector_start(lab_time threshold, lab_detector_fn *fn,
                                   void *sink);

// Stops watching, if it was; a report that has begun is finished first. The end
// of the loop does this too. A [fn] must not call it.
void lab_detector_stop(void);

// Writes [blocked] as a sentence without its full stop: "task #2 sum, running
// add_up(), at demos/05_block.c:7, spawned at demos/05_block.c:12, has held
// the loop for 104.2 ms", and in a virtual run " of machine time".
void lab_detector_put(struct lab_text *out, const struct lab_blocked *blocked);

#endif
