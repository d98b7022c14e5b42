#include "core/stack.h"

#include "base/alloc.h"
#include "base/die.h"
#include "core/sanitizer.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>

#ifndef MADV_GUARD_INSTALL // Linux 6.13
#define MADV_GUARD_INSTALL 102
#endif
#ifndef PIDFD_SELF // Linux 6.15
#define PIDFD_SELF (-10000)
#endif

// How guard pages are made. A madvise guard costs no mapping; mprotect splits
// one in two, and the kernel allows some 65,000 mappings, so after a while
// the stacks go without.
enum { GUARD_UNKNOWN, GUARD_MADVISE, GUARD_MPROTECT, GUARD_NONE };
enum { MPROTECT_SLABS = 24 }; // 24,576 stacks, 49,152 mappings

enum { FEW = 8, MANY = 128 }; // stacks made ahead

struct lab_slab {
    struct lab_slab *next;
    char *memory;
    size_t number;
    struct iovec pages[MANY]; // not on the stack of a task, which would grow
};

// [count] is how many stacks there are.
static char *map(size_t size, size_t count) {
    char *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED)
        lab_die(LAB_EXIT_OS,
                "no room for the stack of one more task, as %zu have theirs "
                "at the same time (%s): let fewer run at once, with a "
                "semaphore, or raise the limit (ulimit -v)",
                count, strerror(errno));
    // Else the first touch of a stack brings 2 MiB into memory, not 4 KiB.
    madvise(memory, size, MADV_NOHUGEPAGE);
    return memory;
}

static void guard(struct lab_stacks *stacks, char *low) {
    if (stacks->guards == GUARD_NONE)
        return;
    if (stacks->guards != GUARD_MPROTECT) {
        if (madvise(low, LAB_STACK_GUARD, MADV_GUARD_INSTALL) == 0)
            return;
        stacks->guards = GUARD_MPROTECT;
    }
    if (stacks->slabs && stacks->slabs->number >= MPROTECT_SLABS)
        stacks->guards = GUARD_NONE;
    else
        mprotect(low, LAB_STACK_GUARD, PROT_NONE);
}

// Advises the kernel on a page of each of [count] stacks by one system call:
// [page] is that of the first. False if the kernel does not know how.
static bool advise_many(struct lab_slab *slab, char *page, size_t count,
                        int advice) {
    for (size_t i = 0; i < count; i++)
        slab->pages[i] =
            (struct iovec){page + LAB_STACK_SIZE * i, LAB_STACK_GUARD};
    return process_madvise(PIDFD_SELF, slab->pages, count, advice, 0) ==
           (ssize_t)count * LAB_STACK_GUARD;
}

// Guards are made for many stacks at a time, because each takes longer alone;
// but for as many as there are already, because most programs have few tasks.
// So are the pages that are touched first: if the kernel cannot do that, each
// is made when it is touched.
static void make_ahead(struct lab_stacks *stacks) {
    struct lab_slab *slab = stacks->slabs;
    char *low = slab->memory + LAB_STACK_SIZE * stacks->used;
    size_t count = stacks->used ? stacks->used : FEW;
    if (slab->number > 0 || count > MANY)
        count = MANY;
    if (!advise_many(slab, low, count, MADV_GUARD_INSTALL))
        for (size_t i = 0; i < count; i++)
            guard(stacks, low + LAB_STACK_SIZE * i);
    if (count > FEW)
        advise_many(slab, low + LAB_STACK_SIZE - LAB_STACK_GUARD, count,
                    MADV_POPULATE_WRITE);
    stacks->made = stacks->used + count;
}

// Stacks lie 64 KiB apart, and addresses a multiple of that apart compete for
// the same lines of the cache. So stacks begin at sixteen different offsets.
static struct lab_stack *carve(char *low, size_t size) {
    size_t shift = ((uintptr_t)low / LAB_STACK_SIZE) % 16 * 128;
    struct lab_stack *stack =
        (struct lab_stack *)(void *)(low + size - sizeof *stack - shift);
    *stack = (struct lab_stack){.low = low, .size = size};
    sanitize_stack_new(stack);
    return stack;
}

struct lab_stack *lab_stack_take(struct lab_stacks *stacks) {
    struct lab_stack *stack = stacks->free;
    if (stack) {
        stacks->free = stack->next;
        if (stack->next) // it is taken next, and seldom in the cache
            lab_stack_fetch((char *)stack->next - LAB_STACK_WAITING);
        return stack;
    }
    if (!stacks->slabs || stacks->used == LAB_STACK_SLAB) {
        struct lab_slab *slab = lab_alloc(sizeof *slab);
        slab->number = stacks->slabs ? stacks->slabs->number + 1 : 0;
        slab->memory = map((size_t)LAB_STACK_SIZE * LAB_STACK_SLAB,
                           slab->number * LAB_STACK_SLAB);
        slab->next = stacks->slabs;
        stacks->slabs = slab;
        stacks->used = stacks->made = 0;
    }
    if (stacks->used == stacks->made)
        make_ahead(stacks);
    char *low = stacks->slabs->memory + LAB_STACK_SIZE * stacks->used++;
    return carve(low, LAB_STACK_SIZE);
}

struct lab_stack *lab_stack_take_deep(struct lab_stacks *stacks, size_t size) {
    size = (size + LAB_STACK_GUARD - 1) & ~(size_t)(LAB_STACK_GUARD - 1);
    struct lab_stack *kept = stacks->deep;
    if (kept && kept->size == size) {
        stacks->deep = NULL;
        return kept;
    }
    size_t count = stacks->slabs
                       ? stacks->slabs->number * LAB_STACK_SLAB + stacks->used
                       : 0;
    char *low = map(size, count);
    guard(stacks, low);
    return carve(low, size);
}

static void unmap(struct lab_stack *stack) {
    sanitize_stack_end(stack);
    munmap(stack->low, stack->size);
}

void lab_stack_put(struct lab_stacks *stacks, struct lab_stack *stack) {
    sanitize_stack_put(stack);
    if (stack->size == LAB_STACK_SIZE) {
        stack->next = stacks->free;
        stacks->free = stack;
    } else if (!stacks->deep) {
        stacks->deep = stack;
    } else {
        unmap(stack);
    }
}

int lab_stack_guards(const struct lab_stack *stack, const void *address) {
    uintptr_t a = (uintptr_t)address, low = (uintptr_t)stack->low;
    return a >= low && a < low + LAB_STACK_GUARD;
}

void lab_stacks_free(struct lab_stacks *stacks) {
    if (stacks->deep)
        unmap(stacks->deep);
    while (stacks->free) {
        struct lab_stack *stack = stacks->free;
        stacks->free = stack->next;
        sanitize_stack_end(stack);
    }
    while (stacks->slabs) {
        struct lab_slab *slab = stacks->slabs;
        stacks->slabs = slab->next;
        munmap(slab->memory, (size_t)LAB_STACK_SIZE * LAB_STACK_SLAB);
        lab_free(slab);
    }
    *stacks = (struct lab_stacks){0};
}
