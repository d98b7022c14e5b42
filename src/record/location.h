// location.h - a line of a program, in whichever of its files it is.
//
// A program's own file is its first: the .c or .py that was run. Others are
// headers of its own that it includes, and modules beside it that it imports.
// Wherever a line of the program is passed on, as in an event, it is one
// number, a location:
//
//     | number of the file | number of the line |
//       8 bits, 0: its own   24 bits, 0: not known
//
// The record keeps the names of the other files, and their text. So a location
// means something only together with the record that it is from.

#ifndef LAB_RECORD_LOCATION_H
#define LAB_RECORD_LOCATION_H

#include "base/text.h"
#include "record/record_internal.h"

enum {
    LAB_LOCATION_BITS = 24,
    LAB_LOCATION_LINE_MOST = (1 << LAB_LOCATION_BITS) - 1
};

static inline unsigned lab_location_line(uint32_t location) {
    return location & LAB_LOCATION_LINE_MOST;
}

// The file of [location]; NULL if it is the program's own.
//
// Owns: borrowed, from [record].
const struct lab_record_file *lab_location_file(const struct lab_record *record,
                                                uint32_t location);

// Returns the text that [location] is in: [own], or that of another file. NULL
// if that is not known.
const char *lab_location_code(const struct lab_record *record,
                              uint32_t location, const char *own);

// Appends "line 12", or "helper.py line 12" if it is not in the program's own
// file.
void lab_location_put(struct lab_text *out, const struct lab_record *record,
                      uint32_t location);

// Have both records the same other files, with the same text?
bool lab_location_same_files(const struct lab_record *a,
                             const struct lab_record *b);

// --- for those who write a record

// Returns [line] of the file called [name], which is added if it is new, and
// then has the text [code] (NULL: not known). Both are copied. Returns 0, a
// location that is not known, when there are too many files.
uint32_t lab_location_add(struct lab_record *record, const char *name,
                          const char *code, unsigned line);

// From now on lines of C files other than [path] are told apart, and the text
// of each is read when the first is met. Without this all lines are the
// program's own.
void lab_location_program(struct lab_record *record, const char *path);

// The location of a line of C; [file] is a __FILE__. Threads may ask for
// locations at the same time.
uint32_t lab_location_find(struct lab_record *record, const char *file,
                           int line);

// The same, quickly: a compiler has one pointer for a file, nearly always.
static inline uint32_t lab_location_of(struct lab_record *record,
                                       const char *file, int line) {
    return line == 0 ||
                   file == __atomic_load_n(&record->own_file, __ATOMIC_RELAXED)
               ? (uint32_t)line
               : lab_location_find(record, file, line);
}

#endif
