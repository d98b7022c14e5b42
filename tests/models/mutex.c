// A mutex: one job at a time, as they came; and no job waits for ever.

#include "models/model.h"

#include "core/block.h"
#include "core/executor.h"
#include "core/mutex.h"

static lab_pool *pool;
static struct lab_mutex mutex, other;
static int inside, came, served; // of jobs; numbers given to them
static int begun, done;          // jobs

static void begin(lab_pool *which) {
    pool = which;
    inside = came = served = begun = done = 0;
    lab_mutex_init(&mutex);
    lab_mutex_init(&other);
}

// A job that has begun is not cancelled.
static int offload(lab_fn *job, void *arg) {
    int rc = lab_offload(pool, job, arg);
    RULE(rc == 0 || (rc == LAB_ECANCELED && !model_is_calm()));
    return rc;
}

// --- one mutex

static void visit(void) {
    int mine = ++came;
    RULE(lab_mutex_lock(&mutex) == 0);
    RULE(mine == ++served);
    RULE(++inside == 1);
    RULE(lab_mutex_lock(&mutex) == LAB_EDEADLK);
    lab_block(LAB_MS);
    inside--;
    RULE(lab_mutex_unlock(&mutex) == 0);
    RULE(lab_mutex_unlock(&mutex) == LAB_EINVAL);
}

// Some come at one time, some while another is inside.
static int visits(void *arg) {
    begun++;
    for (int i = 1; i < model_steps; i++) {
        visit();
        if (*(int *)arg > 0)
            lab_block(*(int *)arg * LAB_MS);
    }
    done++;
    return 0;
}

static int visitor(void *arg) {
    RULE(lab_mutex_lock(&mutex) == LAB_EPERM); // it is no job's
    return offload(visits, arg);
}

MODEL(a_mutex_lets_in_one_job_at_a_time_as_they_came, .quick = 53,
      .full = 854) {
    begin(lab_pool_new("pool", PARTS));
    int rc = model_play(visitor, visitor, visitor);
    RULE(inside == 0 && came == served && begun == done);
    RULE(!mutex.holder);
    return rc;
}

// --- two of them, in two orders

// Locks both, or neither and is told.
static bool take_both(struct lab_mutex *first, struct lab_mutex *second,
                      lab_time time) {
    RULE(lab_mutex_lock(first) == 0);
    lab_block(time);
    int rc = lab_mutex_lock(second);
    RULE(rc == 0 || (rc == LAB_EDEADLK && second->holder));
    if (rc == 0) {
        RULE(++inside == 1);
        lab_block(time);
        inside--;
        RULE(lab_mutex_unlock(second) == 0);
    }
    RULE(lab_mutex_unlock(first) == 0);
    return rc == 0;
}

static int takes_both(void *arg) {
    int who = *(int *)arg;
    struct lab_mutex *first = who == 1 ? &other : &mutex;
    struct lab_mutex *second = who == 1 ? &mutex : &other;
    begun++;
    for (int i = 1; i < model_steps; i++)
        while (!take_both(first, second, who < 2 ? 2 * LAB_MS : 3 * LAB_MS))
            lab_block(LAB_MS);
    done++;
    return 0;
}

static int taker(void *arg) {
    return offload(takes_both, arg);
}

MODEL(jobs_that_lock_in_two_orders_all_come_to_an_end, .quick = 12,
      .full = 24) {
    begin(lab_pool_new("pool", PARTS));
    int rc = model_play(taker, taker, taker);
    RULE(inside == 0 && begun == done);
    RULE(!mutex.holder && !other.holder);
    return rc;
}
