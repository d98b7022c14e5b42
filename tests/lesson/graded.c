#include "lesson/graded.h"

#include "base/alloc.h"
#include "test.h"

#include <string.h>

// A plan with three claims, of which "ends ok" is nobody's.
static void plan(struct lab_grade *grade) {
    char *claims[] = {(char *)"count(got) = n",
                      (char *)"peak(begins - ends) <= limit",
                      (char *)"time = ceil(n / limit) * delay"};
    *grade = (struct lab_grade){.small = lab_strdup("n=3 limit=2"),
                                .late = true,
                                .seeds = 10000,
                                .phase = -1};
    lab_grade_claims(grade, claims, 3);
    grade->cases = lab_alloc(2 * sizeof *grade->cases);
    grade->cases[grade->case_count++] = lab_strdup("n=9 limit=3");
    grade->cases[grade->case_count++] = lab_strdup("n=1 limit=1");
}

// All claims held in the small case.
static struct lab_grade_claim *hold(struct lab_grade *grade, int phase,
                                    size_t tried) {
    struct lab_grade_result *result = &grade->phases[phase];
    result->claims = lab_alloc(grade->claim_count * sizeof *result->claims);
    result->tried = tried;
    result->done = true;
    for (size_t i = 0; i < grade->claim_count; i++)
        result->claims[i] = (struct lab_grade_claim){
            .judged = true,
            .measured = 3,
            .predicted = 3,
            .unit = i == 0 ? LAB_CLAIM_WORDS : LAB_CLAIM_COUNT};
    return result->claims;
}

static void check_says(const struct lab_grade *grade, int width,
                       const char *expected) {
    struct lab_text out = {0};
    struct lab_style style = {.width = width};
    struct lab_graded graded = {.grade = grade, .file = "my.c"};
    lab_graded_put(&out, &style, &graded);
    if (!strstr(lab_text_string(&out), expected))
        CHECK_STR(lab_text_string(&out), expected);
    for (const char *at = lab_text_string(&out); *at;) {
        size_t n = strcspn(at, "\n");
        struct lab_text line = {0};
        lab_text_write(&line, at, n);
        CHECK(lab_text_columns(lab_text_string(&line)) <= width);
        lab_text_free(&line);
        at += n + (at[n] == '\n');
    }
    lab_text_free(&out);
}

TEST(a_grade_shows_the_first_claim_that_breaks_and_what_waits_for_it) {
    struct lab_grade grade;
    plan(&grade);
    struct lab_grade_claim *claims = hold(&grade, LAB_GRADE_SMALL, 36);
    claims[2].broken = 36;
    claims[2].predicted = 2;
    claims[2].schedule = lab_strdup("0,1");
    claims[2].values = lab_strdup("n=3 limit=2");
    lab_grade_end(&grade);
    CHECK_INT(grade.claim, 2);
    check_says(&grade, 80, "count(got) = n                  3 ");
    check_says(&grade, 80, "<= limit    3, not 2     holds in none  <-- first");
    check_says(&grade, 80, "* delay  waits for the one above");
    check_says(&grade, 80, "Not tried yet: each timer late; n=9 limit=3 and ");
    check_says(&grade, 80,
               "Simplest schedule that breaks it: 0,1 (which ready task "
               "runs at each choice,");
    check_says(&grade, 80,
               "timeline my.c n=3 limit=2 --schedule=0,1 shows all of it");
    claims[2].broken = 4;
    check_says(&grade, 80, "breaks in 4  <-- first");
    check_says(&grade, 40, "breaks in 4");
    check_says(&grade, 20, "first");
    check_says(
        &grade, 80,
        "\npeak(begins - ends) is the largest number of them at a time.\n"
        "Simplest");
    claims[2].missing = true;
    check_says(&grade, 80, "there is none, not 2");
    lab_grade_free(&grade);
}

// A script that always takes the first is that order, too; but to show it, it
// must be named: without a schedule, turns have an end.
TEST(a_grade_says_in_words_what_a_script_of_zeros_is) {
    static const char *const schedules[][3] = {
        {"fifo", "first in, first out.", "my.c shows"},
        {"0", "first in, first out, where no", "my.c --schedule=0 shows"},
        {"0,0", "first in, first out, where no", "my.c --schedule=0,0 shows"},
        {"0,1", "0,1", "my.c --schedule=0,1 shows"},
        {"10", "10", "my.c --schedule=10 shows"},
    };
    for (size_t i = 0; i < countof(schedules); i++) {
        struct lab_grade grade;
        struct lab_text sentence = {0};
        plan(&grade);
        struct lab_grade_claim *claims = hold(&grade, LAB_GRADE_SMALL, 36);
        claims[2].broken = 3;
        claims[2].schedule = lab_strdup(schedules[i][0]);
        lab_grade_end(&grade);
        lab_text_printf(&sentence, "breaks it: %s", schedules[i][1]);
        check_says(&grade, 80, lab_text_string(&sentence));
        check_says(&grade, 80, schedules[i][2]);
        lab_text_free(&sentence);
        lab_grade_free(&grade);
    }
}

TEST(a_grade_names_each_phase_that_holds) {
    struct lab_grade grade;
    struct lab_text sentence = {0};
    plan(&grade);
    hold(&grade, LAB_GRADE_SMALL, 24);
    hold(&grade, LAB_GRADE_LATE, 36)[0].judged = true;
    grade.phases[LAB_GRADE_LATE].truncated = true;
    hold(&grade, LAB_GRADE_CASES, 10003);
    lab_grade_end(&grade);
    CHECK(grade.passed);
    check_says(&grade, 80,
               "Holds: every schedule of n=3 limit=2 (24); each timer late "
               "(the first 36)");
    check_says(&grade, 80, "10000 seeds (10003).");
    lab_graded_put_sentence(&sentence, &grade);
    CHECK_STR(lab_text_string(&sentence), "holds in all 10063 runs");
    lab_text_clear(&sentence);
    grade.stopped = true;
    lab_graded_put_sentence(&sentence, &grade);
    CHECK_STR(lab_text_string(&sentence),
              "stopped after 10063 runs; none was against it");
    lab_text_free(&sentence);
    lab_grade_free(&grade);
}

static void add(struct lab_record *record, uint8_t kind, const char *name) {
    struct lab_event event = {.kind = kind, .task = 1, .line = 7};
    lab_record_add(record, event, name);
}

// Without this only the loop's cancel would be told of, if there is one.
TEST(a_grade_says_who_waits_for_what_in_a_run_that_is_stuck) {
    struct lab_grade grade;
    struct lab_text out = {0};
    struct lab_style style = {.width = 80};
    struct lab_comparison again = {.clock = LAB_CLOCK_VIRTUAL};
    struct lab_record *record = lab_comparison_add_run(&again, "main")->record;
    add(record, LAB_EVENT_SPAWN, "main");
    add(record, LAB_EVENT_RUN, NULL);
    add(record, LAB_EVENT_BLOCK, NULL);
    add(record, LAB_EVENT_DEADLOCK, NULL);
    plan(&grade);
    struct lab_grade_claim *claims = hold(&grade, LAB_GRADE_SMALL, 36);
    claims[0].broken = 36;
    claims[0].schedule = lab_strdup("fifo");
    lab_grade_end(&grade);
    struct lab_graded graded = {
        .grade = &grade, .file = "my.c", .again = &again};
    lab_graded_put(&out, &style, &graded);
    CHECK(strstr(lab_text_string(&out),
                 "first in, first out. main is deadlocked: t1"));
    lab_text_free(&out);
    lab_comparison_free(&again);
    lab_grade_free(&grade);
}
