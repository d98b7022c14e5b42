#include "test.h"

#include "base/text.h"
#include "record/clock.h"

static void check_clock(const char *text, bool is_virtual, int thousandths) {
    struct lab_text error = {0}, again = {0};
    struct lab_clock clock = {0};
    CHECK(lab_clock_parse(text, &clock, &error));
    CHECK_INT(clock.is_virtual, is_virtual);
    CHECK_INT(clock.pace * 1000, thousandths);
    lab_clock_put(&again, clock);
    CHECK_STR(lab_text_string(&again), text);
    lab_text_free(&error);
    lab_text_free(&again);
}

TEST(clocks_are_written_as_they_are_read) {
    check_clock("virtual", true, 1000);
    check_clock("real", false, 1000);
    check_clock("x10", false, 10000);
    check_clock("x0.5", false, 500);
    check_clock("x1000", false, 1000000);
    check_clock("x0.001", false, 1);
}

TEST(what_is_no_clock_is_refused_in_a_sentence) {
    static const char *const wrong[] = {"",        "x",     "x0",   "x-1",
                                        "x1e9",    "x1001", "10",   "Real",
                                        "x0.0001", "x1.5s", "xnan", "xinf"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct lab_text error = {0};
        struct lab_clock clock = {.pace = 7};
        CHECK(!lab_clock_parse(wrong[i], &clock, &error));
        CHECK(error.length > 20);
        CHECK_INT(clock.pace, 7);
        lab_text_free(&error);
    }
}

TEST(the_machines_clock_does_not_go_back) {
    lab_time last = lab_clock_machine();
    for (int i = 0; i < 1000; i++) {
        lab_time now = lab_clock_machine();
        CHECK(now >= last);
        last = now;
    }
}
