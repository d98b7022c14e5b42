// jobs_internal.h - the jobs of a pool that have not begun, in their order;
// private to src/core.
//
//     places  | f | g |   |   | c | - | e |      - was taken out
//                     ^last   ^first             both are counted without end
//
// Only the loop's thread adds jobs. It needs no lock for that: it writes the
// job into a place that no worker looks at yet, and then moves [last]. All else
// is done under the pool's lock, if the workers are threads.

#ifndef LAB_CORE_JOBS_INTERNAL_H
#define LAB_CORE_JOBS_INTERNAL_H

#include "core/task.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

struct job;

// A job, and of it what a worker needs: so that a worker need not look into the
// job itself, and its memory stays in the cache of the loop's processor.
struct job_entry {
    struct job *job; // NULL: there is none
    lab_fn *fn;
    void *arg;
};

// A zeroed one is empty. What the loop writes and what workers write is kept
// apart: a line of the cache that two processors take from each other costs
// more than all the rest.
struct jobs {
    struct job_entry *places;
    size_t room; // a power of two, or 0
    char apart[64];
    atomic_size_t last;
    size_t limit; // the loop may add jobs up to here without looking
    char also_apart[64];
    size_t first;
    size_t known; // what [last] was when a worker looked
};

// Frees the places. No job is left.
void lab_jobs_free(struct jobs *jobs);

// Must be called, under the lock, before one is added to a full row.
void lab_jobs_make_room(struct jobs *jobs);
static inline bool lab_jobs_full(const struct jobs *jobs) {
    return atomic_load_explicit(&jobs->last, memory_order_relaxed) ==
           jobs->limit;
}

static inline struct job_entry *lab_jobs_at(const struct jobs *jobs,
                                            size_t place) {
    return &jobs->places[place & (jobs->room - 1)];
}

// Adds the job of [entry]; returns its place.
static inline size_t lab_jobs_add(struct jobs *jobs, struct job_entry entry) {
    size_t last = atomic_load_explicit(&jobs->last, memory_order_relaxed);
    *lab_jobs_at(jobs, last) = entry;
    atomic_store(&jobs->last, last + 1);
    return last;
}

// Passes over places whose job was taken out. What the loop writes is looked at
// only if no other job is known.
static inline bool lab_jobs_empty(struct jobs *jobs) {
    for (;; jobs->first++) {
        if (jobs->first == jobs->known)
            jobs->known = atomic_load(&jobs->last);
        if (jobs->first == jobs->known)
            return true;
        if (lab_jobs_at(jobs, jobs->first)->job)
            return false;
    }
}

// Takes the first job, if there is one.
static inline struct job_entry lab_jobs_take(struct jobs *jobs) {
    struct job_entry none = {0};
    return lab_jobs_empty(jobs) ? none : *lab_jobs_at(jobs, jobs->first++);
}

// Takes [job] out of its [place]; false if it was taken before.
bool lab_jobs_remove(struct jobs *jobs, const struct job *job, size_t place);

#endif
