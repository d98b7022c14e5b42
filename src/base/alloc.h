// alloc.h - memory; if there is none left, the program says so and ends.
//
// Every caller would handle a failed allocation the same way, so it is done
// once: one sentence, the terminal restored, exit status 71. Allocations are
// counted, and each test ends with a count of 0.

#ifndef LAB_BASE_ALLOC_H
#define LAB_BASE_ALLOC_H

#include <stddef.h>

#define countof(array) (sizeof(array) / sizeof *(array))

// Returns [size] zeroed bytes.
//
// Owns: yours, until lab_free.
__attribute__((malloc, returns_nonnull)) void *lab_alloc(size_t size);

// Returns [old], moved if need be, with room for [count] items of [size]
// bytes each. What is new is not zeroed. [old] may be NULL.
//
// Owns: takes [old]; the result is yours.
__attribute__((returns_nonnull)) void *lab_realloc(void *old, size_t count,
                                                   size_t size);

// Returns [items], an array with room for [*room] items of [size] bytes,
// moved if need be, so that it has room for at least one more than [count].
// What is new is not zeroed. [items] may be NULL when [*room] is 0.
//
// Owns: takes [items]; the result is yours.
static inline void *lab_grow(void *items, size_t count, size_t *room,
                             size_t size) {
    if (count < *room)
        return items;
    // Doubling: the moves cost a constant for each item, on average.
    *room = *room ? 2 * *room : 4;
    return lab_realloc(items, *room, size);
}

// Returns a copy of [text].
//
// Owns: yours, until lab_free.
__attribute__((malloc, returns_nonnull)) char *lab_strdup(const char *text);

// Gives [memory] back. NULL is fine.
void lab_free(void *memory);

// Returns how many allocations are not yet freed. For tests.
long lab_alloc_live(void);

#endif
