#include "test.h"

#include "core/coroutine.h"

#include <fenv.h>

struct pair {
    struct lab_coroutine thread, other;
    int steps, rounding;
};

static struct lab_coroutine *count(void *arg) {
    struct pair *pair = arg;
    for (int i = 0; i < 3; i++) {
        pair->steps++;
        lab_coroutine_switch(&pair->other, &pair->thread);
    }
    return &pair->thread;
}

TEST(a_coroutine_goes_on_where_it_left_off) {
    struct lab_stacks stacks = {0};
    struct pair pair = {0};
    struct lab_stack *stack = lab_stack_take(&stacks);
    lab_coroutine_adopt(&pair.thread, NULL);
    lab_coroutine_make(&pair.other, stack, count, &pair);
    for (int i = 1; i <= 3; i++) {
        lab_coroutine_switch(&pair.thread, &pair.other);
        CHECK_INT(pair.steps, i);
    }
    lab_coroutine_switch(&pair.thread, &pair.other); // it ends
    CHECK_INT(pair.steps, 3);
    lab_stack_put(&stacks, stack);
    lab_stacks_free(&stacks);
}

static struct lab_coroutine *round_up(void *arg) {
    struct pair *pair = arg;
    pair->rounding = fegetround();
    fesetround(FE_UPWARD);
    lab_coroutine_switch(&pair->other, &pair->thread);
    pair->rounding = fegetround();
    return &pair->thread;
}

TEST(each_coroutine_rounds_in_its_own_way) {
    struct lab_stacks stacks = {0};
    struct pair pair = {0};
    struct lab_stack *stack = lab_stack_take(&stacks);
    int before = fegetround();
    fesetround(FE_DOWNWARD);
    lab_coroutine_adopt(&pair.thread, NULL);
    lab_coroutine_make(&pair.other, stack, round_up, &pair);
    lab_coroutine_switch(&pair.thread, &pair.other);
    CHECK_INT(pair.rounding, FE_DOWNWARD); // as its maker
    CHECK_INT(fegetround(), FE_DOWNWARD);  // not as the other since
    lab_coroutine_switch(&pair.thread, &pair.other);
    CHECK_INT(pair.rounding, FE_UPWARD);
    CHECK_INT(fegetround(), FE_DOWNWARD);
    fesetround(before);
    lab_stack_put(&stacks, stack);
    lab_stacks_free(&stacks);
}

static struct lab_coroutine *sum(void *arg) {
    struct pair *pair = arg;
    volatile double x = 0.5, y = 0.25; // aligned stacks only
    _Alignas(16) volatile char aligned[16] = {0};
    pair->steps = (int)((x + y) * 4) + ((uintptr_t)aligned % 16 != 0);
    return &pair->thread;
}

TEST(a_new_stack_is_aligned_as_calls_expect) {
    struct lab_stacks stacks = {0};
    struct pair pair = {0};
    struct lab_stack *stack = lab_stack_take(&stacks);
    lab_coroutine_adopt(&pair.thread, NULL);
    lab_coroutine_make(&pair.other, stack, sum, &pair);
    lab_coroutine_switch(&pair.thread, &pair.other);
    CHECK_INT(pair.steps, 3);
    lab_stack_put(&stacks, stack);
    lab_stacks_free(&stacks);
}
