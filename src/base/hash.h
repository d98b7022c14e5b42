// hash.h - bytes as one number, to tell them apart and find them in a table.
//
// Use:
//     uint64_t hash = lab_hash(LAB_HASH_EMPTY, text, strlen(text));

#ifndef LAB_BASE_HASH_H
#define LAB_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

// The hash of no bytes.
#define LAB_HASH_EMPTY 14695981039346656037u

// Returns the hash of what [hash] is the hash of, followed by [size] bytes.
// The same on every machine. Not for bytes from an attacker, who can find
// any number of them with the same hash.
//
// Source: FNV-1a.
static inline uint64_t lab_hash(uint64_t hash, const void *bytes, size_t size) {
    const unsigned char *at = bytes, *end = at + size;
    while (at < end)
        hash = (hash ^ *at++) * 1099511628211u;
    return hash;
}

#endif
