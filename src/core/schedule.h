// schedule.h - which ready task or job runs next, as a policy.
//
// The loop's own order is first in, first out. A correct program depends only
// on the order being fair. Another order, drawn from a seed or written as a
// script of choices, tests that. The same schedule gives the same run again,
// byte for byte.
//
// A choice is made whenever two or more tasks are ready. It is the number, from
// 0, of the one that runs, in the order in which they became ready. So "0,0,0"
// is first in, first out. Schedules are for the virtual clock only; under the
// real one the order also depends on the outside.
//
// It is also made whenever two or more workers have something to do at one
// time: jobs that continue, and the next one to begin. Those of a pool begin in
// the order in which they were asked for, under any schedule.
//
// A schedule may also cancel a task at a chosen moment, to test how a program
// handles that: "cancel:3", or in another order "seed:7+cancel:3". The schedule
// does this because only it acts between a wake and the task's next step;
// without a schedule this costs nothing.

#ifndef LAB_CORE_SCHEDULE_H
#define LAB_CORE_SCHEDULE_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// And it may make a timer late, to test whether a program is right only because
// of its timing: "late:3" is the third timer that fires. It then fires only
// when nothing else is left to do: no task can run, no worker has anything to
// do, and no other timer is left. Or when LAB_LATE_MOST others have fired, for
// a program may tick until that timer has fired.

enum { LAB_LATE_MOST = 100 };

enum lab_schedule_kind {
    LAB_SCHEDULE_FIFO,
    LAB_SCHEDULE_SEED,   // drawn at random; the seed says how
    LAB_SCHEDULE_SCRIPT, // as [choices] says; first in, first out after them
};

// Which task is cancelled, and so at which moments that can be.
enum lab_victim {
    LAB_VICTIM_ROOT,   // the run's root; whenever a task has begun to wait
    LAB_VICTIM_WAITER, // the task that has begun to wait
    LAB_VICTIM_WOKEN,  // the task that continues, at its first step too: its
                       // wait is over, and it has not run yet
};

// One choice that was made: [taken] of [ready] tasks or workers.
struct lab_choice {
    uint32_t taken, ready;
};

// A zeroed schedule is first in, first out.
struct lab_schedule {
    enum lab_schedule_kind kind;
    uint64_t seed;
    // The script; and for every kind but FIFO, what was chosen in the run.
    struct lab_choice *choices;
    size_t scripted, made, capacity;
    uint64_t state; // of the draw
    // The moment at which the victim is cancelled, from 1; 0: never. And the
    // number of such moments in the run.
    enum lab_victim victim;
    size_t cancel_at, moments;
    // Likewise the timer that is late, from 1, and how many have fired.
    size_t late_at, timers;
};

// Frees the choices.
void lab_schedule_free(struct lab_schedule *schedule);

// Reads "fifo", "seed:7" or a script, "0,2,1". [schedule] is zeroed. "late:3"
// and "cancel:3" may follow, in this order, each after a "+", or stand without
// what comes before. "cancel:3": the root is cancelled when a task begins to
// wait for the third time. "cancel-waiter:3" and "cancel-woken:3" are the other
// victims.
//
// Errors: false, with one sentence in [error].
bool lab_schedule_parse(const char *text, struct lab_schedule *schedule,
                        struct lab_text *error);

// Writes the schedule as lab_schedule_parse reads it: its seed or its choices,
// which timer is late, and which task is cancelled when.
void lab_schedule_put(struct lab_text *out,
                      const struct lab_schedule *schedule);

// The same without what follows the last choice that is not first in, first
// out: "0,2,0,0" is "0,2", and "0,0" is "fifo". Safe in a signal handler, if
// [out] is fixed.
void lab_schedule_put_short(struct lab_text *out,
                            const struct lab_schedule *schedule);

// How far a schedule is from first in, first out. A seed is further away than
// any script.
struct lab_schedule_cost {
    uint64_t odd;    // choices that are not; a late timer or a cancel is one
    uint64_t length; // choices up to the last of them
};
struct lab_schedule_cost lab_schedule_cost(const struct lab_schedule *schedule);
static inline bool lab_schedule_is_simpler(struct lab_schedule_cost a,
                                           struct lab_schedule_cost b) {
    return a.odd != b.odd ? a.odd < b.odd : a.length < b.length;
}

// Writes the choices that were made, as the script that makes them again.
void lab_schedule_put_script(struct lab_text *out,
                             const struct lab_schedule *schedule);

// Forgets what was chosen, so that [schedule] can be used for another run.
void lab_schedule_rewind(struct lab_schedule *schedule);

// Makes room for a script of [length] choices, which the caller sets.
void lab_schedule_make_room(struct lab_schedule *schedule, size_t length);

// Chooses one of [ready] tasks or workers, at least 2. For the loop.
size_t lab_schedule_choose(struct lab_schedule *schedule, size_t ready);

// Counts a moment at which a victim of this kind may be cancelled, if
// [schedule] has this kind. Returns whether to cancel now. For the loop.
bool lab_schedule_cancels(struct lab_schedule *schedule,
                          enum lab_victim victim);

// Has the run had the moment of the cancel, and the timer that is late, as far
// as [schedule] has them?
static inline bool lab_schedule_reached(const struct lab_schedule *schedule) {
    return schedule->moments >= schedule->cancel_at &&
           schedule->timers >= schedule->late_at;
}

// Counts a timer that is due. Returns whether it is the one to be late; whether
// that one has been late for long enough. For the loop.
bool lab_schedule_delays(struct lab_schedule *schedule);
bool lab_schedule_delayed(const struct lab_schedule *schedule);

// Makes [schedule] the script of the next run in a walk through all of them, in
// dictionary order. Returns false when that was the last.
bool lab_schedule_next(struct lab_schedule *schedule);

#endif
