#include "base/ring.h"

#include "base/alloc.h"

void lab_ring_free(struct lab_ring *ring) {
    lab_free(ring->items);
    *ring = (struct lab_ring){0};
}

void lab_ring_grow(struct lab_ring *ring) {
    struct lab_ring wider = {.room = ring->room ? 2 * ring->room : 16,
                             .first = ring->first,
                             .last = ring->last};
    wider.items = lab_realloc(NULL, wider.room, sizeof *wider.items);
    for (size_t i = ring->first; i != ring->last; i++)
        *lab_ring_at(&wider, i) = *lab_ring_at(ring, i);
    lab_free(ring->items);
    *ring = wider;
}

void *lab_ring_take(struct lab_ring *ring, size_t index) {
    void *item = *lab_ring_at(ring, ring->first + index);
    for (size_t i = ring->first + index; i + 1 != ring->last; i++)
        *lab_ring_at(ring, i) = *lab_ring_at(ring, i + 1);
    ring->last--;
    return item;
}
