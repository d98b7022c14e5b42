// elf.h - is a file whole enough to be loaded?
//
// dlopen() trusts what it opens: a file that was cut short, or whose headers
// lie, takes the process with it. So the headers are first checked against
// the file's size and against each other.

#ifndef LAB_DEMO_ELF_H
#define LAB_DEMO_ELF_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

// Checks the [size] bytes of a shared object at [bytes].
//
// Errors: false, with the rest of a sentence in [error] that begins with the
//         file's name: "is truncated: 100 bytes of 15000".
bool lab_elf_check(const char *bytes, size_t size, struct lab_text *error);

#endif
