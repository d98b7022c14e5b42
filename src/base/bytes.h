// bytes.h - a queue of bytes: put in at the end, taken out at the front.
//
//     data:  [ taken | count ... | free ... ]
//                    ^ from      ^ until    ^ room

#ifndef LAB_BASE_BYTES_H
#define LAB_BASE_BYTES_H

#include <stddef.h>

// A zeroed queue is an empty one.
struct lab_bytes {
    char *data;
    size_t from, until, room;
};

// Frees the bytes; the queue is empty and usable again.
void lab_bytes_free(struct lab_bytes *bytes);

// How many bytes can be taken.
static inline size_t lab_bytes_count(const struct lab_bytes *bytes) {
    return bytes->until - bytes->from;
}

// Those bytes, in one piece; NULL if nothing was ever put.
//
// Owns: borrowed, until the queue changes.
static inline const char *lab_bytes_front(const struct lab_bytes *bytes) {
    return bytes->data ? bytes->data + bytes->from : NULL;
}

// Appends [n] bytes.
void lab_bytes_put(struct lab_bytes *bytes, const void *data, size_t n);

// Makes room for [n] bytes more and returns where it is, for a reader to
// fill; lab_bytes_filled then says how many there are.
//
// Owns: borrowed, until the queue changes.
char *lab_bytes_reserve(struct lab_bytes *bytes, size_t n);
void lab_bytes_filled(struct lab_bytes *bytes, size_t n);

// Takes the first [n] bytes, which nobody wants any more; n <= count.
void lab_bytes_skip(struct lab_bytes *bytes, size_t n);

// Takes up to [size] bytes into [buffer] and returns how many there were.
size_t lab_bytes_take(struct lab_bytes *bytes, void *buffer, size_t size);

#endif
