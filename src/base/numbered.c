#include "base/numbered.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

// An item's number, and its position, counted from 1; 0 if the slot is free.
// The slots are a hash table with linear probing, at most half full. Items that
// stand where their numbers say, in order from 1, are found without it.
struct lab_numbered_slot {
    uint32_t number, position;
};

static uint32_t number_at(const struct lab_numbered *list, size_t i) {
    uint32_t number;
    memcpy(&number, lab_numbered_at(list, i), sizeof number);
    return number;
}

// Where [number] is kept, or will be. There is room.
//
// Sixteen numbers in a row have slots in a row: they are often asked for one
// after the other, and are then near in memory.
//
// Source: Knuth's multiplicative hash.
static struct lab_numbered_slot *slot_of(const struct lab_numbered *list,
                                         uint32_t number) {
    size_t mask = list->slot_count - 1;
    uint64_t row = number / 16 * UINT64_C(11400714819323198485) >> 32;
    size_t i = (row * 16 + number % 16) & mask;
    while (list->slots[i].position && list->slots[i].number != number)
        i = (i + 1) & mask;
    return &list->slots[i];
}

static void fill_slot(struct lab_numbered *list, uint32_t number, size_t i) {
    *slot_of(list, number) =
        (struct lab_numbered_slot){number, (uint32_t)i + 1};
}

static void fill_slots(struct lab_numbered *list) {
    lab_free(list->slots);
    list->slots = lab_alloc(list->slot_count * sizeof *list->slots);
    for (size_t i = 0; i < list->count; i++)
        fill_slot(list, number_at(list, i), i);
}

void *lab_numbered_find(const struct lab_numbered *list, uint32_t number) {
    size_t i = number - 1u; // where it is, if none is missing before it
    if (!list->mixed && i < list->count && number_at(list, i) == number)
        return lab_numbered_at(list, i);
    if (list->slot_count == 0)
        return NULL;
    uint32_t position = slot_of(list, number)->position;
    return position ? lab_numbered_at(list, position - 1) : NULL;
}

void *lab_numbered_need(struct lab_numbered *list, uint32_t number) {
    char *item = lab_numbered_find(list, number);
    if (item)
        return item;
    list->items = lab_grow(list->items, list->count, &list->room, list->size);
    if (list->count > 0 && number_at(list, list->count - 1) > number)
        list->mixed = true;
    item = lab_numbered_at(list, list->count++);
    memset(item, 0, list->size);
    memcpy(item, &number, sizeof number);
    if (list->slot_count == 0 && number == list->count)
        return item;
    if (2 * list->count > list->slot_count) {
        list->slot_count = list->slot_count ? 2 * list->slot_count : 16;
        while (list->slot_count < 2 * list->count)
            list->slot_count *= 2;
        fill_slots(list);
    } else {
        fill_slot(list, number, list->count - 1);
    }
    return item;
}

void lab_numbered_reserve(struct lab_numbered *list, size_t count) {
    if (count <= list->room)
        return;
    list->items = lab_realloc(list->items, count, list->size);
    list->room = count;
}

static int by_number(const void *a, const void *b) {
    uint32_t one = *(const uint32_t *)a, two = *(const uint32_t *)b;
    return one < two ? -1 : one > two;
}

static int by_number_of(const void *a, const void *b) {
    return by_number(*(const void *const *)a, *(const void *const *)b);
}

const void **lab_numbered_in_order(const struct lab_numbered *list) {
    const void **order = lab_alloc((list->count + 1) * sizeof *order);
    for (size_t i = 0; i < list->count; i++)
        order[i] = lab_numbered_at(list, i);
    if (list->mixed)
        qsort(order, list->count, sizeof *order, by_number_of);
    return order;
}

void lab_numbered_sort(struct lab_numbered *list) {
    if (!list->mixed)
        return;
    qsort(list->items, list->count, list->size, by_number);
    list->mixed = false;
    fill_slots(list);
}

struct lab_numbered lab_numbered_copy(const struct lab_numbered *list) {
    struct lab_numbered copy = *list;
    copy.room = list->count;
    copy.items = NULL;
    copy.slots = NULL;
    if (list->count) {
        copy.items = lab_realloc(NULL, list->count, list->size);
        memcpy(copy.items, list->items, list->count * list->size);
    }
    if (copy.slot_count)
        fill_slots(&copy);
    return copy;
}

void lab_numbered_free(struct lab_numbered *list) {
    lab_free(list->items);
    lab_free(list->slots);
    *list = (struct lab_numbered){.size = list->size};
}
