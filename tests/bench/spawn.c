// spawn.c - a task's whole life: spawned, run, awaited and forgotten.

#include "bench.h"

enum { BATCH = 1000 };

struct batches {
    long count;
    int (*wait)(lab_task *const *tasks, size_t count);
    double ns; // of one task
};

static int next(void *arg) {
    return ++*(int *)arg;
}

static int one_by_one(lab_task *const *tasks, size_t count) {
    for (size_t i = 0; i < count; i++)
        LAB_TRY(lab_await(tasks[i]));
    return 0;
}

static int batch(struct batches *batches, int *ran) {
    lab_task *tasks[BATCH];
    for (size_t i = 0; i < BATCH; i++)
        tasks[i] = lab_spawn("next", next, ran);
    LAB_TRY(batches->wait(tasks, BATCH));
    for (size_t i = 0; i < BATCH; i++)
        lab_task_detach(tasks[i]); // it has ended, so this frees it
    return 0;
}

static int all(void *arg) {
    struct batches *batches = arg;
    int ran = 0;
    lab_time began = lab_clock_machine();
    for (long i = 0; i < batches->count; i++)
        LAB_TRY(batch(batches, &ran));
    batches->ns = bench_each(began, batches->count * BATCH);
    return ran == batches->count * BATCH ? 0 : LAB_EINVAL;
}

static int measure(const struct bench *bench, struct batches batches,
                   const char *metric) {
    batches.count = bench_size(bench, 1000, 1);
    LAB_TRY(bench_run(bench, LAB_CLOCK_REAL, all, &batches));
    bench_print(metric, batches.ns);
    return 0;
}

int bench_spawn(const struct bench *bench) {
    LAB_TRY(measure(bench, (struct batches){.wait = one_by_one}, "ns"));
    return measure(bench, (struct batches){.wait = lab_gather}, "gather_ns");
}
