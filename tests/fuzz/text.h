// text.h - bytes as what people write: what `make fuzz` calls with bytes of its
// own, and `make test` with those of tests/fuzz/text.

#ifndef LAB_TESTS_FUZZ_TEXT_H
#define LAB_TESTS_FUZZ_TEXT_H

#include <stddef.h>
#include <stdint.h>

// Reads the [size] bytes at [data] but the first, which says as what: a letter,
// of the table in text.c.
void fuzz_text(const uint8_t *data, size_t size);

#endif
