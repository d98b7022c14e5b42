#include "view/verdict.h"

#include "records.h"

static const struct lab_demo demo = {
    .name = "verdict",
    .variants = {{.name = "a", .takes = "1", .gap = "1"},
                 {.name = "b", .takes = "1", .gap = "1"},
                 {.name = "c", .takes = "1", .gap = "1"}},
    .mark = "beat",
    .gap_text = "longest gap"};

// Do three variants with these times and gaps in ms (a negative time is an
// error, a negative gap none) come to [expected]?
static void check_verdict(const int times[3], const int gaps[3],
                          const char *expected) {
    struct lab_comparison comparison = comparison_of(1, &demo);
    struct lab_text out = {0};
    for (size_t i = 0; i < 3; i++) {
        struct lab_run *run = add_result(&comparison, i, lab_record_new());
        run->time.measured = times[i] * LAB_MS;
        run->gap.measured = gaps[i] * LAB_MS;
        run->rc = times[i] < 0 ? LAB_ECANCELED : 0;
    }
    lab_verdict_put(&out, &comparison);
    CHECK_STR(lab_text_string(&out), expected);
    lab_text_free(&out);
    lab_comparison_free(&comparison);
}

static const int no_gaps[3] = {-1, -1, -1};

TEST(the_fastest_is_compared_with_the_slowest) {
    check_verdict((int[]){5000, 1000, 2000}, no_gaps,
                  "b is 5.0 times as fast as a.");
    check_verdict((int[]){5000, 10, 2000}, no_gaps,
                  "b is 500 times as fast as a.");
}

TEST(those_that_are_alike_are_named_together) {
    check_verdict((int[]){3000, 3001, 2000}, no_gaps,
                  "c is 1.5 times as fast as a and b.");
    check_verdict((int[]){1000, 1000, 2000}, no_gaps,
                  "a and b are 2.0 times as fast as c.");
}

TEST(none_is_in_both_camps) {
    check_verdict((int[]){1000, 1040, 1080}, no_gaps,
                  "a and b are 1.1 times as fast as c.");
}

TEST(nothing_is_said_where_nothing_differs) {
    check_verdict((int[]){1000, 1000, 1001}, no_gaps, "");
    check_verdict((int[]){0, 0, 0}, (int[]){5, 5, 5}, "");
}

TEST(one_variant_is_not_compared) {
    check_verdict((int[]){1000, -1, -1}, no_gaps, "");
}

TEST(one_that_failed_is_left_out) {
    check_verdict((int[]){-1, 1000, 2000}, no_gaps,
                  "b is 2.0 times as fast as c.");
}

TEST(no_time_at_all_is_no_divisor) {
    check_verdict((int[]){0, 1000, 1000}, no_gaps,
                  "a takes no time; b and c: 1.000 s.");
}

TEST(gaps_speak_where_times_do_not) {
    check_verdict((int[]){1000, 1000, 1001}, (int[]){900, 100, 100},
                  "All take about the same time. The longest gap is 900.0 ms "
                  "in a and 100.0 ms in b and c.");
    check_verdict((int[]){1000, -1, 1000}, (int[]){900, 100, 100},
                  "Both take the same time. The longest gap is 900.0 ms in a "
                  "and 100.0 ms in c.");
}
