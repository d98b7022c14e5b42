#include "demo/seal.h"

#include <stdio.h>
#include <string.h>

enum { SEAL_MOST = 48 }; // bytes, with the newline

static const char word[] = "looplab ";

enum { STEP = 4 };

// Writes into each row the sum of one byte, for each of its values, and as many
// zeros after it as the number of the row.
static void fill_table(uint32_t table[STEP][256]) {
    for (uint32_t i = 0; i < 256; i++) {
        table[0][i] = i << 24;
        for (int bit = 0; bit < 8; bit++)
            table[0][i] =
                table[0][i] << 1 ^ (table[0][i] >> 31 ? 0x04c11db7 : 0);
    }
    for (int row = 1; row < STEP; row++)
        for (int i = 0; i < 256; i++) {
            uint32_t sum = table[row - 1][i];
            table[row][i] = sum << 8 ^ table[0][sum >> 24];
        }
}

// Four bytes at a time: one after another, each would wait for the last.
uint32_t lab_seal_sum(const char *bytes, size_t size) {
    const unsigned char *at = (const unsigned char *)bytes;
    const unsigned char *end = at + size;
    uint32_t table[STEP][256], sum = 0;
    fill_table(table);
    for (; end - at >= STEP; at += STEP)
        sum = table[3][sum >> 24 ^ at[0]] ^
              table[2][(sum >> 16 & 0xff) ^ at[1]] ^
              table[1][(sum >> 8 & 0xff) ^ at[2]] ^
              table[0][(sum & 0xff) ^ at[3]];
    for (; at < end; at++)
        sum = sum << 8 ^ table[0][sum >> 24 ^ *at];
    for (size_t n = size; n > 0; n >>= 8) // the size counts as well
        sum = sum << 8 ^ table[0][sum >> 24 ^ (n & 0xff)];
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
