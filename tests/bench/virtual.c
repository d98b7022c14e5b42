// virtual.c - a day of virtual time: what takes no time, and yet takes some.

#include "bench.h"

#include "base/alloc.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { DAY = 24 * 60 * 60, TICKERS = 1000 };

struct ticking {
    size_t tickers;
    long seconds; // of virtual time
    double ns;    // of one tick
};

static int tick(void *arg) {
    const struct ticking *ticking = arg;
    for (long i = 0; i < ticking->seconds; i++)
        LAB_TRY(lab_sleep(LAB_S));
    return 0;
}

static int all(void *arg) {
    struct ticking *ticking = arg;
    lab_task *tasks[TICKERS];
    lab_time began = lab_clock_machine();
    for (size_t i = 0; i < ticking->tickers; i++)
        tasks[i] = lab_spawn("ticker", tick, ticking);
    LAB_TRY(lab_gather(tasks, ticking->tickers));
    ticking->ns = bench_each(began, (long)ticking->tickers * ticking->seconds);
    return lab_now() == ticking->seconds * LAB_S ? 0 : LAB_EINVAL;
}

// --- the program beside us, as a learner's script runs it

// Stores the path of the looplab that was built with us.
static int beside(char *path, size_t size) {
    ssize_t n = readlink("/proc/self/exe", path, size - 1);
    if (n < 0)
        return -errno;
    path[n] = '\0';
    char *name = strrchr(path, '/') + 1;
    if ((size_t)(path + size - name) < sizeof "looplab")
        return -ENAMETOOLONG;
    strcpy(name, "looplab");
    return 0;
}

static int run_all(void) {
    char path[PATH_MAX];
    char *argv[] = {path, "run", "all", "--clock=virtual", NULL};
    posix_spawn_file_actions_t quiet;
    pid_t child;
    int status = 0;
    LAB_TRY(beside(path, sizeof path));
    posix_spawn_file_actions_init(&quiet);
    posix_spawn_file_actions_addopen(&quiet, STDOUT_FILENO, "/dev/null",
                                     O_WRONLY, 0);
    int rc = -posix_spawn(&child, path, &quiet, NULL, argv, environ);
    posix_spawn_file_actions_destroy(&quiet);
    LAB_TRY(rc);
    waitpid(child, &status, 0);
    return status == 0 ? 0 : LAB_EINVAL;
}

int bench_virtual(const struct bench *bench) {
    // Of a recorded day the first LAB_RECORD_MOST events are kept, as of any
    // run; the others are only counted.
    struct ticking ticking = {
        .tickers = (size_t)bench_size(bench, TICKERS, 10),
        .seconds = bench_size(bench, DAY, 60),
    };
    LAB_TRY(bench_run(bench, LAB_CLOCK_VIRTUAL, all, &ticking));
    bench_print("wall_s_per_day", ticking.ns * TICKERS * DAY / (double)LAB_S);
    lab_time began = lab_clock_machine();
    LAB_TRY(run_all());
    bench_print("run_all_ms", bench_each(began, 1) / (double)LAB_MS);
    return 0;
}
