// transfer.c - the bare switch from one stack to another, with no loop.

#include "bench.h"

#include "core/coroutine.h"

struct pair {
    struct lab_coroutine here, there;
    bool over;
};

static struct lab_coroutine *answer(void *arg) {
    struct pair *pair = arg;
    while (!pair->over)
        lab_coroutine_switch(&pair->there, &pair->here);
    return &pair->here;
}

int bench_transfer(const struct bench *bench) {
    long count = bench_size(bench, 50 * 1000 * 1000, 1000);
    struct lab_stacks stacks = {0};
    struct lab_stack *stack = lab_stack_take(&stacks);
    struct pair pair = {0};
    lab_coroutine_adopt(&pair.here, NULL);
    lab_coroutine_make(&pair.there, stack, answer, &pair);
    lab_time began = lab_clock_machine();
    for (long i = 0; i < count / 2; i++)
        lab_coroutine_switch(&pair.here, &pair.there);
    bench_print("ns", bench_each(began, count));
    pair.over = true;
    lab_coroutine_switch(&pair.here, &pair.there);
    lab_stack_put(&stacks, stack);
    lab_stacks_free(&stacks);
    return 0;
}
