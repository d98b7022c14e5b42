// outcome_internal.h - something that ends once, and its waiters; private to
// src/core.

#ifndef LAB_CORE_OUTCOME_INTERNAL_H
#define LAB_CORE_OUTCOME_INTERNAL_H

#include "base/list.h"
#include "core/task.h"
#include "core/wait.h"
#include "record/event.h"

// Something that ends once, and the waiters that are then told.
struct outcome {
    struct lab_list waiters; // of struct waiter
    int result;
    bool over;
    bool read; // the result was given to a task that can act on it
};

// One interest in an outcome: told once, when it is over.
struct waiter;
typedef void lab_tell_fn(struct waiter *waiter, struct outcome *outcome);
struct waiter {
    struct lab_list node;
    lab_tell_fn *tell;
    void *owner; // tell's own
};

// A task's wait for several outcomes. Lies on its stack.
struct gathering {
    lab_task *task;
    enum lab_when when; // when the wait is over
    size_t joined, ended, failed;
    struct outcome *error; // the first failure in time
    bool winding_up;       // we asked for the cancels that come now
};

void lab_outcome_init(struct outcome *outcome);
void lab_outcome_set(struct outcome *outcome, int result);

// Has [waiter] told when [outcome] is over; at once if it is. Taking its node
// out of the list ends that.
void lab_outcome_join(struct outcome *outcome, struct waiter *waiter,
                      lab_tell_fn *tell, void *owner);

// Adds [outcome] to what [g] waits for.
void lab_gathering_join(struct gathering *g, struct waiter *waiter,
                        struct outcome *outcome);

// As above, for the end of [task]; notes it in the record.
void lab_gathering_join_task(struct gathering *g, struct waiter *waiter,
                             lab_task *task);

// Waits until the condition is met. Returns 0 even if cancelled at the same
// moment.
//
// Errors: LAB_ETIMEDOUT after [deadline]; LAB_ECANCELED.
int lab_gathering_wait(struct gathering *g, enum lab_event_on on,
                       unsigned other, lab_time deadline);

// Waits until all are over; ignores cancellation. Negative only when a deadlock
// is broken.
int lab_gathering_wind_up(struct gathering *g, enum lab_event_on on,
                          unsigned other);

// Waits until [outcome] is over. Returns 0, or LAB_ECANCELED.
int lab_outcome_wait(struct outcome *outcome, enum lab_event_on on,
                     unsigned other);

// As above, but ignores cancellation.
void lab_outcome_wait_shielded(struct outcome *outcome, enum lab_event_on on,
                               unsigned other);

#endif
