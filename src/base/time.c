#include "base/time.h"

#include "base/alloc.h"
#include "base/text.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

// How a time below [below] nanoseconds is written: as a number of [unit]s with
// [decimals], the last of which is worth [step].
struct form {
    uint64_t below, step, unit;
    int decimals;
    const char *name;
};

static const struct form forms[] = {
    {1, 1, 1, 0, "s"}, // nothing is nothing in any unit
    {1000, 1, 1, 0, "ns"},
    {1000000, 1000, 1000, 0, "us"},
    {1000000000, 100000, 1000000, 1, "ms"},
    {10000000000, 1000000, 1000000000, 3, "s"},
    {100000000000, 10000000, 1000000000, 2, "s"},
    {1000000000000, 100000000, 1000000000, 1, "s"},
    {UINT64_MAX, 1000000000, 1000000000, 0, "s"},
};

static uint64_t magnitude(lab_time time) {
    // Not -time: the least int64 has no positive twin.
    return time < 0 ? 0 - (uint64_t)time : (uint64_t)time;
}

static uint64_t round_to(const struct form *form, uint64_t time) {
    return (time + form->step / 2) / form->step * form->step;
}

// Rounded before it is compared, so that 999.97 ms is 1.000 s.
static const struct form *form_of(lab_time time) {
    const struct form *form = forms;
    while (round_to(form, magnitude(time)) >= form->below)
        form++;
    return form;
}

static void put(struct lab_text *out, lab_time time, const struct form *form) {
    uint64_t rounded = round_to(form, magnitude(time));
    lab_text_printf(out, "%s%" PRIu64, time < 0 ? "-" : "",
                    rounded / form->unit);
    if (form->decimals)
        lab_text_printf(out, ".%0*" PRIu64, form->decimals,
                        rounded % form->unit / form->step);
    lab_text_printf(out, " %s", form->name);
}

void lab_time_put(struct lab_text *out, lab_time time) {
    put(out, time, form_of(time));
}

void lab_time_put_like(struct lab_text *out, lab_time time, lab_time longest) {
    enum { ENOUGH = 100 }; // steps: three digits
    const struct form *form = form_of(longest);
    uint64_t left = magnitude(time);
    bool fits = left > 0 && left <= magnitude(longest) &&
                (left % form->step == 0 || left / form->step >= ENOUGH);
    put(out, time, fits ? form : form_of(time));
}

// The coarsest step that shows [time] exactly, or two digits of it.
static uint64_t step_for(uint64_t time) {
    enum { ENOUGH = 10 };
    uint64_t step = 1;
    while (time / step >= ENOUGH &&
           (time % (10 * step) == 0 || time / (10 * step) >= ENOUGH))
        step *= 10;
    return step;
}

void lab_times_add(struct lab_times *times, lab_time time) {
    uint64_t step = step_for(magnitude(time));
    if (magnitude(time) > magnitude(times->longest))
        times->longest = time;
    if (time != 0 && (times->step == 0 || step < times->step))
        times->step = step;
}

// The form of the longest, with more decimals if the shortest needs them, down
// to microseconds, and if all still have seven digits at most.
static struct form form_for(const struct lab_times *times) {
    enum { DIGITS = 7 };
    struct form form = *form_of(times->longest);
    int digits = form.decimals;
    for (uint64_t whole = magnitude(times->longest) / form.unit; whole > 0;
         whole /= 10)
        digits++;
    uint64_t least = form.unit < LAB_MS ? 1 : LAB_US; // nobody asks for more
    for (; form.step > times->step && form.step > least && digits < DIGITS;
         digits++) {
        form.step /= 10;
        form.decimals++;
    }
    return form;
}

void lab_times_put(struct lab_text *out, const struct lab_times *times,
                   lab_time time) {
    struct form form = form_for(times);
    if (time == 0) {
        lab_text_printf(out, "0 %s", form.name);
    } else if (round_to(&form, magnitude(time)) == 0) {
        lab_text_put(out, "<");
        put(out, (lab_time)form.step, &form);
    } else {
        put(out, time, &form);
    }
}

void lab_time_put_in(struct lab_text *out, lab_time time, lab_time unit) {
    uint64_t ns = magnitude(time);
    uint64_t rest = ns % (uint64_t)unit;
    lab_text_printf(out, "%s%" PRIu64, time < 0 ? "-" : "",
                    ns / (uint64_t)unit);
    lab_text_put(out, rest > 0 ? "." : "");
    for (uint64_t digit = (uint64_t)unit / 10; rest > 0; digit /= 10) {
        lab_text_printf(out, "%" PRIu64, rest / digit);
        rest %= digit;
    }
}

lab_time lab_time_unit(const char *unit, size_t n) {
    static const struct {
        const char *name;
        lab_time time;
    } units[] = {{"ns", LAB_NS}, {"us", LAB_US}, {"ms", LAB_MS}, {"s", LAB_S}};
    for (size_t i = 0; i < countof(units); i++)
        if (strlen(units[i].name) == n && memcmp(units[i].name, unit, n) == 0)
            return units[i].time;
    return 0;
}
