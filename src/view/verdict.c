#include "view/verdict.h"

#include "demo/claim.h"
#include "view/claims.h"
#include "view/line.h"
#include "view/names.h"
#include "view/question.h"

#include <math.h>
#include <string.h>

// What is compared: the times, or the longest gaps.
enum what { TIME, GAP };

// The variants that ran to their end, by one measure.
struct field {
    const struct lab_comparison *comparison;
    enum what what;
    size_t count;
    const struct lab_run *least, *most;
};

static lab_time measured(const struct lab_run *run, enum what what) {
    return what == TIME ? run->time.measured : run->gap.measured;
}

static bool counts(const struct lab_run *run, enum what what) {
    return run->rc >= 0 && !run->differs && measured(run, what) >= 0 &&
           (what == TIME || run->gap.law);
}

// Is [claim] about what the run comes to, and not how long it takes?
static bool is_result(const struct lab_claim *claim) {
    return claim->measure && (strncmp(claim->measure, "count", 5) == 0 ||
                              strncmp(claim->measure, "result", 6) == 0);
}

// Does [run] claim another result than [claim] does of its run?
static bool contradicts(const struct lab_run *run,
                        const struct lab_claim *claim) {
    for (size_t i = 0; i < run->claim_count; i++)
        if (is_result(&run->claims[i]) &&
            strcmp(run->claims[i].measure, claim->measure) == 0 &&
            strcmp(run->claims[i].text, claim->text) != 0)
            return true;
    return false;
}

// Do both do the same work, as far as their claims say what comes of it?
static bool does_the_same(const struct lab_run *a, const struct lab_run *b) {
    for (size_t i = 0; i < a->claim_count; i++)
        if (is_result(&a->claims[i]) && contradicts(b, &a->claims[i]))
            return false;
    return true;
}

static struct field survey(const struct lab_comparison *comparison,
                           enum what what) {
    struct field field = {.comparison = comparison, .what = what};
    for (size_t i = 0; i < comparison->count; i++) {
        const struct lab_run *run = comparison->runs[i];
        if (!counts(run, what))
            continue;
        for (size_t j = 0; j < i; j++)
            if (counts(comparison->runs[j], what) &&
                !does_the_same(comparison->runs[j], run))
                return (struct field){0};
        lab_time time = measured(run, what);
        if (!field.count || time < measured(field.least, what))
            field.least = run;
        if (!field.count || time > measured(field.most, what))
            field.most = run;
        field.count++;
    }
    return field;
}

// Is [more] so near to [less] that a learner should see them as the same?
static bool alike(lab_time less, lab_time more) {
    return (double)more <= (double)less * 1.05;
}

// Is [run] one of the variants that are like [best]?
static bool belongs(const struct field *field, const struct lab_run *best,
                    const struct lab_run *run) {
    if (!counts(run, field->what))
        return false;
    lab_time time = measured(best, field->what);
    lab_time its = measured(run, field->what);
    // One that is like both ends goes with the least.
    if (best == field->most && alike(measured(field->least, field->what), its))
        return false;
    return its < time ? alike(its, time) : alike(time, its);
}

// Appends the names of all that are like [best]: "a, b and c". Returns their
// number.
static size_t put_names(struct lab_text *out, const struct field *field,
                        const struct lab_run *best) {
    const struct lab_comparison *all = field->comparison;
    struct lab_names names = {.most = SIZE_MAX};
    for (size_t i = 0; i < all->count; i++)
        if (belongs(field, best, all->runs[i]))
            lab_text_put(lab_names_next(&names), all->runs[i]->name);
    size_t count = names.count;
    lab_names_end(&names, out);
    lab_names_free(&names);
    return count;
}

// What the variants that are like [best] took: the shortest and the longest.
struct range {
    lab_time from, to;
};

static struct range range_of(const struct field *field,
                             const struct lab_run *best) {
    const struct lab_comparison *all = field->comparison;
    lab_time its = measured(best, field->what);
    struct range range = {its, its};
    for (size_t i = 0; i < all->count; i++) {
        if (!belongs(field, best, all->runs[i]))
            continue;
        its = measured(all->runs[i], field->what);
        range.from = its < range.from ? its : range.from;
        range.to = its > range.to ? its : range.to;
    }
    return range;
}

