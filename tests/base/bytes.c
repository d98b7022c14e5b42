#include "test.h"

#include "base/bytes.h"

#include <string.h>

TEST(bytes_come_out_in_the_order_they_went_in) {
    struct lab_bytes bytes = {0};
    char out[8] = "";
    CHECK_INT(lab_bytes_count(&bytes), 0);
    CHECK(lab_bytes_front(&bytes) == NULL);
    CHECK_INT(lab_bytes_take(&bytes, out, sizeof out), 0);
    lab_bytes_put(&bytes, "abc", 3);
    lab_bytes_put(&bytes, "", 0);
    lab_bytes_put(&bytes, "de", 2);
    CHECK_INT(lab_bytes_take(&bytes, out, 2), 2);
    CHECK(memcmp(out, "ab", 2) == 0);
    CHECK_INT(lab_bytes_count(&bytes), 3);
    CHECK(memcmp(lab_bytes_front(&bytes), "cde", 3) == 0);
    CHECK_INT(lab_bytes_take(&bytes, out, sizeof out), 3);
    CHECK(memcmp(out, "cde", 3) == 0);
    lab_bytes_free(&bytes);
}

TEST(a_queue_of_bytes_that_is_emptied_now_and_then_does_not_grow) {
    struct lab_bytes bytes = {0};
    unsigned char next = 0, seen = 0, out[100];
    for (int i = 0; i < 10000; i++) {
        unsigned char in[7];
        for (size_t j = 0; j < sizeof in; j++)
            in[j] = next++;
        lab_bytes_put(&bytes, in, sizeof in);
        if (lab_bytes_count(&bytes) < sizeof out)
            continue;
        size_t n = lab_bytes_take(&bytes, out, sizeof out - 1);
        for (size_t j = 0; j < n; j++)
            CHECK_INT(out[j], seen++);
    }
    CHECK(bytes.room < 1000);
    lab_bytes_free(&bytes);
}

TEST(room_that_is_reserved_may_be_filled_in_part) {
    struct lab_bytes bytes = {0};
    char out[8];
    lab_bytes_put(&bytes, "a", 1);
    memcpy(lab_bytes_reserve(&bytes, 1000), "bc", 2);
    lab_bytes_filled(&bytes, 2);
    lab_bytes_put(&bytes, "d", 1);
    CHECK_INT(lab_bytes_take(&bytes, out, sizeof out), 4);
    CHECK(memcmp(out, "abcd", 4) == 0);
    lab_bytes_free(&bytes);
}
