// heap.h - a queue by (key, sequence): least key first, ties first come first.
//
// A binary heap of pointers to nodes that live inside what they order. The
// sequence makes the order total, so two runs never differ in who goes first.

#ifndef LAB_BASE_HEAP_H
#define LAB_BASE_HEAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct lab_heap_node {
    int64_t key;
    uint64_t sequence;
    size_t place; // index in the heap plus one; 0 when in none
};

// A zeroed heap is an empty one.
struct lab_heap {
    struct lab_heap_node **nodes;
    size_t count, capacity;
};

// Frees the array. The nodes are their owners'.
void lab_heap_free(struct lab_heap *heap);

// Adds [node], whose key and sequence are set and do not change meanwhile.
void lab_heap_push(struct lab_heap *heap, struct lab_heap_node *node);

// Takes [node] out, if it is in.
void lab_heap_remove(struct lab_heap *heap, struct lab_heap_node *node);

// Returns the least node, or NULL.
static inline struct lab_heap_node *
lab_heap_least(const struct lab_heap *heap) {
    return heap->count ? heap->nodes[0] : NULL;
}

// Is [node] in a heap?
static inline bool lab_heap_holds(const struct lab_heap_node *node) {
    return node->place != 0;
}

#endif
