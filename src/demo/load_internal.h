// load_internal.h - the bytes of a demo, before it is loaded; private to
// src/demo.

#ifndef LAB_DEMO_LOAD_INTERNAL_H
#define LAB_DEMO_LOAD_INTERNAL_H

#include "demo/load.h"

enum { LAB_LOAD_MOST = 64 << 20 }; // bytes

// Says that [what] could not be done, as [rc] has it: "cannot be read: ...".
// Returns false.
bool lab_load_cannot(struct lab_text *error, const char *what, int rc);

// Appends the bytes of [file], unless somebody else could have changed it, and
// notes when it was built.
//
// Errors: false, with the rest of a sentence in [error].
bool lab_load_read(struct lab_demo_file *file, struct lab_text *bytes,
                   struct lab_text *error);

// Appends those bytes of [file] that would be loaded. Returns false if anything
// about the file has to be told: lab_load_read does. Whether it is damaged
// inside is not looked at.
bool lab_load_glance(struct lab_demo_file *file, struct lab_text *bytes);

#endif
