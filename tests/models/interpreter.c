// A locked pool: one of the loop and the jobs computes at a time, and none
// waits for long.

#include "models/model.h"

#include "core/block.h"
#include "core/executor.h"
#include "core/mutex.h"

enum { SLICE = 2 * LAB_MS };
static lab_pool *pool;
static struct lab_mutex mutex;
static lab_time began, computed; // the model; by all since then
static int inside;

static void begin(void) {
    pool = lab_pool_new_locked("pool", PARTS, SLICE);
    began = lab_now();
    computed = 0;
    inside = 0;
    lab_mutex_init(&mutex);
}

// Each slice may have to wait for one of everybody else's.
static void compute(lab_time time) {
    lab_time start = lab_now();
    lab_burn(time);
    computed += time;
    RULE(lab_now() - start >= time);
    RULE(lab_now() - start <= (time / SLICE + 1) * PARTS * SLICE);
    RULE(computed <= lab_now() - began);
}

static int computes(void *arg) {
    for (int i = 1; i < model_steps; i++) {
        compute((2 * *(int *)arg + 1) * LAB_MS);
        lab_block(LAB_MS); // lets others in
    }
    return 0;
}

static int asker(void *arg) {
    int rc = lab_offload(pool, computes, arg);
    RULE(rc == 0 || (rc == LAB_ECANCELED && !model_is_calm()));
    return rc;
}

static int on_loop(void *arg) {
    (void)arg;
    for (int i = 1; i < model_steps; i++) {
        compute(3 * LAB_MS);
        LAB_TRY(lab_sleep(LAB_MS));
    }
    return 0;
}

MODEL(behind_one_lock_one_computes_at_a_time, .quick = 11, .full = 20) {
    begin();
    int rc = model_play(asker, asker, on_loop);
    RULE(!model_is_calm() ||
         computed == (1 + 3 + 3) * (model_steps - 1) * LAB_MS);
    return rc;
}

// --- with a mutex besides: who waits for that lets go of the lock

static int computes_inside(void *arg) {
    for (int i = 1; i < model_steps; i++) {
        RULE(lab_mutex_lock(&mutex) == 0);
        RULE(++inside == 1);
        compute((2 * *(int *)arg + 1) * LAB_MS);
        inside--;
        RULE(lab_mutex_unlock(&mutex) == 0);
    }
    return 0;
}

static int asker_inside(void *arg) {
    int rc = lab_offload(pool, computes_inside, arg);
    RULE(rc == 0 || (rc == LAB_ECANCELED && !model_is_calm()));
    return rc;
}

MODEL(a_job_that_waits_for_a_mutex_lets_others_compute, .quick = 20,
      .full = 17) {
    begin();
    int rc = model_play(asker_inside, asker_inside, on_loop);
    RULE(inside == 0 && !mutex.holder);
    return rc;
}
