// diff.h - two texts, compared line by line as `diff -u` would.

#ifndef LAB_LESSON_DIFF_H
#define LAB_LESSON_DIFF_H

#include "base/text.h"

#include <stddef.h>

// Appends to [out] a unified diff with three lines of context that leads from
// [old] to [new]; nothing if they are the same. [old_name] and [new_name]
// stand in its first two lines.
void lab_diff_put(const char *old_name, const struct lab_text *old,
                  const char *new_name, const struct lab_text *new,
                  struct lab_text *out);

#endif
