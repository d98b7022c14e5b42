// Three calls, of which two may go out at once, kept apart in several ways.
#include "demo/grade.h"

#include "test.h"

#include "base/alloc.h"
#include "lab.h"

#include <stdio.h>
#include <string.h>

static struct lab_semaphore permits;
static bool begun; // by any call

static int ask(void) {
    lab_say("begins");
    int rc = lab_sleep(lab_param("delay"));
    lab_say("ends");
    return rc;
}

static int polite(void *arg) {
    (void)arg;
    LAB_TRY(lab_semaphore_acquire(&permits));
    int rc = ask();
    lab_semaphore_release(&permits);
    return rc;
}

static int rude(void *arg) {
    (void)arg;
    return ask();
}

// Asks for a permit unless the second task was the first to run.
static int hasty(void *arg) {
    bool is_second = (intptr_t)arg == 1, is_first = !begun;
    static bool fair;
    fair = is_first ? !is_second : fair;
    begun = true;
    return fair ? polite(arg) : rude(arg);
}

// Begins when those before it are surely over.
static int patient(void *arg) {
    LAB_TRY(lab_sleep(3 * (int64_t)(intptr_t)arg * lab_param("delay")));
    return ask();
}

// Keeps its permit when it is cancelled.
static int leaky(void *arg) {
    (void)arg;
    LAB_TRY(lab_semaphore_acquire(&permits));
    lab_say("begins");
    LAB_TRY(lab_sleep(lab_param("delay")));
    lab_say("ends");
    lab_semaphore_release(&permits);
    return 0;
}

// Waits for ever when the order is unlucky.
static int stuck(void *arg) {
    bool is_second = (intptr_t)arg == 1;
    if (is_second && !begun)
        LAB_TRY(lab_semaphore_acquire(&permits));
    begun = true;
    return polite(arg);
}

// Goes wrong when 5 runs before 3, and 7 before 2.
static unsigned seen; // a bit for each that has run

static int swapped(void *arg) {
    unsigned i = (unsigned)(uintptr_t)arg;
    static bool first, second;
    first &= seen != 0;
    second &= seen != 0;
    first |= i == 5 && !(seen & 1u << 3);
    second |= i == 7 && !(seen & 1u << 2);
    seen |= 1u << i;
    if (first && second && seen == (1u << lab_param("n")) - 1)
        lab_say("begins");
    return polite(arg);
}

static int all(const void *arg) {
    lab_fn *const *fn = arg;
    lab_task *calls[9];
    size_t n = (size_t)lab_param("n");
    lab_semaphore_init(&permits, (size_t)lab_param("limit"));
    begun = false;
    seen = 0;
    for (size_t i = 0; i < n; i++)
        calls[i] = lab_spawn("call", *fn, (void *)(intptr_t)i);
    return lab_gather(calls, n);
}

static lab_fn *const ways[] = {polite, rude,  hasty,  patient,
                               leaky,  stuck, swapped};

static const struct lab_demo demo = {
    .name = "grade",
    .asks = "Which?",
    .params = {{"n", .value = 9, .min = 1, .max = 9},
               {"limit", .value = 3, .min = 1, .max = 9},
               {"delay", .value = 100, .min = 1, .max = 1000, .unit = "ms"}},
    .variants = {{"polite", .with = all, .arg = &ways[0]},
                 {"rude", .with = all, .arg = &ways[1]},
                 {"hasty", .with = all, .arg = &ways[2]},
                 {"patient", .with = all, .arg = &ways[3]},
                 {"leaky", .with = all, .arg = &ways[4]},
                 {"stuck", .with = all, .arg = &ways[5]},
                 {"swapped", .with = all, .arg = &ways[6]}}};

enum { POLITE, RUDE, HASTY, PATIENT, LEAKY, STUCK, SWAPPED };

static const char *const claims[] = {
    "count(begins) = n", "peak(begins - ends) = min(n, limit)",
    "time = ceil(n / limit) * delay", "last(begins - ends) = 0",
    "cancel: last(begins - ends) = 0"};

static void run(struct lab_grade *grade, size_t variant) {
    struct lab_settings settings;
    struct lab_text error = {0};
    lab_settings_init(&settings, &demo);
    CHECK(lab_grade_check(grade, &settings, &error));
    lab_grade_run(grade, &settings, variant);
}

