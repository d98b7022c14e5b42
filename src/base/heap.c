#include "base/heap.h"

#include "base/alloc.h"

void lab_heap_free(struct lab_heap *heap) {
    lab_free(heap->nodes);
    *heap = (struct lab_heap){0};
}

static bool before(const struct lab_heap_node *a,
                   const struct lab_heap_node *b) {
    return a->key != b->key ? a->key < b->key : a->sequence < b->sequence;
}

static void put(struct lab_heap *heap, size_t i, struct lab_heap_node *node) {
    heap->nodes[i] = node;
    node->place = i + 1;
}

static void sift_up(struct lab_heap *heap, size_t i,
                    struct lab_heap_node *node) {
    while (i > 0) {
        size_t parent = (i - 1) / 2;
        if (!before(node, heap->nodes[parent]))
            break;
        put(heap, i, heap->nodes[parent]);
        i = parent;
    }
    put(heap, i, node);
}

static void sift_down(struct lab_heap *heap, size_t i,
                      struct lab_heap_node *node) {
    for (;;) {
        size_t child = 2 * i + 1;
        if (child >= heap->count)
            break;
        if (child + 1 < heap->count &&
            before(heap->nodes[child + 1], heap->nodes[child]))
            child++;
        if (!before(heap->nodes[child], node))
            break;
        put(heap, i, heap->nodes[child]);
        i = child;
    }
    put(heap, i, node);
}

void lab_heap_push(struct lab_heap *heap, struct lab_heap_node *node) {
    if (heap->count == heap->capacity) {
        heap->capacity = heap->capacity ? heap->capacity * 2 : 64;
        heap->nodes = lab_realloc(heap->nodes, heap->capacity,
                                  sizeof(struct lab_heap_node *));
    }
    sift_up(heap, heap->count++, node);
}

void lab_heap_remove(struct lab_heap *heap, struct lab_heap_node *node) {
    if (!node->place)
        return;
    size_t hole = node->place - 1;
    struct lab_heap_node *last = heap->nodes[--heap->count];
    node->place = 0;
    if (last == node)
        return;
    if (hole > 0 && before(last, heap->nodes[(hole - 1) / 2]))
        sift_up(heap, hole, last);
    else
        sift_down(heap, hole, last);
}
