// load_internal.h - the bytes of a demo, before it is loaded; private to
// src/demo.

#ifndef LAB_DEMO_LOAD_INTERNAL_H
#define LAB_DEMO_LOAD_INTERNAL_H

#include "demo/load.h"

#include <link.h>

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

// The object of [file], which is loaded, as the dynamic linker has it.
//
// Owns: borrowed, until it is unloaded.
const struct link_map *lab_load_object(const struct lab_demo_file *file);

#endif
