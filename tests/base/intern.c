#include "base/intern.h"

#include "test.h"

#include <stdio.h>
#include <string.h>

TEST(equal_strings_have_one_number_and_different_ones_two) {
    struct lab_intern texts = {0};
    CHECK_INT(lab_intern(&texts, "tick"), 1);
    CHECK_INT(lab_intern(&texts, "tock"), 2);
    CHECK_INT(lab_intern(&texts, "tick"), 1);
    CHECK_INT(texts.count, 2);
    lab_intern_free(&texts);
    CHECK_INT(texts.count, 0);
}

TEST(the_empty_string_has_number_0_and_none_is_found_that_never_came) {
    struct lab_intern texts = {0};
    CHECK_INT(lab_intern_find(&texts, "tick"), 0);
    CHECK_INT(lab_intern(&texts, ""), 0);
    CHECK_STR(lab_intern_string(&texts, 0), "");
    lab_intern(&texts, "tick");
    CHECK_INT(lab_intern_find(&texts, "tick"), 1);
    CHECK_INT(lab_intern_find(&texts, "tock"), 0);
    CHECK_INT(lab_intern_find(&texts, ""), 0);
    lab_intern_free(&texts);
}

TEST(ten_thousand_strings_are_all_found_again) {
    struct lab_intern texts = {0};
    char name[32];
    bool same = true;
    for (int round = 0; round < 2; round++)
        for (uint32_t i = 1; i <= 10000; i++) {
            snprintf(name, sizeof name, "task %u", (unsigned)i);
            same = same && lab_intern(&texts, name) == i &&
                   strcmp(lab_intern_string(&texts, i), name) == 0;
        }
    CHECK(same);
    CHECK_INT(texts.count, 10000);
    lab_intern_free(&texts);
}
