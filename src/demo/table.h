// table.h - does a demo's table follow the rules of demo.h?

#ifndef LAB_DEMO_TABLE_H
#define LAB_DEMO_TABLE_H

#include "base/text.h"
#include "demo/demo.h"

#include <stdbool.h>

// Checks the table of the demo that its file calls [name]: plain names, no
// two alike, defaults in range, a body for each variant, and laws that
// evaluate with every parameter at its default, its least and its greatest. If
// [name] is NULL, it is a learner's own program: its name, its question, texts
// and laws may be left out.
//
// Errors: false, with the rest of a sentence in [error] that begins with the
//         file's name: "has no default in range for \"delay\"".
bool lab_table_check(const struct lab_demo *demo, const char *name,
                     struct lab_text *error);

#endif
