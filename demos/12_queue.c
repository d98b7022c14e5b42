// 12 queue: how does a slow consumer slow a fast producer?
//
// One makes items faster than another uses them. Without a bound the producer
// runs ahead, and what is not used yet piles up. With a bound its put waits
// until there is room: the pace of the consumer reaches back to the producer.
// That costs no time at all, because the consumer was the slower one anyway.

#include "lab.h"

enum { CONSUMERS = 16 };
static struct lab_queue items;

static int produce(void *arg) {
    (void)arg;
    for (int64_t i = 0; i < lab_param("n"); i++) {
        LAB_TRY(lab_sleep(lab_param("make")));
        LAB_TRY(lab_queue_put(&items, NULL)); // waits while it is full
        lab_count("items", +1);
    }
    lab_say("all are made");
    lab_queue_shutdown(&items, false); // consumers still get what is left
    return 0;
}

static int consume(void *arg) {
    void *item;
    int rc;
    (void)arg;
    while ((rc = lab_queue_get(&items, &item)) == 0) { // waits while empty
        lab_count("items", -1);
        LAB_TRY(lab_sleep(lab_param("use")));
        lab_count("used", +1);
    }
    return rc == LAB_EOF ? 0 : rc; // nothing more comes: the end
}

static int with(int64_t room, int64_t consumers) {
    lab_task *tasks[1 + CONSUMERS];
    size_t n = 0;
    lab_queue_init(&items, LAB_QUEUE_FIFO, (size_t)room);
    tasks[n++] = lab_spawn("producer", produce, NULL);
    while (consumers-- > 0)
        tasks[n++] = lab_spawn("consumer", consume, NULL);
    int rc = lab_gather(tasks, n);
    lab_queue_term(&items);
    return rc;
}

static int unbounded(void) {
    return with(0, 1);
}

static int bounded(void) {
    return with(lab_param("room"), 1);
}

static int several(void) {
    return with(lab_param("room"), lab_param("consumers"));
}

const struct lab_demo lab_demo = {
    .name = "queue",
    .asks = "How does a slow consumer slow a fast producer?",
    .params = {{"n", 10, .min = 1, .max = 1000, .text = "how many items"},
               {"make", 100, .min = 0, .max = 60000, .unit = "ms",
                .text = "how long it takes to make one"},
               {"use", 250, .min = 1, .max = 60000, .unit = "ms",
                .text = "how long it takes to use one"},
               {"room", 2, .min = 1, .max = 1000,
                .text = "how many the bounded queues hold"},
               {"consumers", 3, .min = 1, .max = CONSUMERS,
                .text = "how many several has"}},
    .variants =
        {{"unbounded", unbounded, "a put never waits",
          .claims =
              {"time = make + (n - 1) * max(make, use) + use",
               "time(all are made) = n * make",
               "peak(items) = max(1, n - 1 - floor((n - 1) * make / use))",
               "last(used) = n"}},
         {"bounded", bounded, "a put waits for room",
          .claims = {"time = make + (n - 1) * max(make, use) + use",
                     "time(all are made) = max(n * make, make + (n - 1 - room) "
                     "* max(make, use))",
                     "peak(items) <= room", "last(used) = n"}},
         {"several", several, "the same, with several consumers",
          .claims = {"time = max(n * make + use, (mod(n - 1, consumers) + 1) * "
                     "make + ceil(n / consumers) * use)",
                     "last(used) = n"}}},
    .verdict = "The bound costs no time: {unbounded time} and {bounded time}. "
               "But {unbounded peak(items)} items pile up without it, and "
               "{bounded peak(items)} with it. More consumers are what saves "
               "time: {several time}."};
