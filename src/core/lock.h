// lock.h - one task at a time.
//
// Use:
//     struct lab_lock lock;
//     lab_lock_init(&lock);
//     ...
//     LAB_TRY(lab_lock_acquire(&lock));
//     rc = change(&account); // may wait: no other task gets in
//     lab_lock_release(&lock);
//
// Between two waits a task is alone anyway: a lock is for what must stay
// undisturbed across a wait.
//
// Rules: the task that has waited longest is next: the lock is handed to it
// directly, and a newcomer cannot overtake it. A lock is for tasks of one run,
// and must outlive them. There is nothing to free.

#ifndef LAB_CORE_LOCK_H
#define LAB_CORE_LOCK_H

#include "base/error.h"
#include "base/list.h"

#include <stdbool.h>

struct lab_lock {
    unsigned holder;         // read only: the task's number; 0 when free
    unsigned number, told;   // the lock's own: in the run; the holder on record
    struct lab_list waiting; // the lock's own
};

// Makes [lock] a free one.
void lab_lock_init(struct lab_lock *lock);

// Waits until the lock is free and takes it.
//
// Errors: LAB_ECANCELED if we are cancelled: we do not hold the lock then.
//         LAB_EDEADLK if we hold it already. LAB_EPERM outside of a task.
// Source: asyncio's Lock.acquire.
LAB_CHECKED int lab_lock_acquire(struct lab_lock *lock);
#define lab_lock_acquire LAB_COVER(lab_lock_acquire)

// Waits as above, but ignores cancellation: for clean-up that needs the lock.
//
// Errors: LAB_EDEADLK if we hold it already, or when nothing is left that
//         could release it. LAB_EPERM outside of a task.
LAB_CHECKED int lab_lock_acquire_shielded(struct lab_lock *lock);
#define lab_lock_acquire_shielded LAB_COVER(lab_lock_acquire_shielded)

// Gives the lock to the task that has waited longest for it, or frees it.
//
// Errors: LAB_EINVAL, and nothing happens, if we do not hold it.
// Source: asyncio's Lock.release, which lets anybody release it.
int lab_lock_release(struct lab_lock *lock);
#define lab_lock_release LAB_COVER(lab_lock_release)

// Does any task hold the lock? A lock that is released to a waiting task is
// held at once, although that task has not run yet.
//
// Source: asyncio's Lock.locked.
bool lab_lock_held(const struct lab_lock *lock);

#endif
