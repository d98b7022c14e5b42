#include "view/verdict.h"

#include "view/line.h"

// What is compared: the times, or the longest gaps.
enum what { TIME, GAP };

// The variants that ran to their end, by one measure.
struct field {
    const struct lab_comparison *comparison;
    enum what what;
    size_t count;
    const struct lab_result *least, *most;
};

static lab_time measured(const struct lab_result *result, enum what what) {
    return what == TIME ? result->time.measured : result->gap.measured;
}

static bool counts(const struct lab_result *result, enum what what) {
    return result->rc >= 0 && measured(result, what) >= 0 &&
           (what == TIME || result->gap.law);
}

static struct field survey(const struct lab_comparison *comparison,
                           enum what what) {
    struct field field = {.comparison = comparison, .what = what};
    for (size_t i = 0; i < comparison->count; i++) {
        const struct lab_result *result = &comparison->results[i];
        if (!counts(result, what))
            continue;
        lab_time time = measured(result, what);
        if (!field.count || time < measured(field.least, what))
            field.least = result;
        if (!field.count || time > measured(field.most, what))
            field.most = result;
        field.count++;
    }
    return field;
}

// Is [more] so near to [less] that a learner should see them as the same?
static bool alike(lab_time less, lab_time more) {
    return (double)more <= (double)less * 1.05;
}

// Appends the names of all that are alike [best]: "a, b and c". Returns how
// many there are.
static size_t put_names(struct lab_text *out, const struct field *field,
                        const struct lab_result *best) {
    const struct lab_result *names[LAB_DEMO_VARIANTS];
    size_t count = 0;
    lab_time time = measured(best, field->what);
    for (size_t i = 0; i < field->comparison->count; i++) {
        const struct lab_result *result = &field->comparison->results[i];
        if (!counts(result, field->what))
            continue;
        lab_time its = measured(result, field->what);
        // Between two ends that are near each other: it goes with the least.
        if (best == field->most &&
            alike(measured(field->least, field->what), its))
            continue;
        if (its < time ? alike(its, time) : alike(time, its))
            names[count++] = result;
    }
    for (size_t i = 0; i < count; i++) {
        lab_text_put(out, i == 0 ? "" : i + 1 < count ? ", " : " and ");
        lab_text_put(out, names[i]->variant->name);
    }
    return count;
}

static void compare_times(struct lab_text *out, const struct field *times) {
    lab_time less = times->least->time.measured;
    lab_time more = times->most->time.measured;
    size_t count = put_names(out, times, times->least);
    if (less == 0) { // nothing is so many times as fast
        lab_text_put(out, count > 1 ? " take no time; " : " takes no time; ");
        put_names(out, times, times->most);
        lab_text_put(out, ": ");
        lab_line_time(out, more);
    } else {
        double ratio = (double)more / (double)less;
        lab_text_printf(out, " %s %.*f times as fast as ",
                        count > 1 ? "are" : "is", ratio < 9.95, ratio);
        put_names(out, times, times->most);
    }
    lab_text_put(out, ".");
}

static void compare_gaps(struct lab_text *out, const struct field *gaps) {
    const char *text = gaps->comparison->settings.demo->gap_text;
    lab_text_printf(out, "The %s is ", text ? text : "longest gap");
    lab_line_time(out, gaps->most->gap.measured);
    lab_text_put(out, " in ");
    put_names(out, gaps, gaps->most);
    lab_text_put(out, " and ");
    lab_line_time(out, gaps->least->gap.measured);
    lab_text_put(out, " in ");
    put_names(out, gaps, gaps->least);
    lab_text_put(out, ".");
}

void lab_verdict_put(struct lab_text *out,
                     const struct lab_comparison *comparison) {
    struct field times = survey(comparison, TIME);
    struct field gaps = survey(comparison, GAP);
    if (times.count < 2)
        return;
    lab_time less = times.least->time.measured;
    lab_time more = times.most->time.measured;
    bool same = alike(less, more);
    bool gap = gaps.count > 1 &&
               !alike(gaps.least->gap.measured, gaps.most->gap.measured);
    if (!same)
        compare_times(out, &times);
    else if (gap)
        lab_text_printf(out, "%s take %sthe same time.",
                        times.count == 2 ? "Both" : "All",
                        less == more ? "" : "about ");
    if (gap) {
        lab_text_put(out, " ");
        compare_gaps(out, &gaps);
    }
}
