// skipped.h - demos that cannot run here, because a library is not installed.
//
// make finds that out when it builds a demo, and leaves NN_name.skipped in
// place of NN_name.so: a line for each library, with its package on Debian.
//
//     sqlite3 libsqlite3-dev
//
// The linker finds it out when it loads a demo that was built elsewhere.

#ifndef LAB_DEMO_SKIPPED_H
#define LAB_DEMO_SKIPPED_H

#include "base/text.h"
#include "demo/load.h"

#include <stdbool.h>

// How many bytes of [name] come before ".skipped"; 0 if it does not end so.
size_t lab_skipped_stem(const char *name);

// Reads the file of [file], a .skipped, and marks [file] as skipped.
//
// Errors: false, with the rest of a sentence in [error].
bool lab_skipped_read(struct lab_demo_file *file, struct lab_text *error);

// Marks [file] as skipped if [why], what the linker said, begins with the name
// of a library that is not installed. Returns whether it does.
bool lab_skipped_library(struct lab_demo_file *file, const char *why);

// Notes in [file], which runs, the [libraries] that it was built without, and
// the [packages] that have them: it then does another thing in their place.
// NULL is none.
void lab_skipped_without(struct lab_demo_file *file, const char *libraries,
                         const char *packages);

// Appends why [file], which is skipped, is: "is skipped: it needs sqlite3,
// which is not installed; on Debian, install libsqlite3-dev, then make again".
void lab_skipped_put(const struct lab_demo_file *file, struct lab_text *out);

#endif
