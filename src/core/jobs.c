#include "core/jobs_internal.h"

#include "base/alloc.h"

void lab_jobs_free(struct jobs *jobs) {
    lab_free(jobs->places);
    *jobs = (struct jobs){0};
}

static void grow(struct jobs *jobs, size_t last) {
    struct jobs wider = {.room = jobs->room ? 2 * jobs->room : 16};
    wider.places = lab_alloc(wider.room * sizeof *wider.places);
    for (size_t i = jobs->first; i != last; i++)
        *lab_jobs_at(&wider, i) = *lab_jobs_at(jobs, i);
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

bool lab_jobs_remove(struct jobs *jobs, const struct job *job, size_t place) {
    bool waits = place - jobs->first < jobs->room &&
                 lab_jobs_at(jobs, place)->job == job;
    if (waits)
        lab_jobs_at(jobs, place)->job = NULL;
    return waits;
}
