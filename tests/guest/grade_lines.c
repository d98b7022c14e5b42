#include "guest/grade_lines_internal.h"

#include "base/alloc.h"
#include "base/die.h"
#include "core/loop.h"
#include "core/sanitizer.h"
#include "guest/guest.h"

#include "folder.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

// --- lines

static struct lab_grade plan_of(const char *small, const char *const *claims,
                                size_t count) {
    struct lab_grade grade = {.small = lab_strdup(small),
                              .late = true,
                              .cancel = true,
                              .case_count = 2,
                              .patience = 60 * LAB_S,
                              .seeds = 300};
    grade.cases = lab_alloc(2 * sizeof *grade.cases);
    grade.cases[0] = lab_strdup("n=9 limit=3");
    grade.cases[1] = lab_strdup("n=1 limit=1");
    lab_grade_claims(&grade, (char *const *)claims, count);
    return grade;
}

static const char *const claims[] = {"count(begins) = n",
                                     "peak(begins - ends) = min(n, limit)",
                                     "cancel: last(begins - ends) = 0"};

TEST(a_plan_is_read_as_it_is_written) {
    struct lab_grade grade = plan_of("n=3 \"", claims, countof(claims)),
                     again = {0};
    struct lab_text first = {0}, second = {0};
    lab_guest_grade_put_plan(&first, &grade);
    CHECK(lab_guest_grade_read_plan(lab_text_string(&first), &again));
    lab_guest_grade_put_plan(&second, &again);
    CHECK_STR(lab_text_string(&second), lab_text_string(&first));
    CHECK_INT(again.claim_count, 4);
    CHECK_STR(again.claims[0], "ends ok");
    lab_grade_free(&grade);
    lab_grade_free(&again);
    lab_text_free(&first);
    lab_text_free(&second);
}

static bool reads(struct lab_grade *grade, const char *line, bool *is_over) {
    const char *error = NULL;
    bool is = lab_guest_grade_line(grade, line, is_over, &error);
    return is && !error;
}

TEST(what_a_process_writes_of_a_grading_is_read_again) {
    struct lab_grade there = plan_of("n=3", claims, countof(claims)),
                     here = plan_of("n=3", claims, countof(claims));
    struct lab_grade_result *result = lab_grade_result(&there, LAB_GRADE_LATE);
    struct lab_text text = {0};
    bool is_over = false;
    result->tried = 7;
    result->done = true;
    result->claims[2] =
        (struct lab_grade_claim){.judged = true,
                                 .broken = 3,
                                 .schedule = lab_strdup("0,1+late:2"),
                                 .values = lab_strdup("n=3"),
                                 .predicted = 2,
                                 .measured = -3,
                                 .unit = LAB_CLAIM_COUNT,
                                 .event = 14};
    lab_guest_grade_put_phase(&text, &there, LAB_GRADE_LATE);
    for (int i = 0; i < 2; i++) // it is told again and again
        CHECK(reads(&here, lab_text_string(&text), &is_over));
    const struct lab_grade_claim *claim =
        &here.phases[LAB_GRADE_LATE].claims[2];
    CHECK_INT(here.phases[LAB_GRADE_LATE].tried, 7);
    CHECK(here.phases[LAB_GRADE_LATE].done);
    CHECK_INT(claim->broken, 3);
    CHECK_STR(claim->schedule, "0,1+late:2");
    CHECK_STR(claim->values, "n=3");
    CHECK_INT(claim->measured, -3);
    CHECK_INT(claim->event, 14);
    CHECK_INT(claim->unit, LAB_CLAIM_COUNT);
    CHECK(!here.phases[LAB_GRADE_LATE].claims[1].judged);
    lab_text_clear(&text);
    there.ways[LAB_DRIVE_BREAK] = (struct lab_drive_way){
        .count = 5, .least = 2, .script = lab_strdup("0,1,1")};
    there.ways[LAB_DRIVE_SAVE] =
        (struct lab_drive_way){.count = 2, .by_fifo = true};
    lab_guest_grade_put_phase(&text, &there, LAB_GRADE_SMALL);
    for (int i = 0; i < 2; i++)
        CHECK(reads(&here, lab_text_string(&text), &is_over));
    CHECK_INT(here.ways[LAB_DRIVE_BREAK].count, 5);
    CHECK_INT(here.ways[LAB_DRIVE_BREAK].least, 2);
    CHECK_STR(here.ways[LAB_DRIVE_BREAK].script, "0,1,1");
    CHECK(here.ways[LAB_DRIVE_SAVE].by_fifo);
    CHECK(!here.ways[LAB_DRIVE_SAVE].script);
    lab_text_clear(&text);
    there.timed_out = true;
    lab_guest_grade_put_over(&text, &there);
    CHECK(!is_over && reads(&here, lab_text_string(&text), &is_over));
    CHECK(is_over && here.timed_out);
    lab_guest_grade_end(&here, NULL);
    CHECK_INT(here.phase, LAB_GRADE_LATE);
    CHECK_INT(here.claim, 2);
    lab_grade_free(&there);
    lab_grade_free(&here);
    lab_text_free(&text);
}

