// recording_reader.h - a recording that is being read, private to src/demo.

#ifndef LAB_DEMO_RECORDING_READER_H
#define LAB_DEMO_RECORDING_READER_H

#include "base/json.h"
#include "demo/recording.h"

struct reader {
    struct lab_recording *recording;
    struct lab_recorded *last;  // the demo that is being read
    struct lab_result *result;  // the run that is being read, or NULL
    struct lab_json json;       // of the line
    uint64_t events;            // of the run
    lab_time end;               // of the run
    struct lab_text text, word; // scratch
};

// Reads a string that outlives the line, or null. Until lab_reader_settle it is
// no pointer yet, but can be compared with NULL.
const char *lab_reader_keep(struct reader *reader);

// Reads a string that is there until the next one is read.
const char *lab_reader_word(struct reader *reader);

// Reads a first line: the demo, as yet without runs.
void lab_reader_demo(struct reader *reader);

// Makes pointers of what was kept for [recorded], once all of it is read.
void lab_reader_settle(struct lab_recorded *recorded);

#endif
