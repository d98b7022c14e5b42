// file.h - comparisons as a file: JSON Lines, version 1.
//
// Use:
//     struct lab_recorder recorder;
//     lab_recorder_open(&recorder, "run.jsonl", &error);
//     lab_recorder_begin(&recorder, &comparison);     one line: the demo
//     for (each run) {
//         lab_recorder_run(&recorder, run);           one: the variant
//         ...                                         one for each event
//         lab_recorder_end(&recorder, run);           one: how it ended
//     }
//     lab_recorder_close(&recorder, &error);
//
// The lines are objects. The first names the format:
//     {"looplab":"record","version":1,"demo":"nap","number":5,"asks":"...",
//      "source":"05_nap.c","language":"c","code":null,
//      "mark":null,"gap_text":null,
//      "clock":"virtual","schedule":null,
//      "params":[{"name":"delay","value":1000,"unit":"ms"}]}
//     {"run":"once","text":"sleep once","law":"nap","gap_law":null}
//     {"seq":1,"ns":0,"event":"spawn","task":1,"text":"once"}
//     ...
//     {"end":"once","result":0,"ns":500000000,"events":12}
// An event has seq (from 1 on in each run), ns (since the run began) and
// event. Of the others it has those that its kind has: task, other, worker,
// value, line, file, code, on, need (of, in a run), where, stream ("stderr", or
// nothing), library (true, or nothing), name, text. record/event.h explains
// them; the names are those of its tables. Another demo may follow, with a
// first line again.
//
// A learner's own program has number 0, and brings its text as "code": its file
// may have changed since, or be elsewhere. An event at a line of another of its
// files says which; the first such event of a run has the text of that file.
// tests/record/file.schema.json says the same for programs.
//
// What a reader does not know may come from a later looplab: it skips a member,
// and keeps a kind of event or wait as "other", with its name. It refuses what
// is damaged.

#ifndef LAB_RECORD_FILE_H
#define LAB_RECORD_FILE_H

#include "base/save.h"
#include "record/run.h"

enum { LAB_FILE_VERSION = 1 };

// --- writing

struct lab_recorder {
    struct lab_save save;
    char *path;
    size_t demos;                    // that were begun so far
    const struct lab_record *record; // that is being written
    uint64_t events;                 // of the run that is being written
    size_t files;                    // of that run, whose text was written
};

// Begins to write the file at [path], which appears when the recorder closes.
//
// Errors: false, with one sentence in [error].
bool lab_recorder_open(struct lab_recorder *recorder, const char *path,
                       struct lab_text *error);

// Writes which demo is run and how. Only the name of its source is kept: the
// folder exists on one machine only.
void lab_recorder_begin(struct lab_recorder *recorder,
                        const struct lab_comparison *comparison);

// Writes that [run] begins. Each event that is added to its record is written
// when it is added.
//
// Owns: [recorder] must stay in place until lab_recorder_end.
void lab_recorder_run(struct lab_recorder *recorder, const struct lab_run *run);

// Writes how [run] has ended.
void lab_recorder_end(struct lab_recorder *recorder, const struct lab_run *run);

// Puts the file in its place, or drops it.
//
// Errors: false, with one sentence in [error]: what was there is as it was.
bool lab_recorder_close(struct lab_recorder *recorder, struct lab_text *error);
void lab_recorder_drop(struct lab_recorder *recorder);

// --- reading

// What was read: comparisons as they were when the runs had ended, except that
// their laws are not measured.
struct lab_recording {
    struct lab_comparison **all; // in the order of the file
    size_t count, room;
};

// Reads the file at [path]. As while a run runs, only its first LAB_RECORD_MOST
// events are kept.
//
// Owns:   yours, until lab_recording_free, also when this fails.
// Errors: false, with one sentence in [error] that names file, line and word:
//         what is damaged, cut short, or written by a newer looplab.
bool lab_recording_read(struct lab_recording *recording, const char *path,
                        struct lab_text *error);
void lab_recording_free(struct lab_recording *recording);

// Reads a line at a time, whether it comes from a file or a pipe. After each
// line [recording] holds all that was read so far; a run whose end was not
// read yet is its last one.
struct lab_reader;
struct lab_reader *lab_reader_new(struct lab_recording *recording);
void lab_reader_free(struct lab_reader *reader);

// Reads the next line, [n] bytes ended by a NUL.
//
// Errors: false, with the rest of a sentence in [error] that begins with the
//         place of the line.
bool lab_reader_line(struct lab_reader *reader, const char *line, size_t n,
                     struct lab_text *error);

// The run that is being read, whose end was not read yet; NULL if there is
// none.
struct lab_run *lab_reader_run(const struct lab_reader *reader);

// Ends the run that is being read, if there is one, with [rc], for no more will
// come of it.
void lab_reader_cut(struct lab_reader *reader, int rc);

// Is what was read complete: did something run, and does each run end?
//
// Errors: as above.
bool lab_reader_end(struct lab_reader *reader, struct lab_text *error);

#endif
