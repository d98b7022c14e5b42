// object.h - a shared object as bytes, looked into without loading it.
//
// Loading runs code, and brings in all the libraries that an object needs. To
// read a string of its table takes neither.
//
// Use:
//     struct lab_object object;
//     if (lab_object_open(&object, bytes, size)) {
//         lab_object_address table = lab_object_find(&object, "lab_demo");
//         const char *asks = lab_object_text(&object, table + 8);
//     }
//
// Rules: any bytes will do. What is damaged, or laid out as no linker here does
// it, is not found; the caller then loads the object, and so learns why.

#ifndef LAB_DEMO_OBJECT_H
#define LAB_DEMO_OBJECT_H

#include <link.h>
#include <stdbool.h>
#include <stddef.h>

// Where something would be if the object were loaded at 0; 0: nowhere.
typedef ElfW(Addr) lab_object_address;

// Some of its bytes. object.c's own.
struct lab_object_part {
    const char *bytes;
    size_t size;
};

struct lab_object {
    const char *bytes;
    size_t size;
    ElfW(Ehdr) header;
    struct lab_object_part dynamic, pointers; // the latter set when loaded
    lab_object_address symbols, names, hash;
};

// Looks into the [size] bytes at [bytes]. Returns whether they are an object of
// this machine.
//
// Owns: borrows the bytes.
bool lab_object_open(struct lab_object *object, const char *bytes, size_t size);

// Returns how many bytes of a file are loaded, from its beginning on, as its
// first [n] bytes say. The others are for debuggers. 0: that cannot be said.
size_t lab_object_extent(const char *bytes, size_t n);

// Returns the address of what [object] exports as [name].
lab_object_address lab_object_find(const struct lab_object *object,
                                   const char *name);

// Copies [size] bytes from [at]. Returns false if they are not in the file.
bool lab_object_copy(const struct lab_object *object, lab_object_address at,
                     void *to, size_t size);

// Returns the string at [at], and the one that the pointer at [at] leads to;
// NULL if there is none.
//
// Owns: borrowed from the bytes.
const char *lab_object_string(const struct lab_object *object,
                              lab_object_address at);
const char *lab_object_text(const struct lab_object *object,
                            lab_object_address at);

// Returns the name of the library, counted by [index] from 0, that [object]
// is linked to: "libc.so.6"; NULL beyond the last.
const char *lab_object_library(const struct lab_object *object, size_t index);

// Would this process find the library called [name]? True only if that is
// sure: it is loaded, or lies beside one that is, such as the C library.
bool lab_object_has_library(const char *name);

#endif
