// The time of a loop's steps, counted by the processor between two answers of
// the machine's clock.

#include "test.h"

#include "core/step_clock_internal.h"
#include "record/clock.h"

// A machine whose counter makes five ticks in two nanoseconds.
enum { ANSWER = 50 }; // ticks
static uint64_t ticks_at(lab_time time) {
    return 1000 + (uint64_t)time * 5 / 2;
}

static lab_time answer(struct step_clock *clock, lab_time time) {
    uint64_t ticks = ticks_at(time);
    return lab_step_clock_set(clock, ticks, time, ticks + ANSWER);
}

// One that has been asked for long enough to know the rate; the last time at
// the time that is returned.
static lab_time measured(struct step_clock *clock) {
    for (lab_time time = LAB_S; time < LAB_S + 20 * LAB_MS; time += LAB_MS)
        answer(clock, time);
    return LAB_S + 19 * LAB_MS;
}

TEST(a_clock_counts_once_it_knows_the_rate) {
    struct step_clock clock = {0};
    answer(&clock, LAB_S);
    CHECK(lab_step_clock_at(&clock, ticks_at(LAB_S + 10)) < 0);
    lab_time asked = measured(&clock);
    for (lab_time passed = 0; passed < 100 * LAB_US; passed += 777) {
        lab_time now = lab_step_clock_at(&clock, ticks_at(asked + passed));
        CHECK(now <= asked + passed);
        CHECK(now >= asked + passed - 2); // two roundings
    }
}

TEST(a_clock_knows_the_rate_after_a_millisecond) {
    struct step_clock clock = {0};
    answer(&clock, LAB_S);
    answer(&clock, LAB_S + LAB_MS - 10);
    CHECK(lab_step_clock_at(&clock, ticks_at(LAB_S + LAB_MS)) < 0);
    answer(&clock, LAB_S + LAB_MS);
    CHECK(lab_step_clock_at(&clock, ticks_at(LAB_S + LAB_MS + 10)) > 0);
}

// Nobody knows when, while it is asked, the machine looks at its clock: at the
// latest possible moment and then at the earliest, the rate is lowest.
TEST(the_rate_is_well_known_though_answers_take_as_long_as_may_be) {
    enum { LONG = 399 }; // ticks
    struct step_clock clock = {0};
    lab_time asked = LAB_S + LAB_MS, later = asked + 99 * LAB_US;
    uint64_t first = ticks_at(LAB_S);
    lab_step_clock_set(&clock, first - LONG, LAB_S, first);
    uint64_t second = ticks_at(asked);
    lab_step_clock_set(&clock, second, asked, second + LONG);
    lab_time now = lab_step_clock_at(&clock, ticks_at(later));
    CHECK(now > later - 20);
    CHECK(now < later);
}

TEST(a_clock_that_has_counted_for_long_asks_again) {
    struct step_clock clock = {0};
    lab_time asked = measured(&clock);
    CHECK(lab_step_clock_at(&clock, ticks_at(asked + 99 * LAB_US)) > 0);
    CHECK(lab_step_clock_at(&clock, ticks_at(asked + 101 * LAB_US)) < 0);
    CHECK(lab_step_clock_at(&clock, ticks_at(asked - 1)) < 0);
}

TEST(a_clock_does_not_count_from_an_answer_that_took_long) {
    struct step_clock clock = {0};
    lab_time asked = measured(&clock) + 50 * LAB_US;
    uint64_t ticks = ticks_at(asked);
    CHECK_INT(lab_step_clock_set(&clock, ticks, asked, ticks + LAB_MS), asked);
    CHECK(lab_step_clock_at(&clock, ticks + 10) < 0);
    answer(&clock, asked + LAB_MS);
    CHECK(lab_step_clock_at(&clock, ticks_at(asked + LAB_MS + 10)) > 0);
}

TEST(a_clock_never_goes_back) {
    struct step_clock clock = {0};
    lab_time asked = measured(&clock), late = asked + 90 * LAB_US;
    lab_time told = lab_step_clock_at(&clock, ticks_at(late));
    CHECK(told > late - LAB_US);
    // The machine's clock was set to run slower meanwhile.
    uint64_t ticks = ticks_at(late);
    lab_time slower = late - 10 * LAB_US;
    CHECK_INT(lab_step_clock_set(&clock, ticks, slower, ticks + ANSWER), told);
    CHECK_INT(lab_step_clock_at(&clock, ticks + 5), told);
    lab_time later = lab_step_clock_at(&clock, ticks_at(late + 50 * LAB_US));
    CHECK(later > told);
    CHECK(later < late + 41 * LAB_US); // it follows the machine's
}

TEST(a_clock_that_is_seldom_asked_does_not_ask_the_kernel_as_well) {
    struct step_clock clock = {0};
    lab_time began = lab_clock_machine();
    for (int i = 0; i < 400; i++) {
        while (lab_clock_machine() < began + i * 5 * LAB_US)
            ; // the last time, more than a millisecond has passed
        lab_step_clock_ask(&clock);
    }
    CHECK(clock.rate == 0);
}

TEST(a_counter_that_stands_still_is_not_used) {
    struct step_clock clock = {0};
    for (lab_time time = LAB_S; time < 2 * LAB_S; time += LAB_MS)
        CHECK_INT(lab_step_clock_set(&clock, 7, time, 7), time);
    CHECK(lab_step_clock_at(&clock, 7) < 0);
}

TEST(the_time_of_a_step_is_the_machines) {
    struct step_clock clock = {0};
    lab_time end = lab_clock_machine() + 15 * LAB_MS, told = 0, before = 0;
    while (before < end) {
        before = lab_clock_machine();
        lab_time now = lab_step_clock_now(&clock);
        lab_time after = lab_clock_machine();
        CHECK(now >= told);
        CHECK(now >= before - LAB_US);
        CHECK(now <= after + LAB_US);
        told = now;
    }
}
