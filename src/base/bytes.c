#include "base/bytes.h"

#include "base/alloc.h"

#include <string.h>

void lab_bytes_free(struct lab_bytes *bytes) {
    lab_free(bytes->data);
    *bytes = (struct lab_bytes){0};
}

char *lab_bytes_reserve(struct lab_bytes *bytes, size_t n) {
    size_t count = lab_bytes_count(bytes);
    // Bytes are moved to the front only when at least as many were taken
    // since: so each is moved once on average, however small the puts are.
    if (n > bytes->room - bytes->until && bytes->from >= count) {
        if (count)
            memmove(bytes->data, bytes->data + bytes->from, count);
        bytes->from = 0;
        bytes->until = count;
    }
    if (n > bytes->room - bytes->until || !bytes->data) {
        bytes->room = 2 * bytes->room > bytes->until + n ? 2 * bytes->room
                                                         : bytes->until + n;
        bytes->data = lab_realloc(bytes->data, bytes->room, 1);
    }
    return bytes->data + bytes->until;
}

void lab_bytes_filled(struct lab_bytes *bytes, size_t n) {
    bytes->until += n;
}

void lab_bytes_put(struct lab_bytes *bytes, const void *data, size_t n) {
    if (n == 0)
        return;
    memcpy(lab_bytes_reserve(bytes, n), data, n);
    lab_bytes_filled(bytes, n);
}

// An empty queue begins at the front again, in memory that was just used.
void lab_bytes_skip(struct lab_bytes *bytes, size_t n) {
    bytes->from += n;
    if (bytes->from == bytes->until)
        bytes->from = bytes->until = 0;
}

size_t lab_bytes_take(struct lab_bytes *bytes, void *buffer, size_t size) {
    size_t count = lab_bytes_count(bytes);
    size_t n = size < count ? size : count;
    if (n)
        memcpy(buffer, bytes->data + bytes->from, n);
    lab_bytes_skip(bytes, n);
    return n;
}
