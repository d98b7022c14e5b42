// 91 endless: what ends a virtual run that never does?
//
// Each variant goes on for ever in a way of its own; "calm" ends, after as many
// turns as it is told.

#include "lab.h"

#include <signal.h>
#include <unistd.h>

static volatile bool done; // which nobody sets

static int beat(void *arg) {
    (void)arg;
    for (;;) {
        LAB_TRY(lab_sleep(10 * LAB_MS));
        lab_mark("beat");
    }
}

static int take_second(void *arg) {
    return lab_lock_acquire(arg);
}

// Two that wait for each other, and a heartbeat that nobody cancels.
static int heartbeat(void) {
    struct lab_lock lock;
    lab_lock_init(&lock);
    LAB_TRY(lab_lock_acquire(&lock));
    lab_spawn("heartbeat", beat, NULL);
    return lab_await(lab_spawn("waiter", take_second, &lock));
}

static int yields(void) {
    while (!done)
        LAB_TRY(lab_yield());
    return 0;
}

static int yields_deafly(void) {
    while (!done)
        lab_ignore(lab_yield());
    return 0;
}

static int block_for_ever(void *arg) {
    (void)arg;
    while (!done)
        lab_block(LAB_MS);
    return 0;
}

static int blocks(void) {
    return lab_offload(lab_pool_new("pool", 1), block_for_ever, NULL);
}

// Its call does nothing; TSan keeps signals back until the next one.
static int spins(void) {
    while (!done)
        kill(getpid(), 0);
    return 0;
}

static int marks(void) {
    while (!done)
        lab_mark("m");
    return 0;
}

static int calm(void) {
    for (int64_t i = 0; i < lab_param("n"); i++)
        LAB_TRY(lab_yield());
    return 0;
}

const struct lab_demo lab_demo = {
    .name = "endless",
    .asks = "What ends a virtual run that never does?",
    .params = {{"n", 10, .min = 0, .max = 100000000, .text = "turns"}},
    .variants = {{"heartbeat", heartbeat, "nobody cancels it", "0"},
                 {"yields", yields, "until a variable is set", "0"},
                 {"yields_deafly", yields_deafly, "and hears nothing", "0"},
                 {"blocks", blocks, "in a worker", "0"},
                 {"spins", spins, "and never gives way", "0"},
                 {"marks", marks, "without giving way", "0"},
                 {"calm", calm, "this one ends", "0"}}};
