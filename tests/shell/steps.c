#include "shell/steps.h"

#include "test.h"

#include <string.h>

// Reads [text] and writes its values, or what is wrong, with spaces.
static void check(const char *text, const char *expected) {
    struct lab_steps steps;
    struct lab_text out = {0}, error = {0};
    if (lab_steps_read(&steps, text, &error))
        for (size_t i = 0; i < steps.count; i++)
            lab_text_printf(&out, "%s%s", i ? " " : "", steps.values[i]);
    else
        lab_text_put(&out, lab_text_string(&error));
    if (strncmp(lab_text_string(&out), expected, strlen(expected)) != 0 ||
        (!error.length && out.length != strlen(expected)))
        CHECK_STR(lab_text_string(&out), expected);
    lab_steps_free(&steps);
    lab_text_free(&out);
    lab_text_free(&error);
}

TEST(steps_are_lists_and_ranges_with_units) {
    check("1..4", "1 2 3 4");
    check("4..1", "4 3 2 1");
    check("7..7", "7");
    check("0..1000..250", "0 250 500 750 1000");
    check("0..10..4", "0 4 8");
    check("100ms..500ms..200ms", "100ms 300ms 500ms");
    check("100..300ms..100", "100ms 200ms 300ms");
    check("0.5s..2s..0.5s", "0.5s 1s 1.5s 2s");
    check("-1..1", "-1 0 1");
    check("1,4,2s", "1 4 2s");
    check("5", "5");
}

TEST(steps_that_are_none_are_refused_with_what_to_type) {
    check("1..", "\"1..\" is no range of values; one is 1..8");
    check("1..2..0", "\"1..2..0\" is no range");
    check("a..b", "\"a..b\" is no range");
    check("1..2..3..4", "\"1..2..3..4\" is no range");
    check("1..99999999999999999999", "\"1..99999999999999999999\" is");
    check("100ms..2s", "\"100ms..2s\" has two units");
    check("1..65", "\"1..65\" is more than 64 values");
    check("1,,2", "\"1,,2\" has a comma without a value");
    check("1,", "\"1,\" has a comma");
}
