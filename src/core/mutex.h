// mutex.h - one job at a time: a lock for the workers of pools.
//
// Use, in a job of a pool:
//     LAB_TRY(lab_mutex_lock(&mutex)); // a struct lab_mutex
//     rc = read_file(&job); // may lab_block: no other job gets in
//     lab_mutex_unlock(&mutex);
//
// A task holds a lab_lock across its waits; a job cannot wait, and holds its
// thread instead. Under the virtual clock all jobs share one thread, so that a
// pthread_mutex_t held in lab_block would stop them all for ever. This lock
// obeys the run's clock, and stands in the record.
//
// Rules: the job that has waited longest is next: the mutex is handed to it
// directly. A job unlocks what it has locked before it returns. A mutex must
// outlive the jobs that use it. There is nothing to free.

#ifndef LAB_CORE_MUTEX_H
#define LAB_CORE_MUTEX_H

#include "base/error.h"
#include "base/list.h"

struct worker;

struct lab_mutex {
    // The mutex's own:
    struct worker *holder;   // NULL when free
    struct lab_list waiting; // made when first needed
    unsigned number;         // in the run
};

// A free mutex. Zeroed memory is one, too.
#define LAB_MUTEX_INIT                                                         \
    { 0 }
void lab_mutex_init(struct lab_mutex *mutex);

// Holds the worker until the mutex is free, and takes it.
//
// Errors: LAB_EDEADLK if the job holds it already, or if it would wait for a
//         job that waits, in the end, for this one. LAB_EPERM outside of a job:
//         a task uses a lab_lock.
// Source: Python's threading.Lock.acquire.
LAB_CHECKED int lab_mutex_lock(struct lab_mutex *mutex);
#define lab_mutex_lock LAB_COVER(lab_mutex_lock)

// Gives the mutex to the job that has waited longest for it, or frees it.
//
// Errors: LAB_EINVAL, and nothing happens, if the job does not hold it.
// Source: Python's threading.Lock.release.
int lab_mutex_unlock(struct lab_mutex *mutex);
#define lab_mutex_unlock LAB_COVER(lab_mutex_unlock)

#endif
