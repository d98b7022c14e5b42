// recording.h - a comparison as a file: JSON Lines, version 1.
//
// Use:
//     struct lab_recorder recorder;
//     lab_recorder_open(&recorder, "run.jsonl", &error);
//     lab_recorder_begin(&recorder, &comparison);     one line: the demo
//     for (each variant) {
//         lab_recorder_run(&recorder, variant, record); one: the variant
//         ...                                    one for each event of record
//         lab_recorder_end(&recorder, &result);         one: how it ended
//     }
//     lab_recorder_close(&recorder, &error);
//
// The lines are objects. The first names the format:
//     {"looplab":"record","version":1,"demo":"nap","number":5,"asks":"...",
//      "source":"05_nap.c","mark":null,"gap_text":null,
//      "clock":"virtual","schedule":null,
//      "params":[{"name":"delay","value":1000,"unit":"ms"}]}
//     {"run":"once","text":"sleep once","law":"nap","gap_law":null}
//     {"seq":1,"ns":0,"event":"spawn","task":1,"text":"once"}
//     ...
//     {"end":"once","result":0,"ns":500000000,"events":12}
// An event has seq (from 1 on in each run), ns (since the run began) and
// event, and of these what its kind has: task, other, worker, value, line,
// on, text. Which mean what, core/trace.h says; names are those of
// lab_event_name. Another demo may follow, beginning with a first line again.
// tests/demo/recording.schema.json says the same for programs.

#ifndef LAB_DEMO_RECORDING_H
#define LAB_DEMO_RECORDING_H

#include "base/save.h"
#include "demo/result.h"

#include <stdbool.h>

enum { LAB_RECORDING_VERSION = 1 };

// --- writing

struct lab_recorder {
    struct lab_save save;
    char *path;
    size_t demos;    // that were written so far
    uint64_t events; // of the run that goes on
};

// Begins to write the file at [path]: it appears when the recorder is closed.
//
// Errors: false, with one sentence in [error].
bool lab_recorder_open(struct lab_recorder *recorder, const char *path,
                       struct lab_text *error);

// Writes down which demo is run and how. [source] is where its C is: its name
// alone is kept, since a folder is of one machine only.
void lab_recorder_begin(struct lab_recorder *recorder,
                        const struct lab_comparison *comparison,
                        const char *source);

// Writes down that [variant] is run; each event that is added to [record] is
// written as it comes.
//
// Owns: [recorder] must stay in place until lab_recorder_end.
void lab_recorder_run(struct lab_recorder *recorder,
                      const struct lab_variant *variant,
                      struct lab_record *record);

// Writes down how the run has ended.
void lab_recorder_end(struct lab_recorder *recorder,
                      const struct lab_result *result);

// Puts the file in its place, or forgets it.
//
// Errors: false, with one sentence in [error]: what was there is as it was.
bool lab_recorder_close(struct lab_recorder *recorder, struct lab_text *error);
void lab_recorder_drop(struct lab_recorder *recorder);

// --- reading

// What a file holds: comparisons as they were when the runs had ended.
struct lab_recording {
    struct lab_recorded *first; // in the order of the file
};

struct lab_recorded {
    struct lab_recorded *next;
    struct lab_comparison comparison; // its demo has no bodies to run
    char *source;                     // the name of its C file; or NULL
    struct lab_demo demo;             // recording's own, as the rest
    struct lab_text texts;
};

// Reads the file at [path]. Of a very long run the first LAB_RECORD_MOST
// events are kept, as when it runs.
//
// Owns:   yours, until lab_recording_free, also when this fails.
// Errors: false, with one sentence in [error] that names file and line: what
//         is damaged, cut short, or written by a newer looplab.
bool lab_recording_read(struct lab_recording *recording, const char *path,
                        struct lab_text *error);
void lab_recording_free(struct lab_recording *recording);

#endif
