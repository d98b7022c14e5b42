// queue.c - items through a queue with room for 64, from one producer to one
// consumer.

#include "bench.h"

#include "core/queue.h"

struct belt {
    struct lab_queue queue;
    long count;
    intptr_t sum;
    double ns; // of one item
};

static int produce(void *arg) {
    struct belt *belt = arg;
    for (intptr_t i = 0; i < belt->count; i++)
        LAB_TRY(lab_queue_put(&belt->queue, (void *)i));
    return 0;
}

static int consume(void *arg) {
    struct belt *belt = arg;
    void *item = NULL;
    for (intptr_t i = 0; i < belt->count; i++) {
        LAB_TRY(lab_queue_get(&belt->queue, &item));
        belt->sum += (intptr_t)item;
    }
    return 0;
}

static int all(void *arg) {
    struct belt *belt = arg;
    lab_queue_init(&belt->queue, LAB_QUEUE_FIFO, 64);
    lab_time began = lab_clock_machine();
    lab_task *tasks[] = {lab_spawn("producer", produce, belt),
                         lab_spawn("consumer", consume, belt)};
    LAB_TRY(lab_gather(tasks, 2));
    belt->ns = bench_each(began, belt->count);
    lab_queue_term(&belt->queue);
    return belt->sum == belt->count * (belt->count - 1) / 2 ? 0 : LAB_EINVAL;
}

int bench_queue(const struct bench *bench) {
    struct belt belt = {.count = bench_size(bench, 5 * 1000 * 1000, 1000)};
    LAB_TRY(bench_run(bench, LAB_CLOCK_REAL, all, &belt));
    bench_print("ns", belt.ns);
    return 0;
}