// All phases, with [small] values.
static struct lab_grade plan_of(const char *small, const char *const *texts,
                                size_t count) {
    struct lab_grade grade = {.small = lab_strdup(small),
                              .late = true,
                              .cancel = true,
                              .case_count = 2,
                              .seeds = 200};
    lab_grade_claims(&grade, (char *const *)texts, count);
    grade.cases = lab_alloc(2 * sizeof *grade.cases);
    grade.cases[0] = lab_strdup("n=9 limit=3");
    grade.cases[1] = lab_strdup("n=1 limit=1 delay=7ms");
    return grade;
}

// How a way is graded.
static struct lab_grade grade_of(size_t variant, const char *small,
                                 const char *const *texts, size_t count) {
    struct lab_grade grade = plan_of(small, texts, count);
    run(&grade, variant);
    return grade;
}

TEST(a_right_program_passes_the_small_case_and_all_others) {
    struct lab_grade grade =
        grade_of(POLITE, "n=3 limit=2", claims, countof(claims));
    CHECK(grade.passed);
    CHECK(grade.implied);
    CHECK_INT(grade.phase, -1);
    CHECK_INT(grade.claim_count, 6);
    CHECK_INT(grade.phases[LAB_GRADE_SMALL].tried, 24);
    CHECK_INT(grade.phases[LAB_GRADE_CASES].tried, 202);
    for (int i = 0; i < LAB_GRADE_PHASES; i++)
        CHECK(grade.phases[i].done && !grade.phases[i].truncated);
    CHECK(grade.phases[LAB_GRADE_LATE].done);
    CHECK(grade.phases[LAB_GRADE_CANCEL].done);
    CHECK(!grade.phases[LAB_GRADE_LATE].claims[3].judged); // a time
    CHECK(!grade.phases[LAB_GRADE_CANCEL].claims[2].judged);
    CHECK(grade.phases[LAB_GRADE_CANCEL].claims[5].judged);
    CHECK(!grade.phases[LAB_GRADE_SMALL].claims[5].judged);
    CHECK_INT(grade.phases[LAB_GRADE_SMALL].claims[2].measured, 2);
    CHECK_INT(grade.phases[LAB_GRADE_CASES].claims[2].measured, 3);
    lab_grade_free(&grade);
}

TEST(what_fails_first_in_first_out_is_reported_so) {
    struct lab_grade grade =
        grade_of(RUDE, "n=3 limit=2", claims, countof(claims));
    CHECK(!grade.passed);
    CHECK_INT(grade.phase, LAB_GRADE_SMALL);
    CHECK_INT(grade.claim, 2);
    const struct lab_grade_claim *claim = &grade.phases[0].claims[2];
    CHECK_STR(claim->schedule, "fifo");
    CHECK_STR(claim->values, "n=3 limit=2");
    CHECK_INT(claim->measured, 3);
    CHECK_INT(claim->predicted, 2);
    CHECK_INT(claim->broken, grade.phases[0].tried);
    CHECK(claim->event > 0);
    CHECK(!grade.phases[LAB_GRADE_CASES].done);
    lab_grade_free(&grade);
}

TEST(what_fails_in_another_order_is_reported_with_the_simplest) {
    struct lab_grade grade =
        grade_of(HASTY, "n=3 limit=2", claims, countof(claims));
    CHECK_INT(grade.phase, LAB_GRADE_SMALL);
    const struct lab_grade_claim *claim = &grade.phases[0].claims[2];
    CHECK_STR(claim->schedule, "1");
    CHECK(claim->broken < grade.phases[0].tried);
    CHECK_INT(grade.phases[0].claims[1].broken, 0);
    lab_grade_free(&grade);
}

TEST(what_is_right_by_its_timing_alone_fails_with_a_late_timer) {
    static const char *const few[] = {"peak(begins - ends) = limit"};
    struct lab_grade grade =
        grade_of(PATIENT, "n=2 limit=1", few, countof(few));
    CHECK_INT(grade.phase, LAB_GRADE_LATE);
    CHECK_INT(grade.claim, 1);
    CHECK_INT(grade.phases[LAB_GRADE_SMALL].claims[1].broken, 0);
    CHECK_STR(grade.phases[LAB_GRADE_LATE].claims[1].schedule, "late:1");
    CHECK(!grade.phases[LAB_GRADE_CANCEL].claims);
    lab_grade_free(&grade);
}

TEST(what_is_not_given_back_after_a_cancel_is_found) {
    struct lab_grade grade =
        grade_of(LEAKY, "n=3 limit=2", claims, countof(claims));
    CHECK_INT(grade.phase, LAB_GRADE_CANCEL);
    CHECK_INT(grade.claim, 5);
    const struct lab_grade_claim *claim =
        &grade.phases[LAB_GRADE_CANCEL].claims[5];
    CHECK(strncmp(claim->schedule, "cancel", 6) == 0);
    CHECK_INT(grade.phases[LAB_GRADE_CANCEL].claims[0].broken, 0);
    lab_grade_free(&grade);
}

