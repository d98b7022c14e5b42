// job_internal.h - a variant of a demo as the body of a run, private to
// src/demo.
//
// Use:
//     struct lab_job job;
//     struct lab_run_options options =
//         lab_job_begin(&job, LAB_CLOCK_VIRTUAL, &settings, index);
//     options.record = ...;
//     rc = lab_run(&options); // as often as you like
//     lab_job_end(&job);

#ifndef LAB_DEMO_JOB_INTERNAL_H
#define LAB_DEMO_JOB_INTERNAL_H

#include "core/run.h"
#include "demo/load.h"
#include "demo/param.h"
#include "demo/standard.h"

// What a run is of: a variant, in a copy of the demo that no other run has.
struct lab_job {
    const struct lab_demo *demo;
    struct lab_demo_copy *copy; // NULL: the demo is not a file's
    size_t index;
    struct lab_clock clock;
    const char *missing; // why what it talks to is not there; or NULL
    int rc;              // why there is no copy; or 0
    struct lab_standard standard;
};

// Takes a copy of settings->demo for [job], which is to run variant [index].
// Its variables are set back before each run.
//
// Owns: [job] and [settings] are needed until lab_job_end.
struct lab_run_options lab_job_begin(struct lab_job *job,
                                     struct lab_clock clock,
                                     const struct lab_settings *settings,
                                     size_t index);

// Finds what the variant talks to, before its run begins: so it takes no time
// of it.
void lab_job_find_outside(struct lab_job *job, struct lab_outside *outside);

// Gives the copy back.
void lab_job_end(struct lab_job *job);

// Does [variant] talk to what does not exist under [clock]?
bool lab_job_is_outside(const struct lab_variant *variant,
                        struct lab_clock clock);

#endif
