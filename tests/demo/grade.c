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
    bool is_second = arg != NULL, is_first = !begun;
    static bool fair;
    fair = is_first ? !is_second : fair;
    begun = true;
    return fair ? polite(arg) : rude(arg);
}

static int all(const void *arg) {
    lab_fn *const *fn = arg;
    lab_task *calls[9];
    size_t n = (size_t)lab_param("n");
    lab_semaphore_init(&permits, (size_t)lab_param("limit"));
    begun = false;
    for (size_t i = 0; i < n; i++)
        calls[i] = lab_spawn("call", *fn, i == 1 ? &begun : NULL);
    return lab_gather(calls, n);
}

static lab_fn *const ways[] = {polite, rude, hasty};

static const struct lab_demo demo = {
    .name = "grade",
    .asks = "Which?",
    .params = {{"n", .value = 9, .min = 1, .max = 9},
               {"limit", .value = 3, .min = 1, .max = 9},
               {"delay", .value = 100, .min = 1, .max = 1000, .unit = "ms"}},
    .variants = {{"polite", .with = all, .arg = &ways[0]},
                 {"rude", .with = all, .arg = &ways[1]},
                 {"hasty", .with = all, .arg = &ways[2]}}};

enum { POLITE, RUDE, HASTY };

static const char *const claims[] = {
    "count(begins) = n", "peak(begins - ends) = min(n, limit)",
    "time = ceil(n / limit) * delay", "last(begins - ends) = 0"};

static struct lab_grade grade_of(const struct lab_demo *which, size_t variant) {
    struct lab_grade grade = {
        .small = lab_strdup("n=3 limit=2"), .case_count = 2, .seeds = 20};
    struct lab_settings settings;
    struct lab_text error = {0};
    lab_grade_claims(&grade, (char *const *)claims, countof(claims));
    grade.cases = lab_alloc(2 * sizeof *grade.cases);
    grade.cases[0] = lab_strdup("n=9 limit=3");
    grade.cases[1] = lab_strdup("n=1 limit=1 delay=7ms");
    lab_settings_init(&settings, which);
    CHECK(lab_grade_check(&grade, &settings, &error));
    lab_grade_run(&grade, &settings, variant);
    return grade;
}

TEST(a_right_program_passes_the_small_case_and_all_others) {
    struct lab_grade grade = grade_of(&demo, POLITE);
    CHECK(grade.passed);
    CHECK(grade.implied);
    CHECK_INT(grade.phase, -1);
    CHECK_INT(grade.claim_count, 5);
    CHECK_INT(grade.phases[LAB_GRADE_SMALL].tried, 24);
    CHECK_INT(grade.phases[LAB_GRADE_CASES].tried, 22);
    CHECK(!grade.phases[LAB_GRADE_SMALL].truncated);
    CHECK(!grade.phases[LAB_GRADE_LATE].done);
    CHECK_INT(grade.phases[LAB_GRADE_SMALL].claims[2].measured, 2);
    CHECK_INT(grade.phases[LAB_GRADE_CASES].claims[2].measured, 3);
    lab_grade_free(&grade);
}

TEST(what_fails_first_in_first_out_is_reported_so) {
    struct lab_grade grade = grade_of(&demo, RUDE);
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
    struct lab_grade grade = grade_of(&demo, HASTY);
    CHECK_INT(grade.phase, LAB_GRADE_SMALL);
    const struct lab_grade_claim *claim = &grade.phases[0].claims[2];
    CHECK_STR(claim->schedule, "1");
    CHECK(claim->broken < grade.phases[0].tried);
    CHECK_INT(grade.phases[0].claims[1].broken, 0);
    lab_grade_free(&grade);
}
