// file_internal.h - what the files share that read the lines of a record.

#ifndef LAB_RECORD_FILE_INTERNAL_H
#define LAB_RECORD_FILE_INTERNAL_H

#include "base/json.h"
#include "record/file.h"

struct lab_reader {
    struct lab_recording *recording;
    struct lab_comparison *last; // the demo that is being read; NULL: none yet
    struct lab_run *run;         // the run that is being read, or NULL
    struct lab_json json;        // of the line
    uint64_t events;             // of the run
    struct lab_text text, name;  // of the event
    struct lab_text file, code;  // in which its line is, and the text of that
    struct lab_text word;        // scratch
};

// Reads a string that is there until the next one is read.
const char *lab_reader_word(struct lab_reader *reader);

// Reads a string, or null, into *[kept] in place of what is there.
void lab_reader_kept(struct lab_reader *reader, char **kept);

// Reads a number from 0 to [most].
int64_t lab_reader_int(struct lab_reader *reader, int64_t most);

// Reads the rest of a first line: which demo ran, and how.
void lab_reader_demo(struct lab_reader *reader);

#endif
