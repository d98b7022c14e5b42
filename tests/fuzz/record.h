// record.h - a record, whole or not, into every view and export: what
// `make fuzz` tries with bytes of its own, and `make test` with those of
// tests/fuzz/record.

#ifndef LAB_TESTS_FUZZ_RECORD_H
#define LAB_TESTS_FUZZ_RECORD_H

#include <stddef.h>
#include <stdint.h>

// Shows what the [size] bytes at [data] come to. They are a file of records if
// they begin with "{"; else each few of them are an event.
void fuzz_record(const uint8_t *data, size_t size);

#endif
