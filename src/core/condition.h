// condition.h - waiting for a change, with a lock released meanwhile.
//
// Use:
//     struct lab_lock lock;
//     struct lab_condition changed;
//     lab_lock_init(&lock);
//     lab_condition_init(&changed, &lock);
//     ...
//     LAB_TRY(lab_lock_acquire(&lock));
//     while (rc == 0 && stock == 0)
//         rc = lab_condition_wait(&changed);
//     if (rc == 0)
//         stock--;
//     lab_lock_release(&lock); // we hold it in any case
//     ...
//     LAB_TRY(lab_lock_acquire(&lock));
//     stock++;
//     lab_condition_notify(&changed, 1);
//     lab_lock_release(&lock);
//
// Rules: call each of these with the lock held. What we waited for may no
// longer be true when the wait is over, because others may have had the lock in
// between: hence the loop, or lab_condition_wait_for. A condition must outlive
// the tasks that use it. There is nothing to free.

#ifndef LAB_CORE_CONDITION_H
#define LAB_CORE_CONDITION_H

#include "base/list.h"
#include "core/lock.h"

#include <stddef.h>

struct lab_condition {
    struct lab_lock *lock;   // read only
    struct lab_list waiting; // the condition's own, as is its number in the run
    unsigned number;
};

// Makes [condition] one that goes with [lock].
//
// Owns: borrows [lock]; several conditions may share it.
void lab_condition_init(struct lab_condition *condition, struct lab_lock *lock);

// Releases the lock, waits to be notified, and takes the lock again. That last
// wait ignores cancellation: we hold the lock whatever is returned, except
// after LAB_EDEADLK. A task that was notified and then cancelled gets 0, and
// its next wait fails: no notification is lost.
//
// Errors: LAB_ECANCELED if we are cancelled before we are notified. LAB_EINVAL
//         if we do not hold the lock. LAB_EPERM outside of a task. LAB_EDEADLK
//         when nothing is left that could release the lock: we then do not hold
//         it.
// Source: asyncio's Condition.wait.
LAB_CHECKED int lab_condition_wait(struct lab_condition *condition);
#define lab_condition_wait LAB_COVER(lab_condition_wait)

// Waits, as above, until [holds] returns true for [arg]. It is called with the
// lock held, before the first wait and after each notification.
//
// Source: asyncio's Condition.wait_for.
LAB_CHECKED int lab_condition_wait_for(struct lab_condition *condition,
                                       bool (*holds)(void *arg), void *arg);
#define lab_condition_wait_for LAB_COVER(lab_condition_wait_for)

// Lets the [count] tasks that have waited longest continue, once they have the
// lock. Returns how many there were.
//
// Errors: LAB_EINVAL if we do not hold the lock.
// Source: asyncio's Condition.notify.
int lab_condition_notify(struct lab_condition *condition, size_t count);
#define lab_condition_notify LAB_COVER(lab_condition_notify)

// The same for all tasks that wait now.
//
// Source: asyncio's Condition.notify_all.
int lab_condition_notify_all(struct lab_condition *condition);
#define lab_condition_notify_all LAB_COVER(lab_condition_notify_all)

#endif
