// imports.h - does a demo call functions of the C library that it should not?
//
// A task that waits in sleep() or in a mutex holds the thread, and with it the
// loop and every other task. The demo compiles and runs all the same, so the
// learner is told which lab call waits instead.

#ifndef LAB_DEMO_IMPORTS_H
#define LAB_DEMO_IMPORTS_H

#include "base/text.h"

#include <link.h>
#include <stdbool.h>

// Looks at the functions that the loaded [object] imports.
//
// Returns true if there is something to warn of. The sentence begins with the
// file's name, and its rest is in [warning]: "calls what stops the loop and
// every task on it: sleep (use lab_sleep)".
bool lab_imports_warn(const struct link_map *object, struct lab_text *warning);

#endif
