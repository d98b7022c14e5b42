// folder.h - the folder of lessons: which lesson belongs to which demo.
//
// A lesson has the number and the name of its demo: NN_name.md, wherever the
// file is. One without a demo has a program of that name beside it instead,
// NN_name.c, which a learner runs as a program of his own.

#ifndef LAB_LESSON_FOLDER_H
#define LAB_LESSON_FOLDER_H

#include "base/text.h"
#include "demo/load.h"

#include <stddef.h>

// Appends to [path] where the lesson of [demo] is in [folder].
void lab_folder_path(const char *folder, const struct lab_demo_file *demo,
                     struct lab_text *path);

// Can the lesson of [demo] in [folder] be read?
bool lab_folder_has(const char *folder, const struct lab_demo_file *demo);

// Finds the demo whose lesson is at [path]. NULL if there is none.
struct lab_demo_file *lab_folder_demo(const struct lab_demos *demos,
                                      const char *path);

// Finds the lessons in [folder] that have a program and none of [demos]. Each
// is a file in [own] with a source and no demo to load.
//
// Owns: yours, until lab_demos_free. [own] is zeroed.
void lab_folder_read(struct lab_demos *own, const char *folder,
                     const struct lab_demos *demos);

// Appends to [error] one sentence a line, in the order of their names, for each
// file in [folder] that has the name of a lesson, but neither demo nor program.
// Returns how many there are; none if there is no such folder.
size_t lab_folder_strays(const char *folder, const struct lab_demos *demos,
                         struct lab_text *error);

#endif
