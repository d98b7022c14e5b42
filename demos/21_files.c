// 21 files: are files asynchronous?
//
// Some files are read, and then all of them are processed. The kernel cannot
// wait for a file: it is always ready, and then a read holds its thread for as
// long as the disk takes. So reading goes to a pool, which overlaps it and
// leaves the loop free. Processing computes; left on the loop, it stops the
// heart as a read does.
//
// The files are real, in a temporary folder, and so is the question whether
// they lie in the kernel's page cache: then no disk is asked. The disk's time
// is declared instead, so that it is the same everywhere.

#include "lab.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 32, KIB = 1024, SIZE_MOST = 16 * KIB };

struct one {
    char path[160];
    lab_file *file;
    char bytes[SIZE_MOST];
    int size; // of what was read
};

static struct one files[MOST];
static char folder[128];
static lab_pool *processors;
static bool beating; // has the heart begun?

// Beats a last time when it is cancelled.
static int heartbeat(void *arg) {
    int rc = 0;
    (void)arg;
    while (rc == 0) {
        lab_mark("beat");
        beating = true;
        rc = lab_sleep(lab_param("beat"));
    }
    lab_mark("beat");
    return rc;
}

// --- reading and processing one

static int read_on_loop(void *arg) {
    struct one *one = arg;
    FILE *file = fopen(one->path, "rb");
    if (!file)
        return LAB_ENOENT;
    lab_block(lab_param("read")); // the disk's time, with the thread held
    one->size = (int)fread(one->bytes, 1, SIZE_MOST, file);
    return fclose(file);
}

static int read_in_pool(void *arg) {
    struct one *one = arg;
    lab_file_slow_down(one->file, lab_param("read"));
    one->size = lab_file_read_some(one->file, one->bytes, SIZE_MOST);
    return one->size < 0 ? one->size : 0; // others ran meanwhile
}

static int process(void *arg) {
    const struct one *one = arg;
    lab_burn(lab_param("work")); // computes on whichever thread this is
    lab_count("KiB", one->size / KIB);
    return 0;
}

static int process_in_pool(void *arg) {
    return lab_offload(processors, process, arg);
}

// --- all of them

// Does [what] to each in turn.
static int in_turn(lab_fn *what) {
    for (int64_t i = 0; i < lab_param("n"); i++)
        LAB_TRY(what(&files[i]));
    return 0;
}

static int together(const char *name, lab_fn *what) {
    lab_task *tasks[MOST];
    size_t n = (size_t)lab_param("n");
    for (size_t i = 0; i < n; i++)
        tasks[i] = lab_spawn_named(what, &files[i], "%s %zu", name, i + 1);
    return lab_gather(tasks, n);
}

static int make_one(void *arg) {
    struct one *one = arg;
    size_t size = (size_t)lab_param("size") * KIB;
    FILE *file = fopen(one->path, "wbx");
    if (!file)
        return -errno;
    lab_count("files", +1);
    memset(one->bytes, 'x', size);
    size_t written = fwrite(one->bytes, 1, size, file);
    return fclose(file) == 0 && written == size ? 0 : -errno;
}

// A job, since this too would hold the loop.
static int make_all(void *arg) {
    (void)arg;
    return in_turn(make_one);
}

static int open_one(void *arg) {
    struct one *one = arg;
    LAB_TRY(lab_file_open(&one->file, one->path, LAB_FILE_READ, 0));
    return lab_param("cold") ? lab_file_uncache(one->file) : 0;
}

static int make_files(void) {
    const char *place = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/looplab-XXXXXX",
             place && *place ? place : "/tmp");
    if (!mkdtemp(folder))
        return -errno;
    for (int i = 0; i < lab_param("n"); i++)
        snprintf(files[i].path, sizeof files[i].path, "%s/%d", folder, i + 1);
    lab_pool *pool = lab_pool_default();
    if (!pool)
        return LAB_ENOMEM;
    LAB_TRY(lab_offload(pool, make_all, NULL));
    return in_turn(open_one);
}