TEST(a_deadlock_breaks_the_claim_that_nobody_has_written) {
    struct lab_grade grade =
        grade_of(STUCK, "n=2 limit=1", claims, countof(claims));
    CHECK_INT(grade.phase, LAB_GRADE_SMALL);
    CHECK_INT(grade.claim, 0);
    CHECK_STR(grade.phases[LAB_GRADE_SMALL].claims[0].schedule, "1");
    CHECK_INT(grade.phases[LAB_GRADE_SMALL].claims[0].measured, LAB_EDEADLK);
    lab_grade_free(&grade);
}

// Of 202 runs some break it. A walk through 41 finds none, as no schedule with
// one odd choice does.
TEST(a_seed_that_breaks_a_claim_is_reduced_to_the_choices_that_are_needed) {
    struct lab_grade grade =
        grade_of(SWAPPED, "n=3 limit=2", claims, countof(claims));
    struct lab_schedule schedule = {0};
    struct lab_text error = {0};
    CHECK_INT(grade.phase, LAB_GRADE_CASES);
    CHECK_INT(grade.claim, 1);
    const struct lab_grade_claim *claim =
        &grade.phases[LAB_GRADE_CASES].claims[1];
    CHECK(claim->broken > 1 && claim->broken < 101);
    CHECK_INT(grade.phases[LAB_GRADE_CASES].tried, 202);
    CHECK_STR(claim->values, "n=9 limit=3");
    CHECK_INT(claim->measured, 10);
    MUST(lab_schedule_parse(claim->schedule, &schedule, &error));
    CHECK_INT(schedule.kind, LAB_SCHEDULE_SCRIPT);
    uint64_t odd = lab_schedule_cost(&schedule).odd;
    CHECK(odd == 2 || odd == 3); // of about ten
    lab_schedule_free(&schedule);
    lab_grade_free(&grade);
}

// --- how long it takes

static lab_time looks; // at a clock on which each look takes a second

static lab_time slow_clock(void) {
    return looks++ * LAB_S;
}

TEST(grading_ends_when_its_time_is_over_and_says_how_far_it_came) {
    struct lab_grade grade = plan_of("n=3 limit=2", claims, countof(claims));
    grade.patience = 30 * LAB_S;
    grade.clock = slow_clock;
    run(&grade, POLITE);
    CHECK(grade.timed_out && !grade.passed && !grade.stopped);
    CHECK_INT(grade.phase, -1);
    CHECK(grade.phases[LAB_GRADE_SMALL].done);
    CHECK_INT(grade.phases[LAB_GRADE_SMALL].tried, 24);
    CHECK(!grade.phases[LAB_GRADE_LATE].done);
    CHECK(grade.phases[LAB_GRADE_LATE].tried > 0);
    CHECK_INT(grade.phases[LAB_GRADE_CANCEL].tried, 0);
    lab_grade_free(&grade);
}

TEST(what_is_wrong_is_told_also_if_its_time_is_over) {
    struct lab_grade grade = plan_of("n=3 limit=2", claims, countof(claims));
    grade.patience = 5 * LAB_S;
    grade.clock = slow_clock;
    run(&grade, RUDE);
    CHECK(grade.timed_out && !grade.passed);
    CHECK_INT(grade.phase, LAB_GRADE_SMALL);
    CHECK_INT(grade.claim, 2);
    lab_grade_free(&grade);
}

// --- for somebody who chooses the order

TEST(the_orders_that_reach_a_goal_are_counted_with_the_simplest) {
    struct lab_grade grade =
        grade_of(STUCK, "n=2 limit=1", claims, countof(claims));
    const struct lab_drive_way *lock = &grade.ways[LAB_DRIVE_LOCK],
                               *wrong = &grade.ways[LAB_DRIVE_BREAK],
                               *saved = &grade.ways[LAB_DRIVE_SAVE];
    CHECK(lock->count > 0 && lock->count <= wrong->count);
    CHECK_INT(lock->least, 1);
    CHECK_STR(lock->script, "1");
    CHECK(!lock->by_fifo && !wrong->by_fifo && saved->by_fifo);
    CHECK_INT(saved->least, 0);
    CHECK_INT(wrong->count + saved->count, grade.phases[LAB_GRADE_SMALL].tried);
    lab_grade_free(&grade);
}
