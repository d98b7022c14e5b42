// gather.c - 100,000 tasks that each sleep for a second, twice: the first time
// their stacks are new, the second time they are there.

#include "bench.h"

#include "base/alloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

struct sleepers {
    size_t count;
    lab_time nap;
    double late_ms[2], cpu_s, kb_each;
};

static double cpu_seconds(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

// A line of what Linux says of us, in kilobytes. (What getrusage calls the peak
// may be that of the program that has started us.)
static double kilobytes(const char *what) {
    char row[128];
    double size = 0;
    FILE *file = fopen("/proc/self/status", "r");
    while (file && fgets(row, sizeof row, file))
        if (strncmp(row, what, strlen(what)) == 0)
            size = strtod(row + strlen(what), NULL);
    if (file)
        fclose(file);
    return size;
}

static int sleep_once(void *arg) {
    const struct sleepers *sleepers = arg;
    return lab_sleep(sleepers->nap);
}

// One round is a task, so that what it spawned is freed before the next.
static int round_of(void *arg) {
    struct sleepers *sleepers = arg;
    lab_task **tasks = lab_alloc(sleepers->count * sizeof(lab_task *));
    for (size_t i = 0; i < sleepers->count; i++)
        tasks[i] = lab_spawn("sleeper", sleep_once, sleepers);
    int rc = lab_gather(tasks, sleepers->count);
    lab_free(tasks);
    return rc;
}

static int both(void *arg) {
    struct sleepers *sleepers = arg;
    double before = kilobytes("VmRSS:"), used = cpu_seconds();
    for (int round = 0; round < 2; round++) {
        lab_time began = lab_clock_machine();
        LAB_TRY(lab_await(lab_spawn("round", round_of, sleepers)));
        sleepers->late_ms[round] =
            (bench_each(began, 1) - (double)sleepers->nap) / (double)LAB_MS;
        if (round == 0)
            sleepers->cpu_s = cpu_seconds() - used;
    }
    sleepers->kb_each =
        (kilobytes("VmHWM:") - before) / (double)sleepers->count;
    return 0;
}

int bench_gather(const struct bench *bench) {
    struct sleepers sleepers = {
        .count = (size_t)bench_size(bench, 100 * 1000, 100),
        .nap = bench->quick ? 10 * LAB_MS : LAB_S,
    };
    LAB_TRY(bench_run(bench, LAB_CLOCK_REAL, both, &sleepers));
    bench_print("cold_wall_minus_1s_ms", sleepers.late_ms[0]);
    bench_print("warm_wall_minus_1s_ms", sleepers.late_ms[1]);
    bench_print("cpu_s", sleepers.cpu_s);
    bench_print("kb_per_task", sleepers.kb_each);
    return 0;
}