// Appends what was measured of [best]; "about" it, if those that are named with
// it are only near.
static void put_figure(struct lab_text *out, const struct field *field,
                       const struct lab_run *best) {
    struct range range = range_of(field, best);
    lab_text_put(out, range.from == range.to ? "" : "about ");
    lab_line_time(out, measured(best, field->what));
}

// Appends how many times as fast the fastest is: "5.0"; or "about 5.0", if the
// rounded figure is not true of all variants that are named.
static void put_ratio(struct lab_text *out, const struct field *times) {
    struct range fast = range_of(times, times->least);
    struct range slow = range_of(times, times->most);
    double ratio = (double)slow.to / (double)fast.from;
    double least = (double)slow.from / (double)fast.to;
    double unit = ratio < 9.95 ? 10 : 1; // one decimal, or none
    bool same = floor(ratio * unit + 0.5) == floor(least * unit + 0.5);
    lab_text_printf(out, "%s%.*f", same ? "" : "about ", ratio < 9.95, ratio);
}

static void compare_times(struct lab_text *out, const struct field *times) {
    lab_time less = times->least->time.measured;
    size_t count = put_names(out, times, times->least);
    if (less == 0) { // there is no ratio
        lab_text_put(out, count > 1 ? " take no time; " : " takes no time; ");
        put_names(out, times, times->most);
        lab_text_put(out, ": ");
        put_figure(out, times, times->most);
    } else {
        lab_text_put(out, count > 1 ? " are " : " is ");
        put_ratio(out, times);
        lab_text_put(out, " times as fast as ");
        put_names(out, times, times->most);
    }
    lab_text_put(out, ".");
}

static void compare_gaps(struct lab_text *out, const struct field *gaps) {
    const char *text = gaps->comparison->gap_text;
    lab_text_printf(out, "The %s is ", text ? text : "longest gap");
    put_figure(out, gaps, gaps->most);
    lab_text_put(out, " in ");
    put_names(out, gaps, gaps->most);
    lab_text_put(out, " and ");
    put_figure(out, gaps, gaps->least);
    lab_text_put(out, " in ");
    put_names(out, gaps, gaps->least);
    lab_text_put(out, ".");
}

void lab_verdict_put_deadlock(struct lab_text *out, const struct lab_run *run,
                              const char *code) {
    size_t at = lab_state_deadlock(run->record);
    if (at == SIZE_MAX)
        return;
    struct lab_state *state = lab_state_new(run->record);
    lab_state_go(state, at);
    lab_text_printf(out, "%s%s is deadlocked: ", out->length ? " " : "",
                    run->name);
    lab_question_stuck(out,
                       &(struct lab_snapshot){.state = state, .source = code});
    lab_state_free(state);
}

static void compare(struct lab_text *out,
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

// Appends the author's sentence. One that names what has not run, or what
// cannot be measured, is left out.
static void put_own(struct lab_text *out,
                    const struct lab_comparison *comparison) {
    struct lab_text own = {0}, name = {0}, measure = {0};
    const char *at = comparison->verdict;
    bool fine = true;
    while (fine && lab_claim_place(&at, &own, &name, &measure)) {
        const struct lab_run *run =
            lab_comparison_find(comparison, lab_text_string(&name));
        enum lab_claim_unit unit;
        int64_t value;
        fine = run && !lab_run_skipped(run) &&
               lab_claim_measure(comparison, run, lab_text_string(&measure),
                                 &unit, &value);
        if (fine)
            lab_claims_put_value(&own, unit, value);
        lab_text_clear(&name);
        lab_text_clear(&measure);
    }
    lab_text_put(out, fine ? lab_text_string(&own) : "");
    lab_text_free(&own);
    lab_text_free(&name);
    lab_text_free(&measure);
}

void lab_verdict_put(struct lab_text *out,
                     const struct lab_comparison *comparison) {
    if (comparison->verdict)
        put_own(out, comparison);
    else
        compare(out, comparison);
    for (size_t i = 0; i < comparison->count; i++)
        lab_verdict_put_deadlock(out, comparison->runs[i], comparison->code);
}
