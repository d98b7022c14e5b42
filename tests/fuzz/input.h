// input.h - what a fuzzer tries, kept when a promise of ours breaks meanwhile:
// of the fuzzer's own, it writes those alone that a sanitizer has stopped.

#ifndef LAB_TESTS_FUZZ_INPUT_H
#define LAB_TESTS_FUZZ_INPUT_H

#include "base/die.h"
#include "base/write.h"

#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

static struct {
    const uint8_t *data;
    size_t size;
} input;

static void keep_input(void) {
    const char *path = getenv("FOUND");
    int fd = path ? open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644) : -1;
    if (fd >= 0) {
        lab_write_whole(fd, (const char *)input.data, input.size);
        close(fd);
    }
}

// Says that [size] bytes at [data] are tried now, borrowed until the next.
static inline void try_input(const uint8_t *data, size_t size) {
    input.data = data;
    input.size = size;
    lab_die_hook(keep_input);
}

// What reads [size] bytes as those of one kind, which has a letter.
typedef void read_as_fn(uint8_t letter, const uint8_t *data, size_t size);

// Tries [data], whose first byte is the letter of its kind. FUZZ names another,
// to which the fuzzer then keeps.
static inline void try_kind(read_as_fn *read_as, const uint8_t *data,
                            size_t size) {
    const char *letter = getenv("FUZZ");
    try_input(data, size);
    if (size > 0)
        read_as(letter ? (uint8_t)*letter : data[0], data + 1, size - 1);
}

#endif
