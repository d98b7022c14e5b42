// ring.h - a row of pointers: put at the end, taken from the front.
//
//     items   | f | g |   |   | c | d | e |
//                     ^last   ^first         both are counted without end
//
// It grows by doubling, and moves nothing while there is room.

#ifndef LAB_BASE_RING_H
#define LAB_BASE_RING_H

#include <stdbool.h>
#include <stddef.h>

// A zeroed ring is an empty one.
struct lab_ring {
    void **items;
    size_t room; // a power of two, or 0
    size_t first, last;
};

// Frees the array; the ring is empty and usable again.
void lab_ring_free(struct lab_ring *ring);

// Makes room for more. For lab_ring_push.
void lab_ring_grow(struct lab_ring *ring);

// Takes out the item at [index], counted from the front; the later ones move
// up.
void *lab_ring_take(struct lab_ring *ring, size_t index);

static inline size_t lab_ring_count(const struct lab_ring *ring) {
    return ring->last - ring->first;
}

static inline bool lab_ring_empty(const struct lab_ring *ring) {
    return ring->last == ring->first;
}

// The place of the item at [position], from first on.
static inline void **lab_ring_at(const struct lab_ring *ring, size_t position) {
    return &ring->items[position & (ring->room - 1)];
}

static inline void lab_ring_push(struct lab_ring *ring, void *item) {
    if (lab_ring_count(ring) == ring->room)
        lab_ring_grow(ring);
    *lab_ring_at(ring, ring->last++) = item;
}

// Puts [item] before all others.
static inline void lab_ring_push_first(struct lab_ring *ring, void *item) {
    if (lab_ring_count(ring) == ring->room)
        lab_ring_grow(ring);
    *lab_ring_at(ring, --ring->first) = item;
}

// Take the first and the last item of a ring that is not empty.
static inline void *lab_ring_pop(struct lab_ring *ring) {
    return *lab_ring_at(ring, ring->first++);
}
static inline void *lab_ring_pop_last(struct lab_ring *ring) {
    return *lab_ring_at(ring, --ring->last);
}

#endif