TEST(lines_of_a_grading_that_are_damaged_are_refused) {
    static const char *const wrong[] = {
        "{\"graded\":\"tall\",\"tried\":1}",
        "{\"graded\":\"small\",\"tried\":-1}",
        "{\"graded\":\"small\",\"claims\":[{},{},{},{},{}]}",
        "{\"graded\":\"small\",\"claims\":[{\"unit\":4}]}",
        "{\"cut\":\"small\",\"schedule\":\"x\",\"values\":\"\"}",
        "{\"cut\":\"small\",\"schedule\":\"0\"}",
        "{\"graded\":\"small\",\"ways\":[{},{},{},{},{}]}",
        "{\"over\":1",
    };
    for (size_t i = 0; i < countof(wrong); i++) {
        struct lab_grade grade = plan_of("", claims, countof(claims));
        bool is_over = false;
        if (!CHECK(!reads(&grade, wrong[i], &is_over)))
            fprintf(stderr, "%s\n", wrong[i]);
        lab_grade_free(&grade);
    }
    struct lab_grade grade = plan_of("", claims, countof(claims));
    bool is_over = false;
    const char *error = NULL;
    CHECK(
        !lab_guest_grade_line(&grade, "{\"run\":\"main\"}", &is_over, &error));
    lab_grade_free(&grade);
}

// --- programs

static const char program[] =
    "#include \"lab.h\"\n"
    "#include <stdlib.h>\n"
    "static struct lab_semaphore permits;\n"
    "static int begun;\n"
    "static const char *way;\n"
    "static int call(void *arg) {\n"
    "    bool is_first = begun++ == 0, is_odd = is_first && arg;\n"
    "    if (is_odd && way[0] == 'c') abort();\n"
    "    if (is_odd && way[0] == 'e') exit(0);\n"
    "    if (is_odd && way[0] == 'l') for (;;) begun = 2;\n"
    "    if (is_odd && way[0] == 't') for (;;) LAB_TRY(lab_sleep(LAB_MS));\n"
    "    LAB_TRY(lab_semaphore_acquire(&permits));\n"
    "    lab_say(\"begins\");\n"
    "    int rc = lab_sleep(lab_param(\"delay\"));\n"
    "    lab_say(\"ends\");\n"
    "    lab_semaphore_release(&permits);\n"
    "    return rc;\n"
    "}\n"
    "static int all(const void *arg) {\n"
    "    lab_task *calls[9];\n"
    "    size_t n = (size_t)lab_param(\"n\");\n"
    "    way = arg;\n"
    "    lab_semaphore_init(&permits, (size_t)lab_param(\"limit\"));\n"
    "    for (size_t i = 0; i < n; i++)\n"
    "        calls[i] = lab_spawn(\"call\", call, i == 1 ? calls : NULL);\n"
    "    return lab_gather(calls, n);\n"
    "}\n"
    "const struct lab_demo lab_demo = {\n"
    "    .params = {{\"n\", .value = 9, .min = 1, .max = 9},\n"
    "               {\"limit\", .value = 3, .min = 1, .max = 9},\n"
    "               {\"delay\", .value = 100, .max = 1000, .unit = \"ms\"}},\n"
    "    .variants = {{\"right\", .with = all, .arg = \"right\"},\n"
    "                 {\"crashes\", .with = all, .arg = \"crashes\"},\n"
    "                 {\"exits\", .with = all, .arg = \"exits\"},\n"
    "                 {\"loops\", .with = all, .arg = \"loops\"},\n"
    "                 {\"ticks\", .with = all, .arg = \"ticks\"}}};\n";

