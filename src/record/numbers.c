#include "record/numbers.h"

#include "base/alloc.h"

// A hash table with linear probing, at most half full.
struct lab_number_slot {
    uint32_t number, place; // place counts from 1; 0 is free
};

// Where [number] is, or is to be put. There is room.
//
// Source: Knuth's multiplicative hash.
static struct lab_number_slot *slot_of(const struct lab_numbers *numbers,
                                       uint32_t number) {
    size_t mask = numbers->room - 1;
    size_t i = (size_t)(number * UINT64_C(11400714819323198485) >> 32) & mask;
    while (numbers->slots[i].place && numbers->slots[i].number != number)
        i = (i + 1) & mask;
    return &numbers->slots[i];
}

size_t lab_numbers_find(const struct lab_numbers *numbers, uint32_t number) {
    if (numbers->count == 0)
        return LAB_NUMBERS_NONE;
    size_t place = slot_of(numbers, number)->place;
    return place ? place - 1 : LAB_NUMBERS_NONE;
}

static void grow(struct lab_numbers *numbers) {
    struct lab_numbers old = *numbers;
    numbers->room = old.room ? 2 * old.room : 16;
    numbers->slots = lab_alloc(numbers->room * sizeof *numbers->slots);
    for (size_t i = 0; i < old.room; i++)
        if (old.slots[i].place)
            *slot_of(numbers, old.slots[i].number) = old.slots[i];
    lab_free(old.slots);
}

void lab_numbers_add(struct lab_numbers *numbers, uint32_t number,
                     size_t place) {
    if (2 * (numbers->count + 1) > numbers->room)
        grow(numbers);
    *slot_of(numbers, number) =
        (struct lab_number_slot){number, (uint32_t)place + 1};
    numbers->count++;
}

void lab_numbers_free(struct lab_numbers *numbers) {
    lab_free(numbers->slots);
    *numbers = (struct lab_numbers){0};
}
