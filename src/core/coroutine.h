// coroutine.h - code with its own stack, and the switch between two such
// stacks.
//
// The lowest layer of the core: it knows nothing of tasks or loops. One
// coroutine runs at a time on a thread; switching is a plain function call
// that returns later.

#ifndef LAB_CORE_COROUTINE_H
#define LAB_CORE_COROUTINE_H

#include "core/stack.h"

struct lab_coroutine {
    void *sp;                // where to continue, while suspended
    struct lab_stack *stack; // NULL for a thread's own
    const void *low;         // what sanitizers are told of the stack
    size_t size;
    void *fake, *fiber; // sanitizers' own
};

// Makes [coroutine] stand for the code that is running now: a thread on its
// own stack, or whatever [inside] is (NULL for a thread).
void lab_coroutine_adopt(struct lab_coroutine *coroutine,
                         const struct lab_coroutine *inside);

// The body of a coroutine. It returns the coroutine that continues after
// it. From then on its stack may be reused.
typedef struct lab_coroutine *lab_coroutine_fn(void *arg);

// Readies [coroutine] to call [body] with [arg] on [stack] when it is first
// switched to.
//
// Owns: [stack] stays the caller's, [coroutine] must not move.
void lab_coroutine_make(struct lab_coroutine *coroutine,
                        struct lab_stack *stack, lab_coroutine_fn *body,
                        void *arg);

// Suspends [from], which is running, and continues with [to]. Returns when
// something switches back to [from].
void lab_coroutine_switch(struct lab_coroutine *from, struct lab_coroutine *to);

// Saves the registers that a call must preserve on the running stack, stores
// the stack pointer in [*save], continues at [to], and there returns [value].
// Written per machine, in switch_*.S or switch_ucontext.c.
void *lab_switch(void **save, void *to, void *value);

// Lays out the end of a new stack at [top] so that switching to the returned
// pointer calls body(arg, value). Per machine, likewise.
void *lab_switch_make(char *top, void (*body)(void *arg, void *value),
                      void *arg);

#endif
