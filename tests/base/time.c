#include "base/time.h"

#include "base/alloc.h"
#include "base/text.h"
#include "test.h"

#include <string.h>

TEST(time_put_writes_four_digits_and_a_unit) {
    static const struct {
        lab_time time;
        const char *text;
    } rows[] = {
        {0, "0 s"},
        {1, "1 ns"},
        {999, "999 ns"},
        {7 * LAB_US, "7 us"},
        {1499, "1 us"},
        {1500, "2 us"},
        {999 * LAB_US, "999 us"},
        {LAB_MS - 1, "1.0 ms"}, // never "1000 us"
        {LAB_MS, "1.0 ms"},
        {1500 * LAB_US, "1.5 ms"},
        {20 * LAB_MS, "20.0 ms"},
        {100 * LAB_MS, "100.0 ms"},
        {999900 * LAB_US, "999.9 ms"},
        {999950 * LAB_US, "1.000 s"},
        {LAB_S, "1.000 s"},
        {1500 * LAB_MS, "1.500 s"},
        {9999 * LAB_MS, "9.999 s"},
        {9999500 * LAB_US, "10.00 s"},
        {60 * LAB_S, "60.00 s"},
        {600 * LAB_S, "600.0 s"},
        {3600 * LAB_S, "3600 s"},
        {86400 * LAB_S, "86400 s"},
        {-20 * LAB_MS, "-20.0 ms"},
        {-1, "-1 ns"},
        {INT64_MAX, "9223372037 s"},
        {INT64_MIN, "-9223372037 s"},
    };
    for (size_t i = 0; i < countof(rows); i++) {
        struct lab_text out = {0};
        lab_time_put(&out, rows[i].time);
        CHECK_STR(lab_text_string(&out), rows[i].text);
        lab_text_free(&out);
    }
}

TEST(sums_and_differences_end_where_time_does) {
    CHECK_INT(lab_time_plus(3, 4), 7);
    CHECK_INT(lab_time_plus(INT64_MAX, 1), LAB_FOREVER);
    CHECK_INT(lab_time_plus(INT64_MIN, -1), -LAB_FOREVER);
    CHECK_INT(lab_time_plus(INT64_MIN, 0), -LAB_FOREVER);
    CHECK_INT(lab_time_plus(INT64_MAX, INT64_MIN), -1);
    CHECK_INT(lab_time_minus(INT64_MIN, 1), -LAB_FOREVER);
    CHECK_INT(lab_time_minus(INT64_MAX, -1), LAB_FOREVER);
}

TEST(a_deadline_comes_however_far_away_it_is) {
    CHECK_INT(lab_time_after(3, 4), 7);
    CHECK_INT(lab_time_after(7, -4), 3);
    CHECK_INT(lab_time_after(0, LAB_FOREVER), LAB_FOREVER - 1);
    CHECK_INT(lab_time_after(LAB_FOREVER - 1, 1), LAB_FOREVER - 1);
    CHECK_INT(lab_time_times(5, 4), 20);
    CHECK_INT(lab_time_times(LAB_FOREVER / 2, 2), LAB_FOREVER - 1);
    CHECK_INT(lab_time_times(LAB_FOREVER / 2, 3), LAB_FOREVER);
}

TEST(time_unit_knows_four_units) {
    CHECK_INT(lab_time_unit("ns", 2), 1);
    CHECK_INT(lab_time_unit("us", 2), LAB_US);
    CHECK_INT(lab_time_unit("ms", 2), LAB_MS);
    CHECK_INT(lab_time_unit("s", 1), LAB_S);
    CHECK_INT(lab_time_unit("seconds", 1), LAB_S); // one byte counts
    CHECK_INT(lab_time_unit("", 0), 0);
    CHECK_INT(lab_time_unit("min", 3), 0);
    CHECK_INT(lab_time_unit("m", 1), 0);
}

