#include "demo/seal.h"

#include "base/alloc.h"
#include "test.h"

#include <string.h>

TEST(the_sum_is_the_one_that_cksum_prints) {
    static const struct {
        const char *text;
        uint32_t sum;
    } rows[] = {
        {"", 4294967295u},
        {"a", 1220704766u},
        {"looplab", 3961822095u},
        {"The quick brown fox jumps over the lazy dog.", 3951473468u},
    };
    struct lab_text large = {0};
    for (size_t i = 0; i < countof(rows); i++)
        CHECK_INT(lab_seal_sum(rows[i].text, strlen(rows[i].text)),
                  rows[i].sum);
    for (int i = 0; i < 300 * 256; i++)
        lab_text_write(&large, &(char){(char)i}, 1);
    CHECK_INT(lab_seal_sum(large.data, large.length), 821533005);
    lab_text_free(&large);
}

// Is it whole? If not, the error must begin with [says].
static bool is_whole(const char *bytes, size_t n, const char *says) {
    struct lab_text error = {0};
    bool whole = lab_seal_check(bytes, n, &error);
    if (!whole)
        CHECK(strncmp(lab_text_string(&error), says, strlen(says)) == 0);
    CHECK(whole == (error.length == 0));
    lab_text_free(&error);
    return whole;
}

static void seal(struct lab_text *file, const char *content) {
    lab_text_clear(file);
    lab_text_put(file, content);
    lab_text_printf(file, "looplab %u %zu\n",
                    lab_seal_sum(content, strlen(content)), strlen(content));
}

TEST(a_file_with_a_seal_that_fits_is_whole) {
    struct lab_text file = {0};
    seal(&file, "some content");
    CHECK(is_whole(file.data, file.length, ""));
    seal(&file, "");
    CHECK(is_whole(file.data, file.length, ""));
    seal(&file, "looplab looplab 1 2\n"); // the last one counts
    CHECK(is_whole(file.data, file.length, ""));
    lab_text_free(&file);
}

TEST(a_file_with_any_bit_flipped_is_refused) {
    struct lab_text file = {0};
    seal(&file, "some content\nwith a second line");
    for (size_t i = 0; i < file.length; i++)
        for (int bit = 0; bit < 8; bit++) {
            file.data[i] ^= (char)(1 << bit);
            CHECK(!is_whole(file.data, file.length, ""));
            file.data[i] ^= (char)(1 << bit);
        }
    CHECK(is_whole(file.data, file.length, ""));
    lab_text_free(&file);
}

TEST(a_file_that_is_cut_or_longer_is_refused) {
    struct lab_text file = {0};
    seal(&file, "some content");
    for (size_t n = 0; n < file.length; n++)
        CHECK(!is_whole(file.data, n, ""));
    CHECK(!is_whole(file.data + 1, file.length - 1, "is damaged"));
    lab_text_put(&file, "\n");
    CHECK(!is_whole(file.data, file.length, "is damaged"));
    for (int i = 0; i < 10; i++)
        lab_text_put(&file, "and more");
    CHECK(!is_whole(file.data, file.length, "was not built by looplab's make"));
    lab_text_free(&file);
}