struct graded {
    const char *path;
    char *variant;
    struct lab_grade grade;
    int rc;
    struct lab_text error, stray;
};

static void ignore_begin(void *sink, struct lab_comparison *comparison) {
    (void)sink;
    CHECK_STR(comparison->demo, "my");
}

static void on_stray(void *sink, const char *bytes, size_t n) {
    struct graded *graded = sink;
    lab_text_write(&graded->stray, bytes, n);
}

static int grade(void *arg) {
    struct graded *graded = arg;
    struct lab_guest *guest;
    struct lab_guest_options options = {
        .path = graded->path,
        .include = LAB_INCLUDE_DIR,
        .clock = LAB_CLOCK_VIRTUAL,
        .limits = {.machine = 50 * LAB_MS},
        .words = &graded->variant,
        .count = 1,
        .grade = &graded->grade,
        .sink = {.on_begin = ignore_begin,
                 .on_stray = on_stray,
                 .sink = graded},
    };
    if (!CHECK_INT(lab_guest_start(&guest, &options, &graded->error),
                   LAB_EXIT_OK))
        return 0;
    graded->rc = lab_guest_wait(guest, &graded->error);
    lab_guest_free(guest);
    return 0;
}

static struct graded graded_as(char *variant) {
    struct graded graded = {.variant = variant};
    struct folder folder;
    folder_init(&folder);
    folder_put(&folder, "my.c", program);
    graded.path = folder_file(&folder, "my.c");
    graded.grade = plan_of("n=2 limit=1", claims, countof(claims));
    CHECK_INT(lab_loop_main("main", grade, &graded), 0);
    CHECK_STR(lab_text_string(&graded.stray), "");
    CHECK_STR(lab_text_string(&graded.error), "");
    CHECK_INT(graded.rc, 0);
    folder_term(&folder);
    return graded;
}

static void forget(struct graded *graded) {
    lab_grade_free(&graded->grade);
    lab_text_free(&graded->error);
    lab_text_free(&graded->stray);
}

TEST(a_program_in_c_is_graded_in_its_process) {
    struct graded graded = graded_as("right");
    CHECK(graded.grade.passed);
    CHECK_INT(graded.grade.phases[LAB_GRADE_CASES].tried, 302);
    for (int i = 0; i < LAB_GRADE_PHASES; i++)
        CHECK(graded.grade.phases[i].done);
    forget(&graded);
}

TEST(a_program_that_is_cut_off_in_one_order_fails_with_that_order) {
    static const struct {
        char *variant;
        const char *how;
    } ways[] = {{"crashes", "abort"},
                {"exits", "exit"},
#ifndef LAB_TSAN // which keeps a signal back until the program makes a call
                {"loops", "too much machine time"},
#endif
                {"ticks", NULL}};
    for (size_t i = 0; i < countof(ways); i++) {
        struct graded graded = graded_as(ways[i].variant);
        const struct lab_grade *its = &graded.grade;
        CHECK(!its->passed);
        CHECK_INT(its->phase, LAB_GRADE_SMALL);
        CHECK_INT(its->claim, 0);
        CHECK_STR(its->phases[0].claims[0].schedule, "1");
        CHECK_STR(its->phases[0].claims[0].values, "n=2 limit=1");
        CHECK_INT(its->phases[0].tried, 2);
        CHECK(ways[i].how ? its->error && strstr(its->error, ways[i].how)
                          : !its->error);
        forget(&graded);
    }
}
