// libraries.h - what a shared object says of itself: which libraries it needs.

#ifndef LAB_DEMO_LIBRARIES_H
#define LAB_DEMO_LIBRARIES_H

#include <link.h>
#include <stdbool.h>
#include <stddef.h>

// Returns the address in the entry of the dynamic section of [object], which is
// loaded, that has [tag]; NULL if there is none.
const void *lab_libraries_entry(const struct link_map *object,
                                ElfW(Sxword) tag);

// Returns the name of the library, counted by [index] from 0, that the loaded
// [object] is linked to: "libc.so.6"; NULL beyond the last.
//
// Owns: borrowed from the object.
const char *lab_libraries_of(const struct link_map *object, size_t index);

// Is the program itself linked to the library called [name]? Then there is no
// program without it.
bool lab_libraries_is_ours(const char *name);

// Would this process find the library called [name]? True only if that is
// sure: it is loaded, or lies beside one that is, such as the C library.
bool lab_libraries_has(const char *name);

#endif
