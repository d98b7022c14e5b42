// seal.h - is a demo as our make built it?
//
// dlopen() trusts what it opens: a file that was cut short or damaged takes the
// process with it, while it is loaded or later. So the Makefile ends each demo
// with a line of text, which the loader of shared objects ignores:
//
//     looplab 2863941570 21472
//
// These are the checksum and the size of all bytes before it, as cksum prints
// them.

#ifndef LAB_DEMO_SEAL_H
#define LAB_DEMO_SEAL_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Checks that the [size] bytes at [bytes] end with a seal that fits them.
//
// Errors: false, with the rest of a sentence in [error] that begins with the
//         file's name: "is damaged: run make".
bool lab_seal_check(const char *bytes, size_t size, struct lab_text *error);

// Returns the checksum that POSIX has for cksum.
uint32_t lab_seal_sum(const char *bytes, size_t size);

#endif
