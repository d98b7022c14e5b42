// time.h - a time is an int64 count of nanoseconds.
//
// It covers 292 years, adds without rounding, and compares with ==. The unit
// is written where the number is: 30 * LAB_MS.

#ifndef LAB_BASE_TIME_H
#define LAB_BASE_TIME_H

#include <stddef.h>
#include <stdint.h>

typedef int64_t lab_time;

#define LAB_NS ((lab_time)1)
#define LAB_US (1000 * LAB_NS)
#define LAB_MS (1000 * LAB_US)
#define LAB_S (1000 * LAB_MS)
#define LAB_FOREVER INT64_MAX // a deadline that never comes

struct lab_text;

// Writes [time] for people: "1.500 s", "12.50 s", "20.0 ms", "7 us", "0 s".
// Four digits at most before the unit (up to 9999 s), rounded to nearest, so
// columns of times stay narrow. Seconds have as many decimals as fit into
// four digits, milliseconds have one, and nothing below has any.
void lab_time_put(struct lab_text *out, lab_time time);

// The same in the unit of [longest], with as many decimals: "0.250 s of 2.000
// s". One that would lose digits keeps its own.
void lab_time_put_like(struct lab_text *out, lab_time time, lab_time longest);

// Times that stand in a column: all in the unit of the longest, with decimals
// enough that the shortest keeps two digits, if these are seven digits in all,
// and no part of a microsecond beside milliseconds or seconds.
// What is shorter than the last decimal is "<0.001 s". A zeroed one has no
// times yet.
struct lab_times {
    lab_time longest;
    uint64_t step; // what the last decimal is to be worth at most
};

void lab_times_add(struct lab_times *times, lab_time time);
void lab_times_put(struct lab_text *out, const struct lab_times *times,
                   lab_time time);

// Writes [time] exactly, as a number of [unit]s with the decimals it needs and
// no more: "0.25". Uses neither doubles nor the locale's decimal comma.
void lab_time_put_in(struct lab_text *out, lab_time time, lab_time unit);

// Returns how long one [unit] is, of which [n] bytes count: "ns", "us", "ms"
// or "s"; 0 if it is not a unit of time.
lab_time lab_time_unit(const char *unit, size_t n);

// The sum and the difference of [a] and [b]. If it does not fit into a
// lab_time, the greatest or the least one.
static inline lab_time lab_time_plus(lab_time a, lab_time b) {
    lab_time sum;
    if (__builtin_add_overflow(a, b, &sum))
        return a < 0 ? -LAB_FOREVER : LAB_FOREVER;
    return sum < -LAB_FOREVER ? -LAB_FOREVER : sum;
}
static inline lab_time lab_time_minus(lab_time a, lab_time b) {
    lab_time rest;
    if (__builtin_sub_overflow(a, b, &rest))
        return a < b ? -LAB_FOREVER : LAB_FOREVER;
    return rest < -LAB_FOREVER ? -LAB_FOREVER : rest;
}

// The time [delay] after [now], which is 0 or more. At most the last one before
// LAB_FOREVER: a deadline that is far away comes all the same.
static inline lab_time lab_time_after(lab_time now, lab_time delay) {
    return delay < LAB_FOREVER - now ? now + delay : LAB_FOREVER - 1;
}

// Returns [time] multiplied by [times], both 0 or more; LAB_FOREVER if the
// product does not fit.
static inline lab_time lab_time_times(lab_time time, lab_time times) {
    lab_time product;
    return __builtin_mul_overflow(time, times, &product) ? LAB_FOREVER
                                                         : product;
}

#endif
