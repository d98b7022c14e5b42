// outside.h - what a variant talks to that is not in its run: found, or started
// for it.
//
// Use:
//     struct lab_outside outside = {0};
//     settings.outside = &outside;
//     ... run variants with these settings ...
//     lab_outside_close(&outside);
//
// A variant says in its table that it talks to "PostgreSQL". What its row in
// outside.c knows by that name is started before the first such run, and not
// within it: so starting takes no time of the run.

#ifndef LAB_DEMO_OUTSIDE_H
#define LAB_DEMO_OUTSIDE_H

#include "base/text.h"

#include <stdbool.h>

struct lab_process;

// Zeroed is nothing. For lab_outside_open and _close alone.
struct lab_outside {
    const char *name;      // borrowed; NULL: nothing was asked for yet
    struct lab_text where; // how to reach it
    struct lab_text why;   // it is not there: why, in a sentence
    struct lab_process *process;
};

// Is [name] something that looplab finds or starts?
bool lab_outside_is_known(const char *name);

// Finds or starts what is known as [name], unless that was done before. Returns
// NULL, or one sentence if it is not there: why, and what to do. Waits, unless
// the environment names one.
//
// Owns: borrowed, until lab_outside_close.
const char *lab_outside_open(struct lab_outside *outside, const char *name);

// How to reach it; NULL if it is not there, or nothing was asked for. So it is
// of a NULL.
//
// Owns: borrowed, until lab_outside_close.
const char *lab_outside_where(const struct lab_outside *outside);

// Stops what was started, and frees what [outside] has. Waits, also in a
// cancelled task, until nothing is left of it.
void lab_outside_close(struct lab_outside *outside);

#endif
