// intern.h - strings, each kept once however often it comes.
//
// Use:
//     struct lab_intern texts = {0};
//     uint32_t a = lab_intern(&texts, "beat");             1, and so again
//     lab_intern_string(&texts, a)                         "beat"
//     lab_intern_free(&texts);

#ifndef LAB_BASE_INTERN_H
#define LAB_BASE_INTERN_H

#include <stddef.h>
#include <stdint.h>

// A zeroed one is empty. Its strings are numbered from 1 on, in the order in
// which they came; 0 is the empty string.
struct lab_intern {
    uint32_t count;
    // intern.c's own.
    char *bytes;
    uint32_t *starts; // of each string in the bytes
    uint32_t *slots;  // numbers of strings, by their hash; 0 is free
    size_t used, room, start_room, slot_count;
    uint32_t last; // that was asked for
};

// Returns the number of [string], which is copied if it is new. Beyond 4 GiB
// new strings are lost, and have number 0.
uint32_t lab_intern(struct lab_intern *intern, const char *string);

// Returns the number of [string]; 0 if it never came.
uint32_t lab_intern_find(const struct lab_intern *intern, const char *string);

// Returns the string of [number].
//
// Owns: borrowed, until another string is added.
static inline const char *lab_intern_string(const struct lab_intern *intern,
                                            uint32_t number) {
    return number ? intern->bytes + intern->starts[number - 1] : "";
}

void lab_intern_free(struct lab_intern *intern);

#endif
