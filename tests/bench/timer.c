// timer.c - how late sleeps end, and whether any ends early.

#include "bench.h"

#include "base/alloc.h"

#include <stdio.h>
#include <stdlib.h>

enum { SLEEPS = 200 };

struct nap {
    const char *name;
    lab_time time;
};

static const struct nap naps[] = {
    {"1.3ms", 1300 * LAB_US}, {"5ms", 5 * LAB_MS}, {"10.7ms", 10700 * LAB_US}};

struct sleeps {
    long count; // of each nap
    double late_us[countof(naps)][SLEEPS];
};

static int all(void *arg) {
    struct sleeps *sleeps = arg;
    for (size_t i = 0; i < countof(naps); i++)
        for (long k = 0; k < sleeps->count; k++) {
            lab_time began = lab_clock_machine();
            LAB_TRY(lab_sleep(naps[i].time));
            double late = bench_each(began, 1) - (double)naps[i].time;
            sleeps->late_us[i][k] = late / (double)LAB_US;
        }
    return 0;
}

static int compare(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void print(const struct nap *nap, const double *sorted, long count) {
    char metric[32];
    snprintf(metric, sizeof metric, "late_%s_p50_us", nap->name);
    bench_print(metric, sorted[count / 2]);
    snprintf(metric, sizeof metric, "late_%s_p99_us", nap->name);
    bench_print(metric, sorted[count * 99 / 100]);
}

int bench_timer(const struct bench *bench) {
    struct sleeps *sleeps = lab_alloc(sizeof *sleeps);
    long early = 0;
    sleeps->count = bench_size(bench, SLEEPS, 1);
    int rc = bench_run(bench, LAB_CLOCK_REAL, all, sleeps);
    for (size_t i = 0; i < countof(naps) && rc == 0; i++) {
        double *late = sleeps->late_us[i];
        qsort(late, (size_t)sleeps->count, sizeof *late, compare);
        print(&naps[i], late, sleeps->count);
        for (long k = 0; k < sleeps->count; k++)
            early += late[k] < 0;
    }
    if (rc == 0)
        bench_print("early", (double)early);
    lab_free(sleeps);
    return rc;
}
