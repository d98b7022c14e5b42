#include "core/jobs_internal.h"

#include "base/alloc.h"

void lab_jobs_free(struct jobs *jobs) {
    lab_free(jobs->places);
    *jobs = (struct jobs){0};
}

static struct job_entry *at(const struct jobs *jobs, size_t place) {
    return &jobs->places[place & (jobs->room - 1)];
}

static void grow(struct jobs *jobs, size_t last) {
    struct jobs wider = {.room = jobs->room ? 2 * jobs->room : 16};
    wider.places = lab_alloc(wider.room * sizeof *wider.places);
    for (size_t i = jobs->first; i != last; i++)
        *at(&wider, i) = *at(jobs, i);
    lab_free(jobs->places);
    jobs->places = wider.places;
    jobs->room = wider.room;
}

void lab_jobs_make_room(struct jobs *jobs) {
    size_t last = atomic_load_explicit(&jobs->last, memory_order_relaxed);
    if (last - jobs->first >= jobs->room / 2)
        grow(jobs, last);
    jobs->limit = jobs->first + jobs->room;
}

bool lab_jobs_empty(struct jobs *jobs) {
    if (jobs->first == jobs->known)
        jobs->known = atomic_load(&jobs->last);
    return jobs->first == jobs->known;
}

// Moves to the next job that is left.
static void skip(struct jobs *jobs) {
    while (!lab_jobs_empty(jobs) && !at(jobs, jobs->first)->job)
        jobs->first++;
}

struct job_entry lab_jobs_take(struct jobs *jobs) {
    if (lab_jobs_empty(jobs))
        return (struct job_entry){0};
    struct job_entry entry = *at(jobs, jobs->first++);
    skip(jobs);
    return entry;
}

bool lab_jobs_remove(struct jobs *jobs, const struct job *job, size_t place) {
    bool waits =
        place - jobs->first < jobs->room && at(jobs, place)->job == job;
    if (waits) {
        at(jobs, place)->job = NULL;
        skip(jobs);
    }
    return waits;
}
