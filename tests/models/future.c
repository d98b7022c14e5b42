// Futures: done once, and everybody hears the same.

#include "models/model.h"

#include "core/future.h"

enum { MOST = 3, GOOD = 7, BAD = -71 };
static lab_future *futures[MOST];
static int winner[MOST]; // what became of each; 0: nothing yet
static int called[MOST]; // its callback

static int count(void) {
    return model_steps - 1 < MOST ? model_steps - 1 : MOST;
}

static void begin(void) {
    for (int i = 0; i < count(); i++) {
        futures[i] = lab_future_new();
        winner[i] = called[i] = 0;
    }
}

static void finish(void) {
    for (int i = 0; i < count(); i++)
        lab_future_free(futures[i]);
}

static void on_done(lab_future *future, void *arg) {
    int *calls = arg;
    RULE(lab_future_done(future) && (*calls)++ == 0);
    RULE(lab_yield() == LAB_EPERM);
}

// Each may be the first to make a future done, and sees who was. What others
// wait for is done in the end, one way or another.
static int setter(void *arg) {
    int rc = 0, value = *(int *)arg == 0 ? GOOD : BAD;
    for (int i = 0; i < count(); i++) {
        bool first = !winner[i];
        RULE(lab_future_set(futures[i], value) == first);
        if (first)
            winner[i] = value;
        RULE(lab_future_result(futures[i]) == winner[i]);
        if (rc == 0)
            rc = lab_yield();
    }
    return rc;
}

static int waiter(void *arg) {
    (void)arg;
    for (int i = 0; i < count(); i++) {
        lab_future_add_callback(futures[i], on_done, &called[i]);
        int rc = lab_future_wait(futures[i]);
        if (rc == LAB_ECANCELED)
            return rc;
        RULE(rc == winner[i] && called[i] == 1);
        RULE(lab_future_wait(futures[i]) == rc ||
             lab_task_cancelled(lab_self()));
    }
    return 0;
}

MODEL(a_future_is_done_once, .quick = 48, .full = 4416) {
    begin();
    int rc = model_play(setter, setter, waiter);
    finish();
    return rc;
}

static int many_waiter(void *arg) {
    (void)arg;
    for (int i = 0; i < count(); i++) {
        int rc = lab_future_wait(futures[i]);
        if (rc == LAB_ECANCELED)
            return rc;
        RULE(rc == GOOD);
    }
    return 0;
}

MODEL(everybody_hears_of_a_future, .quick = 30, .full = 750) {
    begin();
    int rc = model_play(setter, many_waiter, many_waiter);
    finish();
    return rc;
}
