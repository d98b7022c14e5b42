// park_internal.h - how a task waits, is woken, and is told to stop; private to
// src/core.

#ifndef LAB_CORE_PARK_INTERNAL_H
#define LAB_CORE_PARK_INTERNAL_H

#include "core/scope_internal.h"
#include "core/task_internal.h"

// Parks the running task until it is woken, and returns what the waker gave.
// [deadline] is absolute loop time, LAB_FOREVER for none; after it the result
// is [late]. [other] is for the record. Does not wait if the task must stop.
int lab_task_wait(enum lab_event_on on, unsigned other, lab_time deadline,
                  int late);

// As above, but a cancel that ends the wait does not count as heard yet: the
// caller calls lab_task_hear, unless it has something better to return.
int lab_task_wait_unheard(enum lab_event_on on, unsigned other,
                          lab_time deadline, int late);

// [task] is about to get [rc] from a wait; if that is its cancel, it is heard.
void lab_task_hear(lab_task *task, int rc);

// As lab_task_wait with no deadline, but ignores cancellation. Negative only
// when a deadlock is broken.
int lab_task_wait_shielded(enum lab_event_on on, unsigned other);

// Makes [task] ready if it waits; returns whether it did.
bool lab_task_wake(lab_task *task, int result);

// Ends the wait of [task] if it must stop.
void lab_task_stop(lab_task *task);

// Is [task] cancelled, or a timeout of it over, and no shield keeps that out?
static inline bool lab_task_must_stop(const lab_task *task) {
    return task->scope ? lab_scope_must_stop(task) : task->cancelled;
}

// [task] has left a timeout: if it need not stop any more, its refused waits
// are forgotten.
void lab_task_forgive(lab_task *task);

// May the running task wait? 0 if so; LAB_EPERM if there is none, and
// LAB_ECANCELED if it must stop. Every function that waits calls this first.
// Waits only if the task was refused very often, so that others get their turn.
int lab_task_refuse(lab_task *task); // returns why not
static inline int lab_task_check(void) {
    lab_task *task = lab_task_self();
    return task && !lab_task_must_stop(task) ? 0 : lab_task_refuse(task);
}

// The absolute loop time [delay] from now, of the run of [task]; or of the
// running task's.
lab_time lab_task_deadline_of(const lab_task *task, lab_time delay);
lab_time lab_task_deadline(lab_time delay);

// Writes that a timer of [task], set to the loop time [at], is due; and that it
// was a timeout, which has passed.
void lab_task_note_timer(lab_task *task, lab_time at);
void lab_task_note_timeout(lab_task *task, lab_time at);

#endif
