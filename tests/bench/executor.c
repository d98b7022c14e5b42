// executor.c - to a pool of two workers and back: one job at a time, and a
// thousand in flight.

#include "bench.h"

#include "base/alloc.h"
#include "core/executor.h"

enum { WARM_UP = 1000, ASKERS = 1000 };

struct jobs {
    lab_pool *pool;
    long one_by_one, together; // how many
    long left;
    double seq_us, per_s;
};

static int job(void *arg) {
    ++*(long *)arg;
    return 0;
}

static int in_turn(struct jobs *jobs, long count) {
    long ran = 0;
    for (long i = 0; i < count; i++)
        LAB_TRY(lab_offload(jobs->pool, job, &ran));
    return ran == count ? 0 : LAB_EINVAL;
}

static int asker(void *arg) {
    struct jobs *jobs = arg;
    long ran = 0;
    while (jobs->left > 0) {
        jobs->left--;
        LAB_TRY(lab_offload(jobs->pool, job, &ran));
    }
    return 0;
}

static int in_flight(struct jobs *jobs) {
    lab_task *askers[ASKERS];
    jobs->left = jobs->together;
    for (size_t i = 0; i < ASKERS; i++)
        askers[i] = lab_spawn("asker", asker, jobs);
    return lab_gather(askers, ASKERS);
}

static int all(void *arg) {
    struct jobs *jobs = arg;
    jobs->pool = lab_pool_new("pool", 2);
    if (!jobs->pool)
        return LAB_ENOMEM;
    LAB_TRY(in_turn(jobs, WARM_UP));
    lab_time began = lab_clock_machine();
    LAB_TRY(in_turn(jobs, jobs->one_by_one));
    jobs->seq_us = bench_each(began, jobs->one_by_one) / (double)LAB_US;
    began = lab_clock_machine();
    LAB_TRY(in_flight(jobs));
    jobs->per_s = (double)LAB_S / bench_each(began, jobs->together);
    return 0;
}

int bench_executor(const struct bench *bench) {
    struct jobs jobs = {
        .one_by_one = bench_size(bench, 50 * 1000, 10),
        .together = bench_size(bench, 300 * 1000, 1000),
    };
    LAB_TRY(bench_run(bench, LAB_CLOCK_REAL, all, &jobs));
    bench_print("seq_us", jobs.seq_us);
    bench_print("inflight1000_per_s", jobs.per_s);
    return 0;
}
