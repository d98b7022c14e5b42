#include "base/intern.h"

#include "base/alloc.h"
#include "base/hash.h"

#include <string.h>

// The slots are a hash table with linear probing, at most half full.

// Where the number of [string] is kept, or will be.
static uint32_t *slot_of(const struct lab_intern *intern, const char *string) {
    uint64_t hash = lab_hash(LAB_HASH_EMPTY, string, strlen(string));
    size_t i = (hash ^ hash >> 32) & (intern->slot_count - 1);
    while (intern->slots[i] &&
           strcmp(lab_intern_string(intern, intern->slots[i]), string) != 0)
        i = (i + 1) & (intern->slot_count - 1);
    return &intern->slots[i];
}

static void grow_slots(struct lab_intern *intern) {
    lab_free(intern->slots);
    intern->slot_count = intern->slot_count ? 2 * intern->slot_count : 32;
    intern->slots = lab_alloc(intern->slot_count * sizeof *intern->slots);
    for (uint32_t i = 1; i <= intern->count; i++)
        *slot_of(intern, lab_intern_string(intern, i)) = i;
}

// Copies [string], and returns its number.
static uint32_t keep(struct lab_intern *intern, const char *string) {
    size_t size = strlen(string) + 1;
    if (size > UINT32_MAX - intern->used)
        return 0;
    if (intern->room - intern->used < size) {
        intern->room = intern->room * 2 + size;
        intern->bytes = lab_realloc(intern->bytes, intern->room, 1);
    }
    intern->starts = lab_grow(intern->starts, intern->count,
                              &intern->start_room, sizeof *intern->starts);
    memcpy(intern->bytes + intern->used, string, size);
    intern->starts[intern->count] = (uint32_t)intern->used;
    intern->used += size;
    return ++intern->count;
}

uint32_t lab_intern(struct lab_intern *intern, const char *string) {
    if (!*string)
        return 0;
    // A gauge goes up and down by one name.
    if (intern->last &&
        strcmp(string, lab_intern_string(intern, intern->last)) == 0)
        return intern->last;
    if (intern->slot_count < 2 * ((size_t)intern->count + 1))
        grow_slots(intern);
    uint32_t *slot = slot_of(intern, string);
    if (!*slot)
        *slot = keep(intern, string);
    return intern->last = *slot;
}

uint32_t lab_intern_find(const struct lab_intern *intern, const char *string) {
    return intern->slot_count ? *slot_of(intern, string) : 0;
}

void lab_intern_free(struct lab_intern *intern) {
    lab_free(intern->bytes);
    lab_free(intern->starts);
    lab_free(intern->slots);
    *intern = (struct lab_intern){0};
}
