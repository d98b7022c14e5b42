// unescape.h - bytes that are written as text: \x1b is one, and \\ another.

#ifndef LAB_TESTS_FUZZ_UNESCAPE_H
#define LAB_TESTS_FUZZ_UNESCAPE_H

#include "base/text.h"

#include <stdlib.h>

// Appends what the [n] bytes of [line] say.
static inline void put_unescaped(struct lab_text *out, const char *line,
                                 size_t n) {
    for (size_t i = 0; i < n; i++) {
        bool is_hex = i + 3 < n && line[i] == '\\' && line[i + 1] == 'x';
        char digits[3] = {is_hex ? line[i + 2] : 0, is_hex ? line[i + 3] : 0};
        char byte = is_hex ? (char)strtol(digits, NULL, 16) : line[i];
        lab_text_write(out, &byte, 1);
        i += is_hex ? 3 : line[i] == '\\' && line[i + 1] == '\\';
    }
}

#endif