static void check_units(lab_time time, lab_time unit, const char *expected) {
    struct lab_text out = {0};
    lab_time_put_in(&out, time, unit);
    CHECK_STR(lab_text_string(&out), expected);
    lab_text_free(&out);
}

TEST(times_have_the_decimals_they_need_and_no_more) {
    check_units(0, LAB_S, "0");
    check_units(250 * LAB_MS, LAB_S, "0.25");
    check_units(1, LAB_S, "0.000000001");
    check_units(-1500, LAB_US, "-1.5");
    check_units(INT64_MIN, LAB_NS, "-9223372036854775808");
    check_units(INT64_MAX, LAB_US, "9223372036854775.807");
}

TEST(all_times_of_a_column_are_in_one_unit_and_none_is_lost) {
    static const struct {
        lab_time times[3];
        const char *text;
    } rows[] = {
        {{5 * LAB_S, LAB_S, 0}, "5.000 s, 1.000 s, 0 s"},
        {{2 * LAB_S, 100 * LAB_MS, LAB_MS}, "2.000 s, 0.100 s, 0.001 s"},
        {{2 * LAB_S, 45 * LAB_MS + 7, 0}, "2.000 s, 0.045 s, 0 s"},
        {{LAB_S, 2 * LAB_US, 0}, "1.000000 s, 0.000002 s, 0 s"},
        {{200 * LAB_MS, 8540, 0}, "200.000 ms, 0.009 ms, 0 ms"},
        {{200 * LAB_MS, 15, 0}, "200.000 ms, <0.001 ms, 0 ms"},
        {{20 * LAB_S, 15 * LAB_MS, 0}, "20.000 s, 0.015 s, 0 s"},
        {{7, 12 * LAB_US, 0}, "0.007 us, 12.000 us, 0 us"},
        {{0, 0, 0}, "0 s, 0 s, 0 s"},
        {{-LAB_S, 5 * LAB_MS, 0}, "-1.000 s, 0.005 s, 0 s"},
        {{INT64_MIN, INT64_MAX, 1}, "-9223372037 s, 9223372037 s, <1 s"},
    };
    for (size_t i = 0; i < countof(rows); i++) {
        struct lab_times times = {0};
        struct lab_text out = {0};
        for (size_t j = 0; j < 3; j++)
            lab_times_add(&times, rows[i].times[j]);
        for (size_t j = 0; j < 3; j++) {
            lab_text_put(&out, j ? ", " : "");
            lab_times_put(&out, &times, rows[i].times[j]);
        }
        CHECK_STR(lab_text_string(&out), rows[i].text);
        lab_text_free(&out);
    }
}

TEST(a_time_can_have_the_unit_of_a_longer_one) {
    static const struct {
        lab_time time, longest;
        const char *text;
    } rows[] = {
        {2 * LAB_S, 2 * LAB_S, "2.000 s"},
        {100 * LAB_MS, 2 * LAB_S, "0.100 s"},
        {LAB_MS, 2 * LAB_S, "0.001 s"},
        {100 * LAB_MS + 7, 2 * LAB_S, "0.100 s"},
        {LAB_MS + 7, 2 * LAB_S, "1.0 ms"}, // "0.001 s" would lose all the rest
        {0, 2 * LAB_S, "0 s"},
        {100 * LAB_MS, 20 * LAB_S, "0.10 s"},
        {10 * LAB_US, 20 * LAB_MS, "10 us"},
        {100 * LAB_US, 20 * LAB_MS, "0.1 ms"},
        {-100 * LAB_MS, 2 * LAB_S, "-0.100 s"},
        {3 * LAB_S, 2 * LAB_MS, "3.000 s"}, // it is not the longest, then
        {INT64_MIN, INT64_MAX, "-9223372037 s"},
    };
    for (size_t i = 0; i < countof(rows); i++) {
        struct lab_text out = {0};
        lab_time_put_like(&out, rows[i].time, rows[i].longest);
        CHECK_STR(lab_text_string(&out), rows[i].text);
        lab_text_free(&out);
    }
}
