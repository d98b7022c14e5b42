// reading_internal.h - which lessons there are and how far each was read, for
// reading.c alone.

#ifndef LAB_SHELL_READING_INTERNAL_H
#define LAB_SHELL_READING_INTERNAL_H

#include "shell/shell.h"

// The first lesson after that of [file], or of all if it is NULL; NULL if there
// is none.
struct lab_demo_file *lab_reading_following(struct lab_shell *shell,
                                            const struct lab_demo_file *file);

// Appends what else there is to type at the end of the lesson of [file];
// nothing if that is nothing.
void lab_reading_put_more(struct lab_text *out, const struct lab_shell *shell,
                          const struct lab_demo_file *file);

// Notes that [part] of the lesson of [file] is read, from 1 on, and finds what
// was noted; 0 if nothing was.
void lab_reading_note_place(const struct lab_demo_file *file, size_t part);
size_t lab_reading_noted_place(const struct lab_demo_file *file);

// The lesson that was read last, if it still is there; else NULL.
struct lab_demo_file *lab_reading_noted_last(struct lab_shell *shell);

// Adds to the learner's progress that [part] of [parts] was read, once.
void lab_reading_note_progress(struct lab_shell *shell,
                               const struct lab_demo_file *file, size_t part,
                               size_t parts);

#endif
