#include "demo/grade_plan.h"

#include "test.h"

#include "base/alloc.h"
#include "base/error.h"
#include "demo/result.h"

#include <string.h>

// A program that makes the same five choices in every order. It has three
// timers and two moments of each cancel. Where it breaks, all choices must be
// odd: so no seed is simple, and what is left out of it is tried.
static const size_t widths[] = {2, 3, 2, 3, 2};
enum { TIMERS = 3, MOMENTS = 2, CHOICES = 5, LOOKED_AHEAD = 4 };

static void choose(struct lab_schedule *schedule, bool *broke) {
    *broke = true;
    lab_schedule_rewind(schedule);
    for (size_t i = 0; i < countof(widths); i++)
        *broke &= schedule->kind != LAB_SCHEDULE_FIFO &&
                  lab_schedule_choose(schedule, widths[i]) > 0;
    schedule->timers = TIMERS;
    schedule->moments = MOMENTS;
}

// One grading: what was run, a line each, and how many of these were foreseen.
struct grading {
    struct lab_grade grade;
    bool looks, can_break;
    struct lab_text ran;
    size_t count, foreseen;
};

static void run(struct grading *grading, struct lab_grade_plan *plan) {
    struct lab_comparison comparison = {.clock = LAB_CLOCK_VIRTUAL};
    struct lab_run *run = lab_comparison_add_run(&comparison, "only");
    bool broke;
    lab_record_add(run->record,
                   (struct lab_event){.kind = LAB_EVENT_SPAWN, .task = 1},
                   "root");
    lab_grade_give(&grading->grade, &comparison, run);
    choose(&plan->schedule, &broke);
    run->rc = broke && grading->can_break && plan->phase == LAB_GRADE_CASES
                  ? LAB_ENOENT
                  : 0;
    lab_grade_plan_take(plan, &comparison, run);
    lab_comparison_free(&comparison);
}

static void grade(struct grading *grading) {
    struct lab_grade_plan plan;
    struct lab_text now = {0}, ahead = {0};
    char *cases[] = {(char *)"n=3", (char *)"n=4"};
    grading->grade = (struct lab_grade){.small = lab_strdup("n=2"),
                                        .late = true,
                                        .cancel = true,
                                        .seeds = 100,
                                        .most = 60,
                                        .most_each = 7,
                                        .case_count = 2};
    grading->grade.cases = lab_alloc(2 * sizeof *grading->grade.cases);
    for (size_t i = 0; i < 2; i++)
        grading->grade.cases[i] = lab_strdup(cases[i]);
    lab_grade_claims(&grading->grade, NULL, 0);
    lab_grade_plan_begin(&plan, &grading->grade);
    while (lab_grade_plan_next(&plan)) {
        lab_text_clear(&now);
        lab_text_put(&now, "\t");
        lab_schedule_put(&now, &plan.schedule);
        lab_text_printf(&now, "\t%s", plan.values);
        lab_text_printf(&grading->ran, "%s\n", now.data);
        grading->count++;
        grading->foreseen +=
            ahead.length && strncmp(ahead.data, now.data, now.length) == 0;
        lab_text_clear(&ahead);
        if (grading->looks)
            lab_grade_plan_put_ahead(&ahead, &plan, LOOKED_AHEAD);
        run(grading, &plan);
    }
    lab_grade_plan_end(&plan);
    lab_text_free(&now);
    lab_text_free(&ahead);
}

static void term(struct grading *grading) {
    lab_text_free(&grading->ran);
    lab_grade_free(&grading->grade);
}

// Four phases begin, and 14 groups of orders have a second one, which nobody
// knows before the first has shown what the choices are. Twice a moment was the
// last of its kind, and twice a seed repeats the order of the one before. A
// seed is reduced in stages, which nobody foresees.
static const size_t surprises[2] = {22, 26};

TEST(looking_ahead_tells_nearly_all_that_is_run_and_changes_nothing) {
    for (int can_break = 0; can_break < 2; can_break++) {
        struct grading seen = {.looks = true, .can_break = can_break};
        struct grading blind = {.can_break = can_break};
        grade(&seen);
        grade(&blind);
        CHECK_STR(lab_text_string(&seen.ran), lab_text_string(&blind.ran));
        CHECK_INT(seen.grade.passed, !can_break);
        CHECK_INT(blind.grade.passed, !can_break);
        CHECK_INT(seen.count - seen.foreseen, surprises[can_break]);
        term(&seen);
        term(&blind);
    }
}

// --- seeds that repeat an order

// The order that [seed] leads to, as a number.
static size_t order_of(uint64_t seed) {
    struct lab_schedule schedule = {.kind = LAB_SCHEDULE_SEED, .seed = seed};
    bool broke;
    size_t order = 0;
    choose(&schedule, &broke);
    for (size_t i = 0; i < schedule.made; i++)
        order = order * widths[i] + schedule.choices[i].taken;
    lab_schedule_free(&schedule);
    return order;
}

// How many orders the seeds of a case lead to: every second from [first] on.
static size_t orders_from(uint64_t first) {
    bool seen[2 * 3 * 2 * 3 * 2] = {false};
    size_t count = 0;
    for (uint64_t seed = first; seed <= 100; seed += 2) {
        size_t order = order_of(seed);
        count += !seen[order];
        seen[order] = true;
    }
    return count;
}

static size_t count_of(const char *text, const char *word) {
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, word)); at++)
        count++;
    return count;
}

TEST(a_seed_that_repeats_an_order_counts_and_is_not_run) {
    struct grading grading = {0};
    grade(&grading);
    CHECK(grading.grade.passed);
    CHECK_INT(grading.grade.phases[LAB_GRADE_CASES].tried, 2 + 100);
    size_t orders = orders_from(1) + orders_from(2);
    CHECK(orders < 90);
    CHECK_INT(count_of(lab_text_string(&grading.ran), "seed:"), orders);
    term(&grading);
}

// Each counts in how many runs a claim is broken.
TEST(a_seed_that_repeats_a_broken_order_is_run) {
    struct grading grading = {.can_break = true};
    size_t broken = 0;
    grade(&grading);
    for (uint64_t seed = 1; seed <= 100; seed++) {
        struct lab_schedule schedule = {.kind = LAB_SCHEDULE_SEED,
                                        .seed = seed};
        bool broke;
        choose(&schedule, &broke);
        broken += broke;
        lab_schedule_free(&schedule);
    }
    CHECK_INT(grading.grade.phases[LAB_GRADE_CASES].claims[0].broken, broken);
    term(&grading);
}
