#include "core/jobs_internal.h"

#include "test.h"

#include <stdint.h>

// The row does not look into jobs, so any address will do.
static char some[1000];
static struct job *job(size_t i) {
    return (struct job *)(void *)&some[i];
}

static size_t add(struct jobs *jobs, size_t i) {
    if (lab_jobs_full(jobs))
        lab_jobs_make_room(jobs);
    return lab_jobs_add(jobs, (struct job_entry){.job = job(i)});
}

static struct job *take(struct jobs *jobs) {
    return lab_jobs_take(jobs).job;
}

TEST(jobs_come_out_in_their_order_however_many_there_are) {
    struct jobs jobs = {0};
    size_t taken = 0;
    CHECK(!take(&jobs));
    for (size_t i = 0; i < 1000; i++) { // one is taken for two that are added
        add(&jobs, i);
        if (i % 2)
            CHECK(take(&jobs) == job(taken++));
    }
    while (!lab_jobs_empty(&jobs))
        CHECK(take(&jobs) == job(taken++));
    CHECK_INT(taken, 1000);
    lab_jobs_free(&jobs);
}

TEST(a_removed_job_is_passed_over_wherever_it_was) {
    struct jobs jobs = {0};
    size_t places[5];
    for (size_t i = 0; i < 5; i++)
        places[i] = add(&jobs, i);
    CHECK(lab_jobs_remove(&jobs, job(1), places[1])); // in the middle
    CHECK(lab_jobs_remove(&jobs, job(0), places[0])); // the first
    CHECK(take(&jobs) == job(2));
    CHECK(lab_jobs_remove(&jobs, job(4), places[4])); // the last
    CHECK(take(&jobs) == job(3));
    CHECK(lab_jobs_empty(&jobs));
    lab_jobs_free(&jobs);
}

TEST(a_job_that_was_taken_or_removed_cannot_be_removed) {
    struct jobs jobs = {0};
    size_t taken = add(&jobs, 0), removed = add(&jobs, 1);
    take(&jobs);
    lab_jobs_remove(&jobs, job(1), removed);
    CHECK(!lab_jobs_remove(&jobs, job(0), taken));
    CHECK(!lab_jobs_remove(&jobs, job(1), removed));
    for (size_t i = 2; i < 100; i++) { // others stand in their places
        add(&jobs, i);
        CHECK(!lab_jobs_remove(&jobs, job(0), taken));
        CHECK(!lab_jobs_remove(&jobs, job(1), removed));
        take(&jobs);
    }
    CHECK(lab_jobs_empty(&jobs));
    lab_jobs_free(&jobs);
}
