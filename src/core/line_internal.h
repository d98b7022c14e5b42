// line_internal.h - tasks that wait in line for one thing, private to src/core.
//
//     line --> place --> task
//              place --> task
//
// A place lies on the stack of the task that waits, often inside a struct in
// which the waker leaves something. All that wait in line are served in the
// order they came.
//
// Rules: between a wake and the moment the task runs others run, so a waker
// hands over what was waited for when it wakes: the permit, the item. A task
// that was woken for another reason before, by a cancel or by its timer, is
// passed over: it was not given anything, and will not be. What waits asks
// lab_task_check first, so that nothing happens for who must stop, whether or
// not there would have been a wait.

#ifndef LAB_CORE_LINE_INTERNAL_H
#define LAB_CORE_LINE_INTERNAL_H

#include "base/list.h"
#include "core/task.h"
#include "record/event.h"

struct place {
    struct lab_list node;
    lab_task *task;
    enum lab_event_on on; // for the record, as is [other]
    unsigned other;
};

// Waits at [place], at the end of [line], and returns what the waker gave;
// when it returns, the place is in no line.
//
// Errors: LAB_ECANCELED, LAB_EPERM, and LAB_ETIMEDOUT at [deadline].
int lab_line_wait(struct lab_list *line, struct place *place,
                  lab_time deadline);

// As above, deaf to cancellation and without a deadline.
//
// Errors: LAB_EDEADLK, when a deadlock is broken.
int lab_line_wait_shielded(struct lab_list *line, struct place *place);

// Wakes the first in [line] that still waits and returns its place, whose
// owner has not run yet; NULL if nobody waits.
struct place *lab_line_wake(struct lab_list *line, int result);

// Wakes all that still wait in [line], and says how many. Who comes later, in
// the same turn too, is not among them.
size_t lab_line_wake_all(struct lab_list *line, int result);

// How many still wait in [line].
size_t lab_line_length(const struct lab_list *line);

#endif
