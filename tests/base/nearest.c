#include "base/nearest.h"

#include "base/alloc.h"
#include "test.h"

#include <limits.h>
#include <string.h>

TEST(distance_counts_single_edits) {
    static const struct {
        const char *a, *b;
        int edits;
    } rows[] = {
        {"", "", 0},        {"", "abc", 3},           {"abc", "", 3},
        {"abc", "abc", 0},  {"abc", "abd", 1},        {"abc", "ab", 1},
        {"abc", "xabc", 1}, {"abc", "acb", 1},        {"dealy", "delay", 1},
        {"ca", "abc", 3},   {"kitten", "sitting", 3},
    };
    for (size_t i = 0; i < countof(rows); i++)
        CHECK_INT(lab_nearest_distance(rows[i].a, rows[i].b), rows[i].edits);
}

TEST(distance_of_words_beyond_63_bytes_is_endless) {
    char word[65];
    memset(word, 'a', sizeof word);
    word[63] = '\0';
    CHECK_INT(lab_nearest_distance(word, word), 0);
    CHECK_INT(lab_nearest_distance(word, ""), 63);
    word[63] = 'a';
    word[64] = '\0';
    CHECK_INT(lab_nearest_distance(word, word), INT_MAX);
    CHECK_INT(lab_nearest_distance("", word), INT_MAX);
    CHECK_INT(lab_nearest_distance(word, ""), INT_MAX);
}

static const char *nearest(const char *word) {
    static const char *const candidates[] = {
        "run",  "list",   "lesson", "set",
        "help", "pool_1", "pool_4", "sequential_gather"};
    const char *best = NULL;
    for (size_t i = 0; i < countof(candidates); i++)
        lab_nearest(word, candidates[i], &best);
    return best;
}

TEST(nearest_is_what_was_perhaps_meant) {
    CHECK_STR(nearest("rnu"), "run");
    CHECK_STR(nearest("lsit"), "list");
    CHECK_STR(nearest("halp"), "help");
    CHECK_STR(nearest("seq"), "sequential_gather"); // though set is one edit
    CHECK_STR(nearest("le"), "lesson");
    CHECK_STR(nearest("set"), "set");
    CHECK_STR(nearest("se"), "set"); // of two beginnings the first
    CHECK_STR(nearest("xyzzy"), NULL);
    CHECK_STR(nearest("x"), NULL);
    CHECK_STR(nearest("xn"), NULL);     // two edits from run, but two letters
    CHECK_STR(nearest("lexxxn"), NULL); // three edits from lesson
    CHECK_STR(nearest(""), NULL);
    CHECK_STR(nearest("s"), NULL);
    CHECK_STR(nearest("next"), NULL); // two edits from set
    CHECK_STR(nearest("man"), NULL);  // two from run
    CHECK_STR(nearest("pool_3"), NULL);
    CHECK_STR(nearest("pool3"), "pool_1");
    CHECK_STR(nearest("polo_4"), "pool_4");
}