// Works in a task that is cancelled, too.
static void remove_files(void) {
    for (int64_t i = 0; i < lab_param("n"); i++) {
        lab_file *file = files[i].file;
        files[i].file = NULL;
        if (file)
            lab_ignore(lab_file_close(file)); // it was only read
        if (remove(files[i].path) == 0)
            lab_count("files", -1);
    }
    remove(folder);
}

static int say_where_they_are(void) {
    int64_t all = lab_param("n") * lab_param("size"), cached = 0, n;
    for (int64_t i = 0; i < lab_param("n"); i++) {
        LAB_TRY(lab_file_cached(files[i].file, &n));
        cached += n;
    }
    lab_say("%d of %d KiB are in the page cache", (int)(cached / KIB),
            (int)all);
    return 0;
}

static int with_files(int (*body)(void)) {
    int rc = make_files();
    if (rc == 0)
        rc = say_where_they_are();
    if (rc == 0)
        rc = body();
    remove_files(); // whatever happened
    return rc;
}

// --- the variants

// One half of the work, with a heart beside it.
static int half(lab_fn *what, const char *together_as) {
    beating = false;
    lab_task *heart = lab_spawn("heartbeat", heartbeat, NULL);
    while (!beating)
        LAB_TRY(lab_yield()); // the work begins when the heart has
    LAB_TRY(together_as ? together(together_as, what) : in_turn(what));
    lab_cancel(heart);
    int rc = lab_await(heart);
    return rc == LAB_ECANCELED && !lab_task_cancelled(lab_self()) ? 0 : rc;
}

static int both_on_loop(void) {
    LAB_TRY(half(read_on_loop, NULL));
    return half(process, NULL);
}

static int one_in_pool(void) {
    LAB_TRY(half(read_in_pool, "read"));
    return half(process, NULL);
}

static int both_in_pools(void) {
    processors = lab_pool_new("process", 2);
    if (!processors)
        return LAB_ENOMEM;
    LAB_TRY(half(read_in_pool, "read"));
    return half(process_in_pool, "process");
}

static int on_loop(void) {
    return with_files(both_on_loop);
}

static int read_pool(void) {
    return with_files(one_in_pool);
}

static int both_pools(void) {
    return with_files(both_in_pools);
}

const struct lab_demo lab_demo = {
    .name = "files",
    .asks = "Are files asynchronous?",
    .params = {{"n", 8, .min = 1, .max = MOST, .text = "how many files"},
               {"read", 100, .min = 1, .max = 60000, .unit = "ms",
                .text = "how long the disk takes for a file"},
               {"work", 50, .min = 1, .max = 60000, .unit = "ms",
                .text = "how long processing a file computes"},
               {"beat", 50, .min = 1, .max = 10000, .unit = "ms",
                .text = "time from beat to beat"},
               {"size", 4, .min = 1, .max = SIZE_MOST / KIB,
                .text = "how many KiB a file has"},
               {"cold", 0, .min = 0, .max = 1,
                .text = "1: ask the kernel to forget its copies first"}},
    .variants = {{"on_loop", on_loop, "read and process on the loop",
                  "n * (read + work)", .gap = "n * max(read, work)",
                  .claims = {"last(KiB) = n * size", "last(files) = 0"}},
                 {"read_pool", read_pool,
                  "read through the pool, process on the loop",
                  "ceil(n / 4) * read + n * work",
                  .gap = "max(min(beat, ceil(n / 4) * read), n * work)",
                  .claims = {"last(KiB) = n * size", "last(files) = 0"}},
                 {"both_pools", both_pools,
                  "read through the pool, process in another",
                  "ceil(n / 4) * read + ceil(n / 2) * work",
                  .gap =
                      "min(beat, max(ceil(n / 4) * read, ceil(n / 2) * work))",
                  .claims = {"last(KiB) = n * size", "last(files) = 0"}}},
    .mark = "beat",
    .gap_text = "longest time without a beat"};
