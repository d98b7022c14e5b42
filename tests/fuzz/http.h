// http.h - bytes as a conversation over HTTP: what `make fuzz` calls with bytes
// of its own, and `make test` with those of tests/fuzz/http.

#ifndef LAB_TESTS_FUZZ_HTTP_H
#define LAB_TESTS_FUZZ_HTTP_H

#include <stddef.h>
#include <stdint.h>

// Has a server hear the [size] bytes at [data] but the first, or a client, once
// in one piece and once in small ones: which, the first byte says. What was
// understood has to be the same. Called from a task of a virtual run.
void fuzz_http(const uint8_t *data, size_t size);

#endif
