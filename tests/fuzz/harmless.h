// harmless.h - is text as a terminal may get it?

#ifndef LAB_TESTS_FUZZ_HARMLESS_H
#define LAB_TESTS_FUZZ_HARMLESS_H

#include "base/die.h"
#include "base/text.h"

#include <limits.h>
#include <string.h>

// Controls, line ends that are not ours, and what changes the direction of
// writing; said otherwise than base/text.c says it, which is what is tested.
static inline bool steers(unsigned code) {
    static const unsigned directions[] = {
        0x061c, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202b,
        0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069};
    for (size_t i = 0; i < sizeof directions / sizeof *directions; i++)
        if (code == directions[i])
            return true;
    return (code & ~0x80u) < ' ' || code == 0x7f;
}

// Stops the program if a line of [out] has more than [columns] columns, or if
// something in it could steer a terminal.
static inline void assert_harmless(const struct lab_text *out, int columns) {
    struct lab_text line = {0};
    const char *end = lab_text_string(out) + out->length;
    for (const char *at = lab_text_string(out); at < end; at++) {
        lab_text_clear(&line);
        for (size_t n; at < end && *at != '\n'; at += n) {
            unsigned code;
            n = lab_text_decode(at, (size_t)(end - at), &code);
            lab_assert(n > 0);
            lab_assert(!steers(code));
            lab_text_write(&line, at, n);
        }
        lab_assert(lab_text_columns(lab_text_string(&line)) <= columns);
    }
    lab_text_free(&line);
}

#endif
