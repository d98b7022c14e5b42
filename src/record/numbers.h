// numbers.h - where the thing of a number stands in a list.
//
// A record that was not written here may number its tasks as it likes: neither
// their order nor how far apart they are may cost time or memory.

#ifndef LAB_RECORD_NUMBERS_H
#define LAB_RECORD_NUMBERS_H

#include <stddef.h>
#include <stdint.h>

// A zeroed one is empty.
struct lab_numbers {
    struct lab_number_slot *slots;
    size_t count, room;
};

// Returns the place that was noted for [number]; LAB_NUMBERS_NONE if none was.
#define LAB_NUMBERS_NONE SIZE_MAX
size_t lab_numbers_find(const struct lab_numbers *numbers, uint32_t number);

// Notes that [number], of which nothing was noted yet, stands at [place].
void lab_numbers_add(struct lab_numbers *numbers, uint32_t number,
                     size_t place);

// Makes it empty.
void lab_numbers_free(struct lab_numbers *numbers);

#endif
