#include "demo/seal.h"

#include <string.h>

enum { SEAL_MOST = 48 }; // bytes, with the newline

static const char word[] = "looplab ";

// Writes what a sum's highest byte becomes, for each of its values.
static void fill_table(uint32_t table[256]) {
    for (uint32_t i = 0; i < 256; i++) {
        table[i] = i << 24;
        for (int bit = 0; bit < 8; bit++)
            table[i] = table[i] << 1 ^ (table[i] >> 31 ? 0x04c11db7 : 0);
    }
}

uint32_t lab_seal_sum(const char *bytes, size_t size) {
    uint32_t table[256], sum = 0;
    fill_table(table);
    for (size_t i = 0; i < size; i++)
        sum = sum << 8 ^ table[sum >> 24 ^ (unsigned char)bytes[i]];
    for (size_t n = size; n > 0; n >>= 8) // the size counts as well
        sum = sum << 8 ^ table[sum >> 24 ^ (n & 0xff)];
    return ~sum;
}

// Returns where the seal begins; [size] if there is none.
static size_t find_seal(const char *bytes, size_t size) {
    size_t at = size < SEAL_MOST ? 0 : size - SEAL_MOST, seal = size;
    for (; at + strlen(word) <= size; at++)
        if (memcmp(bytes + at, word, strlen(word)) == 0)
            seal = at;
    return seal;
}

bool lab_seal_check(const char *bytes, size_t size, struct lab_text *error) {
    struct lab_text right = {0};
    size_t seal = find_seal(bytes, size);
    if (seal == size) {
        lab_text_put(error, "was not built by looplab's make, or is cut short: "
                            "run make, or add --trust");
        return false;
    }
    lab_text_printf(&right, "%s%u %zu\n", word, lab_seal_sum(bytes, seal),
                    seal);
    bool fits = right.length == size - seal &&
                memcmp(bytes + seal, right.data, right.length) == 0;
    lab_text_free(&right);
    if (!fits)
        lab_text_put(error, "is damaged: run make");
    return fits;
}
