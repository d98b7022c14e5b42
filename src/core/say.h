// say.h - what a task reports: a line, a mark in time, a count, or that there
// is nothing to do.

#ifndef LAB_CORE_SAY_H
#define LAB_CORE_SAY_H

#include "base/error.h"

// Prints one line, formatted, with the run's time before it. Callable from
// tasks and workers. Control characters are made visible.
__attribute__((format(printf, 1, 2))) void lab_say(const char *format, ...);
#define lab_say LAB_COVER(lab_say)

// Notes in the record that [name] happened now. A comparison measures the
// longest time between marks of one name.
void lab_mark(const char *name);
#define lab_mark LAB_COVER(lab_mark)

// Changes the gauge called [name] by [delta]: how many are inside, how many are
// open. A gauge begins at 0. Claims can name its peak, its least and its last
// value, and a timeline draws it.
void lab_count(const char *name, int delta);
#define lab_count LAB_COVER(lab_count)

// Says that this run cannot do its work here: why, and what to do about it.
//
//     if (!server)
//         return lab_skip("no PostgreSQL server is here; install postgresql");
//
// A variant that returns the code is shown as "skipped: no PostgreSQL ...". It
// has neither held nor failed. Callable from tasks and workers.
//
// Errors: LAB_ESKIPPED, always.
LAB_CHECKED __attribute__((format(printf, 1, 2))) int
lab_skip(const char *format, ...);
#define lab_skip LAB_COVER(lab_skip)

#endif
