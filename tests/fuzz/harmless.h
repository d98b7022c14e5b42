// harmless.h - is text as a terminal may get it?

#ifndef LAB_TESTS_FUZZ_HARMLESS_H
#define LAB_TESTS_FUZZ_HARMLESS_H

#include "base/die.h"
#include "base/text.h"

#include <limits.h>
#include <string.h>

// Stops the program if a line of [out] has more than [columns] columns, or if
// a byte of it could steer a terminal.
static inline void assert_harmless(const struct lab_text *out, int columns) {
    struct lab_text line = {0};
    for (const char *at = lab_text_string(out); *at;) {
        size_t n = strcspn(at, "\n");
        lab_text_clear(&line);
        lab_text_mask(&line, at, n, false);
        lab_assert(line.length == n); // there was nothing to mask
        lab_assert(lab_text_columns(lab_text_string(&line)) <= columns);
        at += n + (at[n] == '\n');
    }
    lab_assert(strlen(lab_text_string(out)) == out->length);
    lab_text_free(&line);
}

#endif
