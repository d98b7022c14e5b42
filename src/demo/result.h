// result.h - a demo's variants, run, and measured against their laws.

#ifndef LAB_DEMO_RESULT_H
#define LAB_DEMO_RESULT_H

#include "demo/claim.h"
#include "demo/load.h"
#include "demo/param.h"
#include "record/file.h"

// A listener for what happens. Any may be NULL.
struct lab_result_sink {
    // [run] is about to begin, and what happens will be in its record.
    void (*on_run)(void *sink, struct lab_run *run);
    void (*on_say)(void *sink, lab_time time, const char *who,
                   const char *line);
    void *sink;
};

// Fills [comparison], whose number and clock are set, with what [settings] say
// of the demo: its name, its question, its parameters.
void lab_result_begin(struct lab_comparison *comparison,
                      const struct lab_settings *settings);

// Says that variant [index] of settings->demo is going to run: [comparison],
// which is begun, then expects what its law predicts.
void lab_result_expect(struct lab_comparison *comparison,
                       const struct lab_settings *settings, size_t index);

// Waits while variant [index] of settings->demo runs, and adds that run to
// [comparison], which is begun.
//
// Errors: what the variant returned, if negative (it is in the run too).
int lab_result_run(struct lab_comparison *comparison,
                   const struct lab_settings *settings, size_t index,
                   const struct lab_result_sink *sink);

// As lab_result_run, under the virtual clock and under every schedule that
// [exploration] tries. Its .begin is ours; when its .right is called, the run
// that was added to [comparison] holds the record and the measures of that
// schedule, and afterwards those of the last.
struct lab_exploration; // core/explore.h
void lab_result_explore(struct lab_comparison *comparison,
                        const struct lab_settings *settings, size_t index,
                        struct lab_exploration *exploration);

// The parameters of [comparison], as claims see them.
//
// Owns: borrows [comparison].
struct lab_claim_names
lab_result_names(const struct lab_comparison *comparison);

// Measures [run] of [comparison] against its laws.
void lab_result_measure(const struct lab_comparison *comparison,
                        struct lab_run *run);

// Reads the file at [path] as lab_recording_read does, and measures its runs.
bool lab_result_read(struct lab_recording *recording, const char *path,
                     struct lab_text *error);

// How far [measured] may be from [predicted] for the law to hold: nothing
// under the virtual clock; else 20 ms of the machine's time or 5 %, whichever
// is more.
lab_time lab_measure_tolerance(struct lab_clock clock, lab_time predicted);

#endif
