// stack.h - stacks of 64 KiB from slabs, each with a guard below it.
//
//     low                                                     low + size
//     | guard page |  room, growing downwards  ... | struct lab_stack |   |
//
// Stacks are reused last in, first out, so a busy program touches few pages.
// One mapping holds 1024 of them: with a mapping for each, the kernel's limit
// would be reached at 32,000. A stack costs the memory that it touches, at
// least one page.

#ifndef LAB_CORE_STACK_H
#define LAB_CORE_STACK_H

#include <stddef.h>

enum {
    LAB_STACK_SIZE = 64 * 1024,
    LAB_STACK_GUARD = 4096, // one page
    LAB_STACK_SLAB = 1024,
    LAB_STACK_WAITING = 384, // about what a task that sleeps has on its stack
};

// Stands near the upper end of the memory it describes.
struct lab_stack {
    char *low; // lowest byte, where the guard begins
    size_t size;
    struct lab_stack *next; // in the pool
    void *fiber;            // sanitizers' own
};

struct lab_slab;
struct lab_stacks {
    struct lab_stack *free;
    struct lab_stack *deep; // one kept for the next that is as deep
    struct lab_slab *slabs; // newest first
    size_t used, made;      // of the newest slab
    int guards;             // how guards are made, once known
};

// Frees every slab; all stacks must have been put back.
void lab_stacks_free(struct lab_stacks *stacks);

// Takes a stack of LAB_STACK_SIZE out of the pool.
struct lab_stack *lab_stack_take(struct lab_stacks *stacks);

// Takes a stack of its own mapping, [size] bytes, for code that needs more. One
// that was given back is kept: a prompt asks for the same with each command.
struct lab_stack *lab_stack_take_deep(struct lab_stacks *stacks, size_t size);

// Gives either kind back.
void lab_stack_put(struct lab_stacks *stacks, struct lab_stack *stack);

// Has the cache fetch what a waiting task has on its stack, from [sp] upwards.
// Always inlined: gcc takes a function that only fetches for one that does
// nothing, and leaves it out.
static inline __attribute__((always_inline)) void
lab_stack_fetch(const char *sp) {
    for (int i = 0; i <= LAB_STACK_WAITING; i += 64)
        __builtin_prefetch(sp + i);
}

// Is [address] in the guard of [stack]?
int lab_stack_guards(const struct lab_stack *stack, const void *address);

#endif
