// condition.h - waiting, with a lock let go meanwhile, until something changed.
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
//     lab_lock_release(&lock); // it is ours in any case
//     ...
//     LAB_TRY(lab_lock_acquire(&lock));
//     stock++;
//     lab_condition_notify(&changed, 1);
//     lab_lock_release(&lock);
//
// Rules: each of these is called with the lock held. What was waited for may
// no longer be so when the wait is over, since others may have had the lock in
// between: hence the loop, or lab_condition_wait_for. A condition must outlive
// all that use it. There is nothing to free.

#ifndef LAB_CORE_CONDITION_H
#define LAB_CORE_CONDITION_H

#include "base/list.h"
#include "core/lock.h"

#include <stddef.h>

struct lab_condition {
    struct lab_lock *lock;   // to be read
    struct lab_list waiting; // the condition's own, as is its number in the run
    unsigned number;
};

// Makes [condition] one that goes with [lock].
//
// Owns: borrows [lock]; several conditions may share it.
void lab_condition_init(struct lab_condition *condition, struct lab_lock *lock);

// Releases the lock, waits to be notified, and takes the lock again. That
// last wait is deaf to cancellation: the lock is ours whatever is returned,
// LAB_EDEADLK excepted. Who was notified and then cancelled gets 0, and
// hears of the cancel in its next wait: no notification is lost.
//
// Errors: LAB_ECANCELED if we are cancelled before we are notified.
//         LAB_EINVAL if we do not hold the lock. LAB_EPERM outside of a task.
//         LAB_EDEADLK when nothing is left that could give us the lock back:
//         it is then not ours.
// Source: asyncio's Condition.wait.
LAB_CHECKED int lab_condition_wait(struct lab_condition *condition);
#define lab_condition_wait LAB_COVER(lab_condition_wait)

// Waits, as above, until [holds] says true of [arg]: it is asked with the lock
// held, first of all and after each notification.
//
// Source: asyncio's Condition.wait_for.
LAB_CHECKED int lab_condition_wait_for(struct lab_condition *condition,
                                       bool (*holds)(void *arg), void *arg);
#define lab_condition_wait_for LAB_COVER(lab_condition_wait_for)

// Has the [count] tasks that wait longest go on, once they have the lock.
// Returns how many there were.
//
// Errors: LAB_EINVAL if we do not hold the lock.
// Source: asyncio's Condition.notify.
int lab_condition_notify(struct lab_condition *condition, size_t count);
#define lab_condition_notify LAB_COVER(lab_condition_notify)

// The same with all that wait now.
//
// Source: asyncio's Condition.notify_all.
int lab_condition_notify_all(struct lab_condition *condition);
#define lab_condition_notify_all LAB_COVER(lab_condition_notify_all)

#endif
