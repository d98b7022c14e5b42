// 90 faults: what does a demo that goes wrong leave behind?
//
// Each variant commits the fault that its parameter chooses, at a place where
// looplab must still hand the terminal back and say who did it.

#include "lab.h"

#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

static volatile int zero; // that no compiler knows to be 0

static void write_to_null(void) {
    *(volatile int *)(long)zero = 1;
}

static void divide(void) {
    volatile int one = 1;
    one = one / zero;
}

static void run_nonsense(void) {
    __builtin_trap();
}

static int recurse(void) {
    volatile char frame[300];
    frame[0] = 1;
    return (zero == 0 ? recurse() : 0) + frame[0];
}

static void overflow(void) {
    recurse();
}

static void lose_the_file(void) {
    raise(SIGBUS);
}

static void spin(void) {
    lab_say("it spins");
    while (zero == 0)
        ;
}

static void (*const faults[])(void) = {
    write_to_null, divide, run_nonsense, overflow, abort, lose_the_file, spin};

// Waits a little, or under the real clock until a test says so by a file.
static bool may_begin(void) {
    return !lab_param("wait") || access("go", F_OK) == 0;
}

static int commit(void *arg) {
    (void)arg;
    do
        LAB_TRY(lab_sleep(LAB_MS));
    while (!may_begin());
    faults[lab_param("fault")]();
    return 0;
}

static int in_task(void) {
    return lab_await(lab_spawn("\033[31mculprit", commit, NULL));
}

static int job(void *arg) {
    (void)arg;
    do
        lab_block(LAB_MS);
    while (!may_begin());
    faults[lab_param("fault")]();
    return 0;
}

static int in_worker(void) {
    return lab_offload(lab_pool_new("po\033ol", 1), job, NULL);
}

static int none(void) {
    LAB_TRY(lab_sleep(LAB_MS));
    lab_say("nothing went wrong");
    return 0;
}

static int when_told(void) {
    do
        LAB_TRY(lab_sleep(LAB_MS));
    while (!may_begin());
    lab_say("told by a %s", "file"); // which no source shows
    return 0;
}

// Leaves a record of some hundred kilobytes.
static int many(void) {
    for (int i = 0; i < 5000; i++)
        LAB_TRY(lab_sleep(LAB_MS));
    return 0;
}

const struct lab_demo lab_demo = {
    .name = "faults",
    .asks = "What does a demo that goes wrong leave behind?",
    .params = {{"fault", 0, .min = 0, .max = countof(faults) - 1,
                .text = "which of the faults it commits"},
               {"wait", 0, .min = 0, .max = 1,
                .text = "1: not before there is a file called go"}},
    .variants = {
        {"in_task", in_task, "in a task", "1000000"},
        {"in_worker", in_worker, "in a worker's job", "1000000"},
        {"none", none, "nowhere", "1000000"},
        {"when_told", when_told, "nowhere, however late", "1000000"},
        {"many", many, "nowhere, but with a long record", "5000 * 1000000"}}};
