// imports.h - which functions of the C library does a demo call that it should
// not?
//
// A task that waits in sleep() or in a mutex holds the thread, and with it the
// loop and every other task. The demo compiles and runs all the same, so the
// learner is told which lab call waits instead.

#ifndef LAB_DEMO_IMPORTS_H
#define LAB_DEMO_IMPORTS_H

#include "base/text.h"

#include <link.h>
#include <stdbool.h>

// Looks at what the loaded [object] takes from elsewhere.
//
// Returns true if there is something to tell, with the rest of a sentence in
// [warning] that begins with the file's name: "calls what stops the loop and
// every task on it: sleep (use lab_sleep)".
bool lab_imports_warn(const struct link_map *object, struct lab_text *warning);

#endif
