#include "base/alloc.h"
#include "demo/load.h"
#include "test.h"

#include <string.h>

static struct lab_demo_file files[] = {
    {.number = 1, .name = "sync_async"},
    {.number = 2, .name = "sleep_timer"},
    {.number = 3, .name = "sequential_gather"},
    {.number = 4, .name = "gather"},
    {.number = 10, .name = "pool"},
    {.number = 10, .name = "pool_size"},
};
static struct lab_demos demos = {.files = files, .count = countof(files)};

TEST(find_takes_a_number_a_name_or_a_part_of_one_name) {
    static const struct {
        const char *word, *name;
    } rows[] = {
        {"3", "sequential_gather"},    {"03", "sequential_gather"},
        {"0003", "sequential_gather"}, {"sleep_timer", "sleep_timer"},
        {"sleep", "sleep_timer"},      {"timer", "sleep_timer"},
        {"gather", "gather"}, // the whole name, though a part of another too
        {"seq", "sequential_gather"},  {"pool", "pool"},
    };
    for (size_t i = 0; i < countof(rows); i++) {
        struct lab_text error = {0};
        struct lab_demo_file *file =
            lab_demos_find(&demos, rows[i].word, &error);
        CHECK_STR(file ? file->name : NULL, rows[i].name);
        CHECK_STR(lab_text_string(&error), "");
        lab_text_free(&error);
    }
}

TEST(find_says_what_was_perhaps_meant) {
    static const struct {
        const char *word, *error;
    } rows[] = {
        {"7", "no demo \"7\"; type list to see which there are"},
        {"99999999999999999999999",
         "no demo \"99999999999999999999999\"; type list to see which there "
         "are"},
        {"", "no demo \"\"; type list to see which there are"},
        {"-3", "no demo \"-3\"; type list to see which there are"},
        {"gahter", "no demo \"gahter\"; did you mean \"gather\"?"},
        {"demos/03_x.c",
         "no demo \"demos/03_x.c\"; did you mean \"sequential_gather\"?"},
        {"3x", "no demo \"3x\"; did you mean \"sequential_gather\"?"},
        {"7x", "no demo \"7x\"; type list to see which there are"},
        {"tmier", "no demo \"tmier\"; did you mean \"timer\"?"},
        {"\x1b", "no demo \"\\x1b\"; type list to see which there are"},
        {"10", "\"10\" may be pool or pool_size: type more of the name"},
        {"s", "\"s\" may be sync_async, sleep_timer, sequential_gather or "
              "pool_size: type more of the name"},
        {"t", "\"t\" may be sleep_timer: type more of the name"},
        {"q", "no demo \"q\"; type list to see which there are"},
        {"leep", "no demo \"leep\"; did you mean \"sleep\"?"},
        {"uent", "no demo \"uent\"; type list to see which there are"},
    };
    for (size_t i = 0; i < countof(rows); i++) {
        struct lab_text error = {0};
        CHECK(!lab_demos_find(&demos, rows[i].word, &error));
        CHECK_STR(lab_text_string(&error), rows[i].error);
        lab_text_free(&error);
    }
}
