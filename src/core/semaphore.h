// semaphore.h - at most this many tasks at a time.
//
// Use:
//     struct lab_semaphore seats;
//     lab_semaphore_init_bounded(&seats, 3);
//     ...
//     LAB_TRY(lab_semaphore_acquire(&seats));
//     rc = download(url); // three at a time
//     lab_semaphore_release(&seats);
//
// Rules: the task that has waited longest is next: a permit is handed to it
// directly, and a newcomer cannot overtake it. A semaphore must outlive the
// tasks that use it. There is nothing to free.

#ifndef LAB_CORE_SEMAPHORE_H
#define LAB_CORE_SEMAPHORE_H

#include "base/error.h"
#include "base/list.h"

#include <stddef.h>

struct lab_semaphore {
    size_t value;            // read only: permits that no task holds
    size_t bound;            // read only: what [value] never exceeds
    struct lab_list waiting; // the semaphore's own, as is its number in the run
    unsigned number;
};

// Makes [semaphore] one with [value] permits. Releasing more than were acquired
// adds permits.
//
// Source: asyncio's Semaphore.
void lab_semaphore_init(struct lab_semaphore *semaphore, size_t value);

// The same, and there are never more than [value].
//
// Source: asyncio's BoundedSemaphore.
void lab_semaphore_init_bounded(struct lab_semaphore *semaphore, size_t value);

// Waits until there is a permit and takes it.
//
// Errors: LAB_ECANCELED if we are cancelled: we then hold no permit. LAB_EPERM
//         outside of a task.
// Source: asyncio's Semaphore.acquire.
LAB_CHECKED int lab_semaphore_acquire(struct lab_semaphore *semaphore);
#define lab_semaphore_acquire LAB_COVER(lab_semaphore_acquire)

// Gives a permit to the task that has waited longest, or puts it back. Any task
// may release.
//
// Errors: LAB_EINVAL, and nothing happens, if a bounded one already has all its
//         permits.
// Source: asyncio's Semaphore.release.
int lab_semaphore_release(struct lab_semaphore *semaphore);
#define lab_semaphore_release LAB_COVER(lab_semaphore_release)

#endif
