// wide.h - UTF-8 to wchar_t and back, for libedit alone.

#ifndef LAB_SHELL_WIDE_H
#define LAB_SHELL_WIDE_H

#include "base/text.h"

#include <stddef.h>
#include <wchar.h>

// Returns [n] bytes of UTF-8 as a wide string; what is invalid is dropped.
//
// Owns: yours, until lab_free.
wchar_t *lab_wide_new(const char *bytes, size_t n);

// Appends [n] wide characters as UTF-8.
void lab_wide_put(struct lab_text *out, const wchar_t *wide, size_t n);

#endif
