// 17 computing: can async speed it up?
//
// There is nothing to wait for in a sum, so nothing can overlap with it on one
// thread: gathered, sums take as long as in turn, and the heart stands still.
// Threads compute at the same time, up to the number of cores. Under one lock
// for all, as Python has it, nothing is gained but a heart that beats late.

#include "lab.h"

enum { MOST = 32 };
static lab_pool *pool; // of the variant that runs; NULL: on the loop

static int heartbeat(void *arg) {
    (void)arg;
    for (;;) {
        lab_mark("beat");
        LAB_TRY(lab_sleep(lab_param("beat")));
    }
}

static int sum(void *arg) {
    (void)arg;
    lab_burn(lab_param("work"));
    lab_count("sums", +1);
    return 0;
}

static int sum_in_pool(void *arg) {
    return lab_offload(pool, sum, arg);
}

static int in_turn(void) {
    for (int64_t i = 0; i < lab_param("n"); i++)
        LAB_TRY(sum(NULL));
    return 0;
}

static int together(void) {
    lab_task *tasks[MOST];
    size_t n = (size_t)lab_param("n");
    for (size_t i = 0; i < n; i++)
        tasks[i] =
            lab_spawn_named(pool ? sum_in_pool : sum, NULL, "sum %zu", i + 1);
    return lab_gather(tasks, n);
}

static int beside(int (*work)(void)) {
    lab_task *heart = lab_spawn_now("heart", heartbeat, NULL); // it beats
    LAB_TRY(work());
    LAB_TRY(lab_yield()); // a beat that is late by now comes at last
    lab_cancel(heart);
    return 0;
}

static int one_by_one(void) {
    return beside(in_turn);
}

static int gathered(void) {
    pool = NULL;
    return beside(together);
}

static int threads(void) {
    pool = lab_pool_new("pool", (int)lab_param("n"));
    return pool ? beside(together) : LAB_ENOMEM;
}

static int one_lock(void) {
    pool = lab_pool_new_locked("pool", (int)lab_param("n"), lab_param("slice"));
    return pool ? beside(together) : LAB_ENOMEM;
}

const struct lab_demo lab_demo = {
    .name = "cpu_bound",
    .asks = "Can async speed up computing?",
    .params = {{"n", 4, .min = 1, .max = MOST, .text = "how many sums"},
               {"work", 300, .min = 1, .max = 10000, .unit = "ms",
                .text = "processor time of one"},
               {"cores", 2, .min = 1, .max = 64,
                .text = "how many cores there are, in virtual time"},
               {"slice", 5, .min = 1, .max = 1000, .unit = "ms",
                .text = "how long a thread keeps the one lock"},
               {"beat", 20, .min = 1, .max = 1000, .unit = "ms",
                .text = "time from beat to beat"}},
    .variants = {{"in_turn", one_by_one, "on the loop, one after another",
                  .claims = {"time = n * work", "gap(beat) = n * work",
                             "last(sums) = n"}},
                 {"gathered", gathered, "on the loop, gathered",
                  .claims = {"time = n * work", "fifo: gap(beat) = n * work",
                             "last(sums) = n"}},
                 {"threads", threads, "in a pool, a thread for each",
                  .claims = {"time = n * work / min(cores, n)",
                             "gap(beat) <= beat", "last(sums) = n"}},
                 {"one_lock", one_lock, "in a pool, behind one lock for all",
                  .claims = {"time = n * work",
                             "fifo: gap(beat) <= beat + n * slice",
                             "last(sums) = n"}}},
    .mark = "beat",
    .gap_text = "longest time without a beat",
    .verdict = "Gathered, the sums take {gathered time}, as in turn, "
               "{in_turn time}. Threads take {threads time}. Behind one lock "
               "they take {one_lock time}, and the heart stops for "
               "{one_lock gap(beat)}."};
