// line_internal.h - tasks that wait in line for one thing, private to src/core.
//
//     line --> waiter --> task
//              waiter --> task
//
// A waiter lies on the stack of the task that waits, often inside a struct in
// which the waker leaves something. Tasks in a line are served in the
// order they came.
//
// Rules: other tasks run between a wake and the moment the woken task runs, so
// the waker hands over what was waited for, a permit or an item, when it wakes.
// A task that was already woken by a cancel or its timer is passed over: it
// gets nothing. A function that may wait calls lab_task_check first, so that a
// task that must stop always fails, even if it would not have to wait.

#ifndef LAB_CORE_LINE_INTERNAL_H
#define LAB_CORE_LINE_INTERNAL_H

#include "base/list.h"
#include "core/task.h"
#include "record/event.h"

struct line_waiter {
    struct lab_list node;
    lab_task *task;
    enum lab_event_on kind; // of wait, for the record, as is [other]
    unsigned other;
};

// Puts [waiter] at the end of [line], waits, and returns what the waker gave.
// Afterwards it is in no line.
//
// Errors: LAB_ECANCELED, LAB_EPERM, and LAB_ETIMEDOUT at [deadline].
int lab_line_wait(struct lab_list *line, struct line_waiter *waiter,
                  lab_time deadline);

// As above, but ignores cancellation and has no deadline.
//
// Errors: LAB_EDEADLK, when a deadlock is broken.
int lab_line_wait_shielded(struct lab_list *line, struct line_waiter *waiter);

// Wakes the first in [line] that still waits and returns its waiter, whose
// owner has not run yet; NULL if nobody waits.
struct line_waiter *lab_line_wake(struct lab_list *line, int result);

// Wakes all tasks that still wait in [line], and returns how many. Tasks that
// come later, even in the same turn, are not among them.
size_t lab_line_wake_all(struct lab_list *line, int result);

// How many tasks still wait in [line].
size_t lab_line_length(const struct lab_list *line);

#endif
