// line.h - bytes as a line that somebody types: what `make fuzz` calls with
// bytes of its own, and `make test` with those of tests/fuzz/line.

#ifndef LAB_TESTS_FUZZ_LINE_H
#define LAB_TESTS_FUZZ_LINE_H

#include <stddef.h>
#include <stdint.h>

// Reads, completes and hints at the [size] bytes at [data] but the first, "l",
// and runs the command if it is quick; or, after "o", reads the options alone.
void fuzz_line(const uint8_t *data, size_t size);

// Forgets what is kept from one line to the next.
void fuzz_line_end(void);

#endif
