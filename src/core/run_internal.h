// run_internal.h - a run while it lasts, private to src/core.
//
//     thread --> loop --> run --> tasks (a tree from the run's root)
//                  |        `---> pools --> workers, jobs
//                  `--> ready, timers, mail
//
// A loop under the real clock may carry several runs (and its own root, whose
// run has no record); one under the virtual clock carries one.

#ifndef LAB_CORE_RUN_INTERNAL_H
#define LAB_CORE_RUN_INTERNAL_H

#include "base/list.h"
#include "core/limit_internal.h"
#include "core/run.h"
#include "core/stream_internal.h"
#include "record/location.h"

#include <stdatomic.h>

struct memory; // memory.c

struct run {
    const struct lab_run_options *options;
    struct lab_record *record; // NULL when none is kept
    lab_task *root;
    lab_time began; // machine time; 0 under the virtual clock
    double pace;
    // How many of each were ever numbered. Things that tasks wait for in line
    // are counted by the kind of wait.
    unsigned tasks, jobs, workers, pools, futures, groups, generators, mutexes,
        lines[LAB_ONS];
    uint64_t first_turn; // of the loop
    struct lab_list all_pools;
    struct lab_pool *default_pool; // one of all_pools; NULL until asked for
    struct streams streams;
    struct lab_list fds;             // that are open
    _Atomic(struct memory *) memory; // of lab_state; NULL until asked for
    atomic_bool interrupted;         // read by workers too
    bool is_virtual, deadlocked;
    bool unread;        // a task's error was never read
    struct limit limit; // of a virtual run
};

void lab_run_init(struct run *run, const struct lab_run_options *options);
void lab_run_term(struct run *run);

// The location of [site] in the record of [run]; 0 if it has none.
static inline uint32_t lab_run_location(const struct run *run,
                                        struct lab_site site) {
    return run->record ? lab_location_of(run->record, site.file, site.line) : 0;
}

// The run of the calling task or worker; NULL if there is none.
struct run *lab_run_current(void);

// As above, but ends the program if there is none.
struct run *lab_run_checked(void);

// The run in whose name the loop's thread acts: that of its task, or of the job
// for which the loop makes a call. NULL if there is none, and on a worker.
struct run *lab_run_acting(void);

// Writes an event of [kind] about thing [number], by [task], if [run] has a
// record. What is on is the kind of the thing.
void lab_run_note(struct run *run, enum lab_event_kind kind,
                  enum lab_event_on on, unsigned number, unsigned task,
                  int64_t value);

// Run time now, and at a loop time.
lab_time lab_run_time(const struct run *run);
static inline lab_time lab_run_from_loop(const struct run *run,
                                         lab_time loop_time) {
    lab_time passed = loop_time - run->began;
    if (run->pace == 1)
        return passed;
    double time = (double)passed * run->pace;
    return time < 9e18 ? (lab_time)time : LAB_FOREVER; // of a far deadline
}

// How long [time] of a run lasts on its loop, rounded up.
lab_time lab_run_lasts(const struct run *run, lab_time time);

// The number of a thing that tasks wait for in line: those of a kind are
// numbered in the order in which they were first waited for, or first stood in
// the record. [number] is kept with the thing, and 0 at first.
unsigned lab_run_number(struct run *run, enum lab_event_on kind,
                        unsigned *number);

// Writes an event with the time now, if a record is kept.
void lab_run_event(struct run *run, struct lab_event event, const char *text);

void lab_run_interrupt(struct run *run);

// [task] has failed, and its result can no longer be read: the run will say so.
void lab_run_unread(const lab_task *task);

#endif
