// Queues: no item is lost, none comes twice, and all come in order.

#include "models/model.h"

#include "core/queue.h"

static struct lab_queue queue;
static struct model_line getters, putters;
static int put_count, got_count;
static int gets, got[32]; // what came of each get, in the order they began

static void begin(enum lab_queue_order order, size_t capacity) {
    getters.count = putters.count = 0;
    put_count = got_count = gets = 0;
    lab_queue_init(&queue, order, capacity);
}

// Items of one putter came in the order in which it put them, to those who get
// in the order in which they did. What is left in the queue counts as got.
static void finish(void) {
    void *item;
    int last[PARTS] = {0};
    for (int i = 0; i < gets; i++)
        if (got[i] > 0) {
            RULE(got[i] % 100 > last[got[i] / 100]);
            last[got[i] / 100] = got[i] % 100;
        }
    while (lab_queue_get_nowait(&queue, &item) == 0)
        got_count++;
    RULE(got_count == put_count);
    lab_queue_term(&queue);
}

static void *item(int who, int number) {
    return (void *)(intptr_t)(who * 100 + number);
}

static int put(int who, int number) {
    model_arrive(&putters);
    int rc = lab_queue_put(&queue, item(who, number));
    if (rc < 0) {
        model_left(&putters);
        RULE(rc == LAB_ECANCELED || (rc == LAB_EPIPE && queue.is_shut));
        return rc;
    }
    model_served(&putters, LAB_ON_PUT);
    RULE(!queue.capacity || lab_queue_length(&queue) <= queue.capacity);
    put_count++;
    return 0;
}

static int get(void) {
    void *out = NULL;
    int *ticket = &got[gets++];
    *ticket = 0;
    model_arrive(&getters);
    int rc = lab_queue_get(&queue, &out);
    if (rc < 0) {
        model_left(&getters);
        RULE(rc == LAB_ECANCELED || (rc == LAB_EOF && queue.is_shut));
        RULE(out == NULL);
        return rc;
    }
    model_served(&getters, LAB_ON_GET);
    *ticket = (int)(intptr_t)out;
    got_count++;
    return 0;
}

static int get_until_end(void) {
    int rc = 0;
    while (rc == 0 && (rc = get()) == 0)
        rc = lab_yield();
    return rc == LAB_EOF ? 0 : rc;
}

// --- many put, one gets

static int putting;

static int putter(void *arg) {
    int rc = 0, who = *(int *)arg;
    for (int i = 1; i < model_steps && rc == 0; i++)
        rc = put(who, i);
    if (--putting == 0)
        lab_queue_shutdown(&queue, false);
    return rc == LAB_EPIPE ? 0 : rc;
}

// If it can take no more, those that put are told.
static int getter(void *arg) {
    (void)arg;
    int rc = get_until_end();
    if (rc < 0) {
        got_count += (int)lab_queue_length(&queue);
        lab_queue_shutdown(&queue, true);
    }
    return rc;
}

MODEL(two_put_where_there_is_room_for_one, .quick = 16, .full = 3226) {
    begin(LAB_QUEUE_FIFO, 1);
    putting = 2;
    int rc = model_play(putter, putter, getter);
    finish();
    return rc;
}

// --- one puts, many get

static int only_putter(void *arg) {
    int rc = 0, who = *(int *)arg;
    for (int i = 1; i <= 2 * (model_steps - 1) && rc == 0; i++) {
        rc = put(who, i);
        if (rc == 0 && i % 2 == 0)
            rc = lab_yield();
    }
    lab_queue_shutdown(&queue, false);
    return rc;
}

static int one_getter(void *arg) {
    (void)arg;
    for (int i = 1; i < model_steps; i++) {
        int rc = get();
        if (rc == LAB_EOF)
            return 0;
        LAB_TRY(rc);
    }
    return 0;
}

MODEL(two_get_in_the_order_they_came, .quick = 30, .full = 526) {
    begin(LAB_QUEUE_FIFO, 0);
    int rc = model_play(only_putter, one_getter, one_getter);
    finish();
    return rc;
}

// --- the order of items: the queue beside a list that is searched

enum { MOST = 16 };
static struct {
    int64_t key;
    intptr_t item;
} kept[MOST];
static int kept_count;

static void keep(int64_t key, intptr_t what) {
    int at = kept_count++;
    while (at > 0 && queue.order == LAB_QUEUE_PRIORITY &&
           kept[at - 1].key > key) {
        kept[at] = kept[at - 1];
        at--;
    }
    kept[at].key = key;
    kept[at].item = what;
}

static intptr_t take_kept(void) {
    if (queue.order == LAB_QUEUE_LIFO)
        return kept[--kept_count].item;
    intptr_t what = kept[0].item;
    kept_count--;
    for (int i = 0; i < kept_count; i++)
        kept[i] = kept[i + 1];
    return what;
}

// Keys are such that parts have equal ones, and put the least last.
static int mixer(void *arg) {
    int who = *(int *)arg;
    for (int i = 1; i < model_steps; i++) {
        void *out;
        int64_t key = -i - who % 2;
        RULE(lab_queue_put_key_nowait(&queue, item(who, i), key) == 0);
        keep(key, (intptr_t)item(who, i));
        put_count++;
        LAB_TRY(lab_yield());
        RULE(lab_queue_get(&queue, &out) == 0);
        RULE((intptr_t)out == take_kept());
        got_count++;
    }
    return 0;
}

static int mix(enum lab_queue_order order) {
    begin(order, 0);
    kept_count = 0;
    int rc = model_play(mixer, mixer, mixer);
    RULE((int)lab_queue_length(&queue) == kept_count);
    finish();
    return rc;
}

MODEL(a_fifo_queue_gives_what_was_put_first, .quick = 90, .full = 34650) {
    return mix(LAB_QUEUE_FIFO);
}

MODEL(a_lifo_queue_gives_what_was_put_last, .quick = 90, .full = 34650) {
    return mix(LAB_QUEUE_LIFO);
}

MODEL(a_priority_queue_gives_the_least_key, .quick = 90, .full = 34650) {
    return mix(LAB_QUEUE_PRIORITY);
}
