// bench.h - what a scenario is given, and what it prints.
//
// A scenario is a file here and a row in main.c. It does the work of the
// program of the same folder in peers/, through the public API, and prints
// "metric value" lines under the names given in its row.

#ifndef LAB_BENCH_H
#define LAB_BENCH_H

#include "core/task.h"
#include "record/clock.h"

#include <stdbool.h>

struct bench {
    bool quick;           // a tiny size: does it work, not how fast
    bool recorded;        // keep a record of each run
    const char *argument; // the word after the name; NULL if there is none
};

typedef int bench_fn(const struct bench *bench);

// The scenarios. Each returns 0 or an error.
bench_fn bench_echo, bench_executor, bench_gather, bench_http, bench_queue,
    bench_record, bench_spawn, bench_switch, bench_timer, bench_transfer,
    bench_views, bench_virtual;

// Runs [body] with [arg] as the root task of a run, on a loop of its own, and
// returns what it returned. Its record is freed.
LAB_CHECKED int bench_run(const struct bench *bench, struct lab_clock clock,
                          lab_fn *body, void *arg);

// Prints one figure.
void bench_print(const char *metric, double value);

// [full], or a tiny size in a quick run.
long bench_size(const struct bench *bench, long full, long tiny);

// Nanoseconds per piece of work: [count] of them since machine time [began].
double bench_each(lab_time began, long count);

// Has [tasks] tasks yield [yields] times altogether, and stores how many
// nanoseconds one took in [*ns].
LAB_CHECKED int bench_yields(const struct bench *bench, struct lab_clock clock,
                             size_t tasks, long yields, double *ns);

#endif
