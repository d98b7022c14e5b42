// semaphore.h - so many tasks at a time, and no more.
//
// Use:
//     struct lab_semaphore seats;
//     lab_semaphore_init_bounded(&seats, 3);
//     ...
//     LAB_TRY(lab_semaphore_acquire(&seats));
//     rc = download(url); // three at a time
//     lab_semaphore_release(&seats);
//
// Rules: who waits longest is next: a permit passes straight into its hands,
// and a newcomer cannot snatch it. A semaphore must outlive all that use it.
// There is nothing to free.

#ifndef LAB_CORE_SEMAPHORE_H
#define LAB_CORE_SEMAPHORE_H

#include "base/error.h"
#include "base/list.h"

#include <stddef.h>

struct lab_semaphore {
    size_t value;            // to be read: permits that nobody holds
    size_t bound;            // to be read: what [value] never exceeds
    struct lab_list waiting; // the semaphore's own, as is its number in the run
    unsigned number;
};

// Makes [semaphore] one with [value] permits. More may be released than were
// acquired: there are then more.
//
// Source: asyncio's Semaphore.
void lab_semaphore_init(struct lab_semaphore *semaphore, size_t value);

// The same, and there are never more than [value].
//
// Source: asyncio's BoundedSemaphore.
void lab_semaphore_init_bounded(struct lab_semaphore *semaphore, size_t value);

// Waits until there is a permit and takes it.
//
// Errors: LAB_ECANCELED if we are cancelled: no permit is then ours.
//         LAB_EPERM outside of a task.
// Source: asyncio's Semaphore.acquire.
LAB_CHECKED int lab_semaphore_acquire(struct lab_semaphore *semaphore);
#define lab_semaphore_acquire LAB_COVER(lab_semaphore_acquire)

// Gives a permit to who waits longest for one, or puts it back. Any task may.
//
// Errors: LAB_EINVAL, and nothing happens, if all permits of a bounded one
//         are there already.
// Source: asyncio's Semaphore.release.
int lab_semaphore_release(struct lab_semaphore *semaphore);
#define lab_semaphore_release LAB_COVER(lab_semaphore_release)

#endif
