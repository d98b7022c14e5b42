// Queues: what is done with, what is shut, and what takes too long.

#include "models/model.h"

#include "core/queue.h"

static struct lab_queue queue;
static int put_count, got_count, done_count;
static char item; // all are the same

static int get(void) {
    void *out = NULL;
    int rc = lab_queue_get(&queue, &out);
    RULE(rc == 0 ? out == &item : out == NULL);
    got_count += rc == 0;
    return rc;
}

static void finish(void) {
    void *out;
    while (lab_queue_get_nowait(&queue, &out) == 0)
        got_count++;
    RULE(got_count == put_count);
    lab_queue_term(&queue);
}

// --- joined

static int joiner(void *arg) {
    int rc = 0;
    (void)arg;
    for (int i = 1; i < model_steps && rc == 0; i++) {
        for (int j = 0; j < 2 && rc == 0; j++) {
            rc = lab_queue_put(&queue, &item);
            put_count += rc == 0;
        }
        if (rc == 0)
            rc = lab_queue_join(&queue);
        RULE(rc < 0 || done_count == put_count);
    }
    lab_queue_shutdown(&queue, false);
    return rc;
}

// What was got is done with, one way or another.
static int worker(void *arg) {
    int rc = 0;
    (void)arg;
    while (rc == 0 && (rc = get()) == 0) {
        rc = lab_yield();
        done_count++;
        RULE(lab_queue_task_done(&queue) == 0);
    }
    if (rc == LAB_ECANCELED)
        RULE(get() == LAB_ECANCELED); // though there may be one
    return rc == LAB_EOF ? 0 : rc;
}

MODEL(a_join_waits_until_all_is_done, .quick = 128, .full = 4832) {
    put_count = got_count = done_count = 0;
    lab_queue_init(&queue, LAB_QUEUE_FIFO, 1);
    int rc = model_play(joiner, worker, worker);
    RULE((int)queue.unfinished == put_count - done_count);
    finish();
    return rc;
}

// --- shut

static bool at_once;
static int dropped;

static int putter(void *arg) {
    (void)arg;
    for (int i = 1; i < model_steps; i++) {
        int rc = lab_queue_put(&queue, &item);
        if (rc == LAB_EPIPE && RULE(queue.is_shut))
            return 0;
        LAB_TRY(rc);
        put_count++;
    }
    return 0;
}

static int getter(void *arg) {
    (void)arg;
    for (;;) {
        int rc = get();
        if (rc == LAB_EOF && RULE(queue.is_shut))
            return 0;
        LAB_TRY(rc);
        LAB_TRY(lab_yield());
    }
}

static int closer(void *arg) {
    int rc = 0;
    (void)arg;
    for (int i = 1; i < model_steps && rc == 0; i++)
        rc = lab_yield();
    dropped = at_once ? (int)lab_queue_length(&queue) : 0;
    lab_queue_shutdown(&queue, at_once);
    RULE(!at_once || lab_queue_length(&queue) == 0);
    RULE(lab_queue_put_nowait(&queue, &item) == LAB_EPIPE);
    return rc;
}

static int shut(bool how) {
    at_once = how;
    put_count = got_count = dropped = 0;
    lab_queue_init(&queue, LAB_QUEUE_FIFO, 1);
    int rc = model_play(putter, getter, closer);
    got_count += dropped;
    finish();
    return rc;
}

MODEL(a_shut_queue_gives_what_is_left, .quick = 27, .full = 2695) {
    return shut(false);
}

MODEL(a_queue_shut_at_once_gives_nothing_more, .quick = 27, .full = 2561) {
    return shut(true);
}

// --- in time or not

// Items come each millisecond, and that is how long the getters have patience.
static int slow_putter(void *arg) {
    (void)arg;
    for (int i = 1; i < model_steps; i++) {
        LAB_TRY(lab_sleep(LAB_MS));
        RULE(lab_queue_put_nowait(&queue, &item) == 0);
        put_count++;
    }
    return 0;
}

static int impatient_getter(void *arg) {
    (void)arg;
    for (int i = 1; i < model_steps; i++) {
        void *out = NULL;
        int rc = lab_queue_get_within(&queue, &out, LAB_MS);
        RULE(rc == 0 || rc == LAB_ECANCELED || rc == LAB_ETIMEDOUT);
        RULE(rc == 0 ? out == &item : out == NULL);
        RULE(rc != LAB_ETIMEDOUT || !lab_task_cancelled(lab_self()));
        got_count += rc == 0;
        if (rc == LAB_ECANCELED)
            return rc;
    }
    return 0;
}

MODEL(an_item_that_comes_with_the_timeout_is_got_or_kept, .quick = 36,
      .full = 336) {
    put_count = got_count = 0;
    lab_queue_init(&queue, LAB_QUEUE_FIFO, 0);
    int rc = model_play(slow_putter, impatient_getter, impatient_getter);
    finish();
    return rc;
}

static int impatient_putter(void *arg) {
    (void)arg;
    for (int i = 1; i < model_steps; i++) {
        int rc = lab_queue_put_within(&queue, &item, LAB_MS);
        RULE(rc == 0 || rc == LAB_ECANCELED || rc == LAB_ETIMEDOUT);
        RULE(rc != LAB_ETIMEDOUT || !lab_task_cancelled(lab_self()));
        put_count += rc == 0;
        if (rc == LAB_ECANCELED)
            return rc;
    }
    return 0;
}

static int slow_getter(void *arg) {
    void *out;
    (void)arg;
    for (int i = 1; i < model_steps; i++) {
        LAB_TRY(lab_sleep(LAB_MS));
        got_count += lab_queue_get_nowait(&queue, &out) == 0;
    }
    return 0;
}

MODEL(room_that_comes_with_the_timeout_is_used_or_left, .quick = 12,
      .full = 192) {
    put_count = got_count = 0;
    lab_queue_init(&queue, LAB_QUEUE_FIFO, 1);
    int rc = model_play(impatient_putter, impatient_putter, slow_getter);
    finish();
    return rc;
}
