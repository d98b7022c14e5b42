// explore.h - every schedule of a small model, one after another.
//
// Use:
//     struct lab_exploration seen = {.most = 100000};
//     lab_explore(&(struct lab_run_options){.body = model}, &seen);
//
// The model is run under the virtual clock, from its beginning, once for each
// order in which its tasks can be chosen: 3 tasks of 4 steps each have 34,650.
// What is explored is the order of steps, not that of instructions: a step of a
// task lasts until it waits, one of a job until it blocks or computes.
//
// With .cancel_at a task is cancelled in each of them. To cover all moments,
// try 1, 2 and so on until no schedule has that many.

#ifndef LAB_CORE_EXPLORE_H
#define LAB_CORE_EXPLORE_H

#include "core/run.h"
#include "core/schedule.h"

struct lab_exploration {
    size_t most; // how many schedules to try at most; 0 is a million
    // How many choices of an order are varied at most; those after them are
    // first in, first out. 0: all. A task that yields until another has run can
    // be chosen for ever, so there is no end of orders.
    size_t deepest;
    // Called before each run, and may give it a record of its own. May be NULL.
    void (*begin)(void *arg, struct lab_run_options *options);
    // Called after each run, with what it returned; returns false if that is
    // wrong. NULL: a negative result is wrong. May set [stop]. If it waits,
    // lab_explore waits too.
    bool (*right)(void *arg, int rc);
    void *arg;
    bool stop; // try no more
    enum lab_victim
        victim;       // which task is cancelled at the moment [cancel_at],
    size_t cancel_at; // from 1; 0: none. See schedule.h
    // What came out:
    const struct lab_schedule *schedule; // of the last run, for [right]
    size_t schedules, wrong;
    size_t reached;        // schedules that had that moment
    bool truncated;        // there are more schedules than were tried
    bool shallow;          // some had more choices than [deepest]
    struct lab_text first; // the script of the first wrong one
};

// Runs [model] under every schedule. Its .clock and .schedule are ignored. Does
// not wait. An interrupt from the terminal ends it, as [stop] does.
//
// Owns: [first] is yours to free.
void lab_explore(const struct lab_run_options *model,
                 struct lab_exploration *exploration);

#endif
