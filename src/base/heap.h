// heap.h - a queue by (key, sequence): least key first, ties first come first.
//
// The nodes live inside what they order. The sequence makes the order total, so
// two runs never differ in who goes first.
//
//     line    a <-> b <-> c        came in order, each after the last
//     heap    x                    came out of order: before the end of the
//            / \                   line as it was then
//           y   z
//
// Most timers come in order, since many tasks sleep for the same time: those
// cost no more than a list does. For the others there is a binary heap.

#ifndef LAB_BASE_HEAP_H
#define LAB_BASE_HEAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct lab_heap_node {
    int64_t key;
    uint64_t sequence;
    size_t position; // index plus one; 0: in no heap; or LAB_HEAP_LINE
    struct lab_heap_node *next, *before; // in the line
};

#define LAB_HEAP_LINE SIZE_MAX

// A zeroed heap is an empty one.
struct lab_heap {
    struct lab_heap_node **nodes;
    size_t count, capacity;
    struct lab_heap_node *first, *last; // of the line
};

// Does [a] come before [b]?
static inline bool lab_heap_before(const struct lab_heap_node *a,
                                   const struct lab_heap_node *b) {
    return a->key != b->key ? a->key < b->key : a->sequence < b->sequence;
}

// Frees the array. The nodes are their owners'.
void lab_heap_free(struct lab_heap *heap);

// Adds [node], whose key and sequence are set and do not change meanwhile.
void lab_heap_push(struct lab_heap *heap, struct lab_heap_node *node);

// Takes [node] out, if it is in.
void lab_heap_remove(struct lab_heap *heap, struct lab_heap_node *node);

// Returns the least node, or NULL.
static inline struct lab_heap_node *
lab_heap_least(const struct lab_heap *heap) {
    struct lab_heap_node *first = heap->first;
    if (heap->count == 0)
        return first;
    return first && lab_heap_before(first, heap->nodes[0]) ? first
                                                           : heap->nodes[0];
}

// Returns the least node that comes after [node], which is in [heap]; NULL if
// that is the last. Looks at all of them.
struct lab_heap_node *lab_heap_after(const struct lab_heap *heap,
                                     const struct lab_heap_node *node);

// Is [node] in a heap?
static inline bool lab_heap_holds(const struct lab_heap_node *node) {
    return node->position != 0;
}

#endif
