#include "test.h"

#include "base/text.h"
#include "core/schedule.h"

static void check_same(const char *text) {
    struct lab_schedule schedule = {0};
    struct lab_text error = {0}, again = {0};
    CHECK(lab_schedule_parse(text, &schedule, &error));
    lab_schedule_put(&again, &schedule);
    CHECK_STR(lab_text_string(&again), text);
    lab_schedule_free(&schedule);
    lab_text_free(&again);
    lab_text_free(&error);
}

TEST(schedules_are_written_as_they_are_read) {
    check_same("fifo");
    check_same("seed:0");
    check_same("seed:18446744073709551615");
    check_same("0");
    check_same("0,12,3");
}

TEST(what_is_no_schedule_is_refused_in_a_sentence) {
    static const char *const wrong[] = {"",    "lifo", "seed:",  "seed:x",
                                        "0,",  ",1",   "0,1x",   "-1",
                                        "1e3", " 1",   "seed:1x"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct lab_schedule schedule = {0};
        struct lab_text error = {0};
        CHECK(!lab_schedule_parse(wrong[i], &schedule, &error));
        CHECK(error.length > 20);
        lab_text_free(&error);
    }
}

TEST(a_seed_draws_the_same_choices_again) {
    struct lab_schedule schedule = {.kind = LAB_SCHEDULE_SEED, .seed = 7};
    size_t first[50];
    bool differ = false;
    lab_schedule_rewind(&schedule);
    for (int i = 0; i < 50; i++) {
        first[i] = lab_schedule_choose(&schedule, 3);
        CHECK(first[i] < 3);
        differ |= first[i] != first[0];
    }
    CHECK(differ);
    lab_schedule_rewind(&schedule);
    for (int i = 0; i < 50; i++)
        CHECK_INT(lab_schedule_choose(&schedule, 3), first[i]);
    lab_schedule_free(&schedule);
}

TEST(a_script_is_followed_and_then_first_in_first_out) {
    struct lab_schedule schedule = {0};
    struct lab_text error = {0};
    CHECK(lab_schedule_parse("2,1,9", &schedule, &error));
    CHECK_INT(lab_schedule_choose(&schedule, 3), 2);
    CHECK_INT(lab_schedule_choose(&schedule, 2), 1);
    CHECK_INT(lab_schedule_choose(&schedule, 4), 3); // there is no tenth
    CHECK_INT(lab_schedule_choose(&schedule, 4), 0);
    lab_schedule_free(&schedule);
    lab_text_free(&error);
}
