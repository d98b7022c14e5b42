#include "base/heap.h"

#include "base/alloc.h"

void lab_heap_free(struct lab_heap *heap) {
    lab_free(heap->nodes);
    *heap = (struct lab_heap){0};
}

static void put(struct lab_heap *heap, size_t i, struct lab_heap_node *node) {
    heap->nodes[i] = node;
    node->position = i + 1;
}

static void sift_up(struct lab_heap *heap, size_t i,
                    struct lab_heap_node *node) {
    while (i > 0) {
        size_t parent = (i - 1) / 2;
        if (!lab_heap_before(node, heap->nodes[parent]))
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
            lab_heap_before(heap->nodes[child + 1], heap->nodes[child]))
            child++;
        if (!lab_heap_before(heap->nodes[child], node))
            break;
        put(heap, i, heap->nodes[child]);
        i = child;
    }
    put(heap, i, node);
}

// --- the line

static void append(struct lab_heap *heap, struct lab_heap_node *node) {
    node->position = LAB_HEAP_LINE;
    node->next = NULL;
    node->before = heap->last;
    if (heap->last)
        heap->last->next = node;
    else
        heap->first = node;
    heap->last = node;
}

static void take_out(struct lab_heap *heap, struct lab_heap_node *node) {
    if (node->before)
        node->before->next = node->next;
    else
        heap->first = node->next;
    if (node->next)
        node->next->before = node->before;
    else
        heap->last = node->before;
}

// --- both

void lab_heap_push(struct lab_heap *heap, struct lab_heap_node *node) {
    if (!heap->last || lab_heap_before(heap->last, node)) {
        append(heap, node);
        return;
    }
    heap->nodes = lab_grow(heap->nodes, heap->count, &heap->capacity,
                           sizeof(struct lab_heap_node *));
    sift_up(heap, heap->count++, node);
}

static void remove_from_heap(struct lab_heap *heap,
                             const struct lab_heap_node *node) {
    size_t hole = node->position - 1;
    struct lab_heap_node *last = heap->nodes[--heap->count];
    if (last == node)
        return;
    if (hole > 0 && lab_heap_before(last, heap->nodes[(hole - 1) / 2]))
        sift_up(heap, hole, last);
    else
        sift_down(heap, hole, last);
}

void lab_heap_remove(struct lab_heap *heap, struct lab_heap_node *node) {
    if (!node->position)
        return;
    if (node->position == LAB_HEAP_LINE)
        take_out(heap, node);
    else
        remove_from_heap(heap, node);
    node->position = 0;
}

struct lab_heap_node *lab_heap_after(const struct lab_heap *heap,
                                     const struct lab_heap_node *node) {
    struct lab_heap_node *best = heap->first; // the line is in order
    while (best && !lab_heap_before(node, best))
        best = best->next;
    for (size_t i = 0; i < heap->count; i++)
        if (lab_heap_before(node, heap->nodes[i]) &&
            (!best || lab_heap_before(heap->nodes[i], best)))
            best = heap->nodes[i];
    return best;
}
