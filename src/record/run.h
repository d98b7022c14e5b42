// run.h - what is known of runs besides their events, as plain structs.
//
// Use:
//     struct lab_comparison comparison = {.number = 3, .clock = ...};
//     comparison.demo = lab_strdup("sequential_gather");
//     lab_comparison_add_param(&comparison, "delay", "1000", "ms");
//     struct lab_run *run = lab_comparison_add_run(&comparison, "in_turn");
//     lab_record_add(run->record, event, text);
//     lab_comparison_free(&comparison);

#ifndef LAB_RECORD_RUN_H
#define LAB_RECORD_RUN_H

#include "base/error.h"
#include "record/clock.h"
#include "record/record.h"

#include <stdbool.h>

// A demo has a number from 0 to this.
enum { LAB_NUMBER_MOST = 999999 };

// A law beside what was measured.
struct lab_measure {
    char *law; // owned; NULL: nothing was predicted
    lab_time predicted, measured;
    bool held;
};

// What is claimed of a run besides: a measure of its record, a relation, and a
// formula or words. demo/claim.h has the language, and judges.
struct lab_claim {
    char *text;    // as its author wrote it; owned
    char *measure; // "peak(inside)", "order"; owned
    char *law;     // "min(n, limit)", or the words; owned
    char relation; // '=', '<' or '>' (or equal); 0: it is in words
    enum lab_claim_unit {
        LAB_CLAIM_TIME,
        LAB_CLAIM_COUNT,
        LAB_CLAIM_PERCENT,
        LAB_CLAIM_WORDS,
    } unit;
    int64_t predicted, measured;
    bool skipped; // it is about first in, first out, and this is another order
    bool missing; // there is nothing in the record that it could measure
    bool held;
    uint32_t event; // the first against it, from 1 on; 0: no single one is
};

// A root task, run once: one variant of a demo, under one clock.
struct lab_run {
    char *name, *text; // of the variant; owned, text may be NULL
    struct lab_measure time, gap;
    struct lab_claim *claims;
    size_t claim_count;
    struct lab_record *record; // owned
    int rc;                    // what the variant returned
    bool meant;                // a failure, and claimed to be one
    bool differs;              // it does other work, and is not compared
    size_t claim_room;         // run.c's own
};

// A parameter, as text: "delay", "1000", "ms". The unit of a count is "". A
// list has commas: "600,200".
struct lab_run_param {
    char *name, *value, *unit; // owned
    bool is_list;
};

// Runs of one demo with the same parameters, in the order in which they ran.
// Strings are owned. A zeroed one is empty.
struct lab_comparison {
    int number;
    char *demo, *asks;      // asks may be NULL, as the following may
    char *mark, *gap_text;  // whose gaps are measured, and what they are
    char *verdict;          // what the author says it comes to; demo/demo.h
    char *source;           // the file with the program's text
    char *code;             // that text, of a program that looplab lacks
    char *language;         // "python 3.11" or "c"; NULL: C, of a demo
    char *schedule;         // as lab_schedule_parse reads it; NULL is fifo
    struct lab_clock clock; // its pace is 0 where nobody has said so far
    bool is_explored;       // in every order; then a turn has no end
    int cores;              // of the machine, under the real clock; 0: not said
    lab_time expected; // what the longest of all runs will take; 0: not known
    struct lab_run_param *params;
    struct lab_run **runs; // each stays where it is
    size_t param_count, count;
    // run.c's own.
    size_t param_room, room;
};

// Copies [name], [value] and [unit]. Returns what was added, no list so far,
// borrowed until the next.
struct lab_run_param *
lab_comparison_add_param(struct lab_comparison *comparison, const char *name,
                         const char *value, const char *unit);

// Adds a run called [name], with an empty record.
//
// Owns: [comparison] does; the run is borrowed until that is freed.
struct lab_run *lab_comparison_add_run(struct lab_comparison *comparison,
                                       const char *name);

// Frees the runs of [comparison] from number [count] on.
void lab_comparison_cut(struct lab_comparison *comparison, size_t count);

// Adds a claim, not yet judged.
void lab_run_add_claim(struct lab_run *run, const char *text);

// Has [run] said that it cannot do its work here? See core/say.h.
static inline bool lab_run_skipped(const struct lab_run *run) {
    return run->rc == LAB_ESKIPPED;
}

// Did [run] end in an error that nobody meant?
static inline bool lab_run_failed(const struct lab_run *run) {
    return run->rc < 0 && !run->meant && !lab_run_skipped(run);
}

// Did [run] do its work? Only then does its time mean something.
static inline bool lab_run_finished(const struct lab_run *run) {
    return !lab_run_failed(run) && !lab_run_skipped(run);
}

// The reason that a skipped run gave: "no server is here; start one".
//
// Owns: borrowed, from the record.
const char *lab_run_skipped_text(const struct lab_run *run);

// Frees all that [run] owns.
void lab_run_clear(struct lab_run *run);

// Finds the run called [name]; NULL if there is none.
struct lab_run *lab_comparison_find(const struct lab_comparison *comparison,
                                    const char *name);

// Appends parameter [index] as it is typed: "delay=1000 ms".
void lab_comparison_put_param(const struct lab_comparison *comparison,
                              size_t index, struct lab_text *out);

// Did every law and every claim hold, and did every run end without error, or
// in the one that was meant? Those that were skipped do not count.
bool lab_comparison_held(const struct lab_comparison *comparison);

// Frees all that [comparison] owns, and empties it.
void lab_comparison_free(struct lab_comparison *comparison);

#endif
