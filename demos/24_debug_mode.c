// 24 debug mode: who is blocking my loop?
//
// A heart stops while something holds the loop. One long step is easy to find,
// because somebody is guilty. Many short ones that are all ready in one turn
// hold the loop as long, and nobody is. What helps both is a pool, or a wait
// after each part. A debug mode also tells of an error that nobody reads.

#include "lab.h"

enum { MOST = 50 };

static int heartbeat(void *arg) {
    (void)arg;
    for (;;) {
        lab_mark("beat");
        LAB_TRY(lab_sleep(lab_param("beat")));
    }
}

// Runs [work] beside a heart.
static int beside(const void *work) {
    int (*const *run)(void) = work;
    lab_task *heart = lab_spawn_now("heart", heartbeat, NULL); // it beats
    LAB_TRY((*run)());
    LAB_TRY(lab_yield()); // a beat that is late by now comes at last
    lab_cancel(heart);
    return 0;
}

static int parse(void *arg) {
    (void)arg;
    lab_block(lab_param("hold"));
    return 0;
}

static int culprit(void) {
    return lab_await(lab_spawn("parser", parse, NULL)); // one long step
}

static int parse_part(void *number) { // from 0 on
    lab_time hold = lab_param("hold"), n = lab_param("parts");
    intptr_t i = (intptr_t)number;
    lab_block(hold * (i + 1) / n - hold * i / n);
    return 0;
}

static int many_small(void) {
    lab_task *tasks[MOST];
    int64_t n = lab_param("parts");
    for (intptr_t i = 0; i < n; i++)
        tasks[i] =
            lab_spawn_named(parse_part, (void *)i, "part %d", (int)i + 1);
    return lab_gather(tasks, (size_t)n); // all are ready in one turn
}

static int parse_in_parts(void *arg) {
    (void)arg;
    for (intptr_t i = 0; i < lab_param("parts"); i++) {
        LAB_TRY(parse_part((void *)i));
        LAB_TRY(lab_yield()); // the turn ends: the loop can look at its timers
    }
    return 0;
}

static int in_parts(void) {
    return lab_await(lab_spawn("parser", parse_in_parts, NULL));
}

static int in_pool(void) {
    lab_pool *pool = lab_pool_new("pool", 1);
    return pool ? lab_offload(pool, parse, NULL) : LAB_ENOMEM;
}

static int (*const one)(void) = culprit, (*const many)(void) = many_small,
                   (*const parts)(void) = in_parts,
                   (*const offloaded)(void) = in_pool;

static int fail(void *arg) {
    (void)arg;
    return LAB_ECONNREFUSED;
}

static int never_read(void) {
    lab_spawn("logger", fail, NULL); // and nobody awaits it
    return lab_sleep(lab_param("beat"));
}

const struct lab_demo lab_demo = {
    .name = "debug_mode",
    .asks = "Who is blocking my loop?",
    .params = {{"hold", 300, .min = 100, .max = 1000, .unit = "ms",
                .text = "how long the work takes in all"},
               {"parts", 20, .min = 11, .max = MOST,
                .text = "how many small steps it is cut into"},
               {"beat", 100, .min = 10, .max = 1000, .unit = "ms",
                .text = "time from beat to beat"}},
    .variants = {{"culprit", .with = beside, .arg = &one,
                  .text = "one step that takes all the time",
                  .claims = {"time = hold", "gap(beat) = hold", "warns W01"}},
                 {"many_small", .with = beside, .arg = &many,
                  .text = "many small steps in one turn",
                  .claims = {"time = hold", "fifo: gap(beat) = hold",
                             "fifo: warns W02"}},
                 {"in_parts", .with = beside, .arg = &parts,
                  .text = "many small steps, a turn for each",
                  .claims = {"time = hold",
                             "fifo: gap(beat) <= beat + 2 * ceil(hold / parts)",
                             "fifo: warns nothing"}},
                 {"in_pool", .with = beside, .arg = &offloaded,
                  .text = "one long step in a pool",
                  .claims = {"time = hold", "gap(beat) = min(beat, hold)",
                             "warns nothing"}},
                 {"never_read", never_read, "an error that nobody reads",
                  .claims = {"time = beat", "ends unread", "warns W03"},
                  .differs = true}},
    .mark = "beat",
    .gap_text = "longest time without a beat",
    .verdict = "Many small steps in one turn stop the heart for as long as one "
               "long step: {many_small gap(beat)} and {culprit gap(beat)}. A "
               "turn for each stops it for {in_parts gap(beat)}, and a pool "
               "for {in_pool gap(beat)}."};
