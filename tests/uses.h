// uses.h - what the examples in the headers take for granted: jobs to do, and
// a world to do them in. For what tests/uses writes alone.

#ifndef LAB_TESTS_USES_H
#define LAB_TESTS_USES_H

#include "lab.h"
#include "test.h"

#include "core/loop.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

// Each example mentions some of this, and names things as it likes.
#pragma GCC diagnostic ignored "-Wunused-function"
#pragma GCC diagnostic ignored "-Wunused-variable"
#pragma GCC diagnostic ignored "-Wshadow"

static void *job, *jobs[3], *state, *q;
static int account, stock, three = 3;
static struct lab_mutex mutex;
static const char *const url = "https://example.org";

// --- bodies of tasks, jobs and callbacks

static int nap(void *arg) {
    (void)arg;
    return lab_sleep(LAB_MS);
}

static int fetch(void *arg) {
    return nap(arg);
}

static int ask(void *arg) {
    return nap(arg);
}

static int think(void *answer) {
    lab_future_set(answer, 42);
    return 0;
}

static int read_file(void *arg) {
    (void)arg;
    lab_block(LAB_MS);
    return 0;
}

// Answers one line with itself.
static int serve(void *peer) {
    char line[64];
    LAB_TRY(lab_read_until(peer, "\n", line, sizeof line));
    LAB_TRY(lab_write(peer, line, strlen(line)));
    lab_close(peer);
    return 0;
}

static void on_progress(void *arg) {
    (void)arg;
}

// --- what else they call

static int talk(void) {
    return nap(NULL);
}

static int say_goodbye(void) {
    return nap(NULL);
}

static int change(int *balance) {
    ++*balance;
    return nap(NULL);
}

static int download(const char *address) {
    return *address ? nap(NULL) : LAB_EINVAL;
}

static void work(const void *item) {
    CHECK(item == job);
}

static void look_at(const lab_task *task) {
    CHECK(lab_task_done(task));
}

static lab_task **spawn_three(lab_task **tasks) {
    for (int i = 0; i < 3; i++)
        tasks[i] = lab_spawn("nap", nap, NULL);
    return tasks;
}

// A client library's, whose connection is a descriptor.
static int socket_of(int db) {
    return db;
}

static void take_input(int db) {
    uint64_t value;
    CHECK_INT(read(db, &value, sizeof value), sizeof value);
    close(db);
}

// --- running them

static bool is_real;

// An example is over when what it has spawned is.
static int lasts(void) {
    return lab_self() && !is_real ? lab_sleep(LAB_S) : 0;
}

// In a folder that has what they open.
static int run_once(lab_fn *example) {
    char folder[TEST_FOLDER];
    int before = open(".", O_RDONLY | O_DIRECTORY);
    if (!CHECK(before >= 0 && test_folder(folder) && chdir(folder) == 0))
        return LAB_EINVAL;
    FILE *notes = fopen("notes.txt", "w");
    CHECK(notes && fclose(notes) == 0);
    int rc = example(NULL);
    unlink("notes.txt");
    CHECK(fchdir(before) == 0 && rmdir(folder) == 0);
    close(before);
    return rc;
}

static int run_real_once(void *example) {
    return run_once(*(lab_fn **)example);
}

static int run_real(lab_fn *example) {
    is_real = true;
    int rc = lab_loop_main("use", run_real_once, &example);
    is_real = false;
    return rc;
}

static int run_in_job(lab_fn *example) {
    return lab_offload(lab_pool_default(), example, NULL);
}

static void spawn(lab_group *group, int count, lab_fn *part) {
    for (int i = 0; i < count; i++)
        CHECK_INT(lab_group_spawn(group, "part", part, NULL), 0);
}

#endif
