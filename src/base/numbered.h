// numbered.h - a list of things that have numbers, found by them.
//
// Use:
//     struct job { uint32_t number; ... };
//     struct lab_numbered jobs = {.size = sizeof(struct job)};
//     struct job *job = lab_numbered_need(&jobs, 7);     made, or found
//
// A record from elsewhere may number its tasks in any way. Numbers out of order
// or far apart cost neither time nor memory.

#ifndef LAB_BASE_NUMBERED_H
#define LAB_BASE_NUMBERED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// In the order in which they were first needed. The number is an item's first
// member.
struct lab_numbered {
    char *items;
    size_t count, room, size; // size is of one item
    // numbered.c's own.
    struct lab_numbered_slot *slots;
    size_t slot_count;
    bool mixed; // they do not stand in the order of their numbers
};

// The [index]-th item.
static inline void *lab_numbered_at(const struct lab_numbered *list,
                                    size_t index) {
    return list->items + index * list->size;
}

// The item of [number]. If there is none, find returns NULL, and need makes one
// that is zero except for its number.
//
// Owns: borrowed, until another item is made.
void *lab_numbered_find(const struct lab_numbered *list, uint32_t number);
void *lab_numbered_need(struct lab_numbered *list, uint32_t number);

// Makes room for [count] items in all: until there are more, none is moved.
void lab_numbered_reserve(struct lab_numbered *list, size_t count);

// Puts the items in the order of their numbers.
void lab_numbered_sort(struct lab_numbered *list);

// The items in the order of their numbers.
//
// Owns: the list of them is yours, for lab_free; the items are borrowed.
const void **lab_numbered_in_order(const struct lab_numbered *list);

// A copy of [list].
//
// Owns: yours, until lab_numbered_free.
struct lab_numbered lab_numbered_copy(const struct lab_numbered *list);

// Makes [list] empty.
void lab_numbered_free(struct lab_numbered *list);

#endif
