#include "core/coroutine.h"

#include "core/sanitizer.h"

#include <stdbool.h>
#include <stdint.h>

void lab_coroutine_adopt(struct lab_coroutine *coroutine,
                         const struct lab_coroutine *inside) {
    *coroutine = (struct lab_coroutine){0};
    if (inside)
        *coroutine = *inside;
    else
        sanitize_adopt(coroutine);
}

// What a new stack begins with.
struct start {
    lab_coroutine_fn *body;
    void *arg;
};

// Continues with [to] and never returns: another task may use this stack by
// then.
LAB_NO_SANITIZE_THREAD static _Noreturn void leave(struct lab_coroutine *to) {
    struct lab_coroutine gone = {0};
    SANITIZE_LEAVE(&gone, to, true);
    lab_switch(&gone.sp, to->sp, NULL);
    __builtin_unreachable();
}

LAB_NO_SANITIZE_THREAD static void enter(void *arg, void *value) {
    struct start *start = arg;
    (void)value;
    SANITIZE_ENTER();
    leave(start->body(start->arg));
}

void lab_coroutine_make(struct lab_coroutine *coroutine,
                        struct lab_stack *stack, lab_coroutine_fn *body,
                        void *arg) {
    char *top = (char *)stack - sizeof(struct start);
    struct start *start = (struct start *)(void *)top;
    *start = (struct start){body, arg};
    *coroutine = (struct lab_coroutine){
        .stack = stack,
        .low = stack->low,
        .size = stack->size,
        .fiber = stack->fiber,
        .sp = lab_switch_make(top, enter, start),
    };
}

LAB_NO_SANITIZE_THREAD void lab_coroutine_switch(struct lab_coroutine *from,
                                                 struct lab_coroutine *to) {
    SANITIZE_LEAVE(from, to, false);
    lab_switch(&from->sp, to->sp, NULL);
    SANITIZE_ARRIVE(from);
}
