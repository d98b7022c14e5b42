// switch.c - giving way: one yield of a task to the next that is ready.

#include "bench.h"

#include "base/alloc.h"

enum { MANY = 1000 };

struct crowd {
    size_t tasks;
    long each; // yields of one task
    double ns; // of one yield
};

static int keep_yielding(void *arg) {
    const struct crowd *crowd = arg;
    for (long i = 0; i < crowd->each; i++)
        LAB_TRY(lab_yield());
    return 0;
}

static int all(void *arg) {
    struct crowd *crowd = arg;
    lab_task *tasks[MANY];
    lab_time began = lab_clock_machine();
    for (size_t i = 0; i < crowd->tasks; i++)
        tasks[i] = lab_spawn("yields", keep_yielding, crowd);
    LAB_TRY(lab_gather(tasks, crowd->tasks));
    crowd->ns = bench_each(began, (long)crowd->tasks * crowd->each);
    return 0;
}

int bench_yields(const struct bench *bench, struct lab_clock clock,
                 size_t tasks, long yields, double *ns) {
    struct crowd crowd = {.tasks = tasks, .each = yields / (long)tasks};
    LAB_TRY(bench_run(bench, clock, all, &crowd));
    *ns = crowd.ns;
    return 0;
}

int bench_switch(const struct bench *bench) {
    // A record of as many yields as the peers do would be 2 GB.
    long yields = bench->recorded ? 2 * 1000 * 1000 : 20 * 1000 * 1000;
    double ns;
    yields = bench_size(bench, yields, 2 * MANY);
    LAB_TRY(bench_yields(bench, LAB_CLOCK_REAL, 2, yields, &ns));
    bench_print("ns2", ns);
    LAB_TRY(bench_yields(bench, LAB_CLOCK_REAL, MANY, yields, &ns));
    bench_print("ns1000", ns);
    return 0;
}
