// slab.h - many things of one size, made and forgotten all the time.
//
// Use:
//     struct lab_slab tasks = {.size = sizeof(struct task)};
//     struct task *task = lab_slab_take(&tasks); // zeroed
//     lab_slab_put(&tasks, task);
//     lab_slab_free(&tasks);
//
// The item that was put back last is taken next: it is still in the cache.
// Memory goes back to the system only when the slab is freed.

#ifndef LAB_BASE_SLAB_H
#define LAB_BASE_SLAB_H

#include <stddef.h>

// Zeroed but for its size, a slab is empty.
struct lab_slab {
    size_t size; // of one item, at least that of a pointer
    size_t out;  // how many items are taken
    // slab.c's own:
    void *items;  // free ones, each pointing to the next
    void *chunks; // what was allocated, each pointing to the one before
    size_t next;  // how many the next chunk will have
};

// Frees all memory. Every item must have been put back.
void lab_slab_free(struct lab_slab *slab);

// Takes an item, all zero.
void *lab_slab_take(struct lab_slab *slab);

// Gives [item] back.
void lab_slab_put(struct lab_slab *slab, void *item);

#endif
