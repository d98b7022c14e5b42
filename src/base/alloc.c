#include "base/alloc.h"

#include "base/die.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static atomic_long live; // workers allocate too

static void *granted(void *memory, size_t size) {
    if (!memory)
        lab_die(LAB_EXIT_OS, "out of memory (%zu bytes were asked for)", size);
    return memory;
}

void *lab_alloc(size_t size) {
    void *memory = granted(calloc(1, size ? size : 1), size);
    atomic_fetch_add_explicit(&live, 1, memory_order_relaxed);
    return memory;
}

void *lab_realloc(void *old, size_t count, size_t size) {
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes))
        granted(NULL, SIZE_MAX);
    void *memory = granted(realloc(old, bytes ? bytes : 1), bytes);
    if (!old)
        atomic_fetch_add_explicit(&live, 1, memory_order_relaxed);
    return memory;
}

char *lab_strdup(const char *text) {
    size_t size = strlen(text) + 1;
    return memcpy(lab_alloc(size), text, size);
}

void lab_free(void *memory) {
    if (!memory)
        return;
    atomic_fetch_sub_explicit(&live, 1, memory_order_relaxed);
    free(memory);
}

long lab_alloc_live(void) {
    return atomic_load(&live);
}
