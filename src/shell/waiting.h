// waiting.h - keys that nobody has read yet, as the lines that they will be.

#ifndef LAB_SHELL_WAITING_H
#define LAB_SHELL_WAITING_H

#include "base/text.h"

#include <stddef.h>

// Appends the whole lines among the [n] bytes typed, each ended by a newline,
// from line [from] on, counted from 0. Empty ones count, and are left out.
// Backspace, Ctrl-U and Ctrl-W do what they will do; other keys that edit are
// not followed. Returns how many whole lines there are. What is typed of the
// next one is appended to [begun], unless that is NULL.
size_t lab_waiting_lines(struct lab_text *out, struct lab_text *begun,
                         const char *bytes, size_t n, size_t from);

#endif
