#include "base/hash.h"

#include "test.h"

#include <string.h>

static uint64_t of(const char *text) {
    return lab_hash(LAB_HASH_EMPTY, text, strlen(text));
}

// The figures are those of the hash's authors.
TEST(hash_is_fnv_1a) {
    CHECK(of("") == 0xcbf29ce484222325);
    CHECK(of("a") == 0xaf63dc4c8601ec8c);
    CHECK(of("foobar") == 0x85944171f73967e8);
}

TEST(hash_goes_on_where_it_stopped) {
    CHECK(lab_hash(of("foo"), "bar", 3) == of("foobar"));
}
