// result.h - a demo's variants, run and measured against their laws.

#ifndef LAB_DEMO_RESULT_H
#define LAB_DEMO_RESULT_H

#include "demo/load.h"
#include "demo/param.h"
#include "record/clock.h"
#include "record/record.h"

// A law beside what was measured. Times in nanoseconds.
struct lab_measure {
    const char *law; // NULL: nothing was predicted
    lab_time predicted, measured;
    bool held;
};

// One variant, run once.
struct lab_result {
    const struct lab_variant *variant; // borrowed from the demo
    struct lab_record *record;         // owned
    struct lab_measure time, gap;
    int rc; // what the variant returned
};

// The variants of one demo that were run, in the order of its table.
struct lab_comparison {
    int number;
    struct lab_demo_file *file; // borrowed; NULL: the demo is not a file's
    struct lab_settings settings;
    struct lab_clock clock;
    char *schedule; // as lab_schedule_parse reads it; owned; NULL is fifo
    struct lab_result results[LAB_DEMO_VARIANTS];
    size_t count;
};

// A listener for what happens while it happens. Any may be NULL.
struct lab_result_sink {
    // [variant] is about to run, and what happens will be in [record].
    void (*on_variant)(void *sink, const struct lab_variant *variant,
                       struct lab_record *record);
    void (*on_say)(void *sink, lab_time time, const char *who,
                   const char *line);
    void *sink;
};

// Waits while variant [index] of settings->demo runs, and adds its result to
// [comparison], whose number, settings and clock are set.
//
// Errors: what the variant returned, if negative (it is in the result too).
int lab_result_run(struct lab_comparison *comparison, size_t index,
                   const struct lab_result_sink *sink);

// Measures result [index] of [comparison], whose .variant and .record are
// set, against its laws.
void lab_result_measure(struct lab_comparison *comparison, size_t index);

// Did every law hold, and did every variant return without error?
bool lab_comparison_held(const struct lab_comparison *comparison);

// Frees the records and the schedule's name.
void lab_comparison_free(struct lab_comparison *comparison);

// How far [measured] may be from [predicted] for the law to hold: nothing
// under the virtual clock; else 20 ms of the machine's time or 5 %, whichever
// is more.
lab_time lab_measure_tolerance(struct lab_clock clock, lab_time predicted);

#endif
