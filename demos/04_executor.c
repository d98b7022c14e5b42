// 04 executor: where can blocking work go?
//
// Eight jobs that block, and a heartbeat beside them. On the loop they stop the
// heart. In a pool each blocks one worker, and the loop continues; the total
// time then depends on the number of workers. A job that finds no free worker
// waits in the pool's queue.

#include "lab.h"

enum { MAX_JOBS = 64 };
static lab_pool *pool; // of the variant that runs
static bool beating;   // has the heart begun?

static int heartbeat(void *arg) {
    (void)arg;
    for (;;) {
        lab_mark("beat");
        beating = true;
        LAB_TRY(lab_sleep(lab_param("beat")));
    }
}

static int job(void *arg) {
    (void)arg;
    lab_block(lab_param("job")); // holds whichever thread this is
    return 0;
}

static int job_in_pool(void *arg) {
    return lab_offload(pool, job, arg); // others run meanwhile
}

static int all_jobs(lab_fn *how) {
    lab_task *tasks[MAX_JOBS];
    size_t n = (size_t)lab_param("jobs");
    beating = false;
    lab_task *heart = lab_spawn("heartbeat", heartbeat, NULL);
    while (!beating)
        LAB_TRY(lab_yield()); // the jobs begin when the heart has
    for (size_t i = 0; i < n; i++)
        tasks[i] = lab_spawn("job", how, NULL);
    LAB_TRY(lab_gather(tasks, n));
    lab_say("all %zu jobs are done", n);
    LAB_TRY(lab_yield()); // a beat that is late by now comes at last
    lab_cancel(heart);
    return 0;
}

static int on_loop(void) {
    return all_jobs(job);
}

// [arg] is how many workers; NULL: as many as the parameter says.
static int in_pool(const void *arg) {
    const int *size = arg;
    pool = lab_pool_new("pool", size ? *size : (int)lab_param("workers"));
    return pool ? all_jobs(job_in_pool) : LAB_ENOMEM;
}

static const int one = 1, two = 2, four = 4;

const struct lab_demo lab_demo = {
    .name = "executor",
    .asks = "Where can blocking work go?",
    .params = {{"jobs", 8, .min = 1, .max = MAX_JOBS,
                .text = "how many jobs there are"},
               {"job", 250, .min = 1, .max = 60000, .unit = "ms",
                .text = "how long one of them blocks"},
               {"beat", 100, .min = 1, .max = 10000, .unit = "ms",
                .text = "time from beat to beat"},
               {"workers", 3, .min = 1, .max = 16,
                .text = "how many workers pool has"}},
    .variants =
        {{"on_loop", on_loop, "call each on the loop", "jobs * job",
          .gap = "jobs * job"},
         {"pool_1", .with = in_pool, .arg = &one, .text = "offload to 1 worker",
          .takes = "jobs * job", .gap = "min(beat, jobs * job)"},
         {"pool_2", .with = in_pool, .arg = &two,
          .text = "offload to 2 workers", .takes = "ceil(jobs / 2) * job",
          .gap = "min(beat, ceil(jobs / 2) * job)"},
         {"pool_4", .with = in_pool, .arg = &four,
          .text = "offload to 4 workers", .takes = "ceil(jobs / 4) * job",
          .gap = "min(beat, ceil(jobs / 4) * job)"},
         {"pool", .with = in_pool, .number = "workers",
          .text = "offload to as many workers as you say",
          .takes = "ceil(jobs / workers) * job",
          .gap = "min(beat, ceil(jobs / workers) * job)"}},
    .mark = "beat",
    .gap_text = "longest time without a beat"};
