// demos.h - the demos that ship with looplab, run for the tests of what reads
// records.

#ifndef LAB_TESTS_VIEW_DEMOS_H
#define LAB_TESTS_VIEW_DEMOS_H

#include "base/alloc.h"
#include "base/error.h"
#include "demo/load.h"
#include "demo/result.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

// The first four, whose output is kept in golden files.
enum { DEMOS = 4 };

// Is [word] one of [words], between spaces?
static inline bool has_word(const char *words, const char *word) {
    size_t n = strlen(word);
    while (*words && (strncmp(words, word, n) != 0 || strcspn(words, " ") != n))
        words += strcspn(words, " ") + strspn(words + strcspn(words, " "), " ");
    return *words != '\0';
}

// The demo in [file] under the virtual clock, with those of its variants that
// [variants] names; all if that is NULL. [params] are "name=value" between
// spaces. Owns: yours, for lab_comparison_free.
static inline struct lab_comparison
run_file(struct lab_demo_file *file, const char *variants, const char *params) {
    struct lab_comparison comparison = {.number = file->number,
                                        .clock = LAB_CLOCK_VIRTUAL};
    struct lab_settings settings;
    struct lab_text error = {0};
    char words[80];
    if (!CHECK(lab_demos_load(file, &error)))
        return comparison;
    lab_settings_init(&settings, file->demo);
    settings.file = file;
    snprintf(words, sizeof words, "%s", params);
    for (char *word = strtok(words, " "); word; word = strtok(NULL, " "))
        CHECK(lab_settings_assign(&settings, word, &error));
    lab_result_begin(&comparison, &settings);
    for (size_t i = 0; i < lab_variant_count(file->demo); i++)
        if (!variants || has_word(variants, file->demo->variants[i].name))
            lab_ignore(lab_result_run(&comparison, &settings, i, NULL));
    CHECK(comparison.count > 0 && lab_comparison_held(&comparison));
    return comparison;
}

// Opens the folder of the demos.
static inline struct lab_demos open_demos(void) {
    struct lab_demos demos = {0};
    struct lab_text error = {0};
    CHECK(lab_demos_open(&demos, LAB_DEMOS_DIR, LAB_SOURCES_DIR, &error));
    return demos;
}

// As run_file, of demo [number].
static inline struct lab_comparison run_demo(int number, const char *variants,
                                             const char *params) {
    struct lab_demos demos = open_demos();
    struct lab_comparison comparison = {0};
    for (size_t i = 0; i < demos.count; i++)
        if (demos.files[i].number == number)
            comparison = run_file(&demos.files[i], variants, params);
    lab_demos_free(&demos);
    return comparison;
}

// Few of what a demo has many of: what can be shown of it is the same then, and
// some tests look at each event with all that came before it.
static inline const char *few(const struct lab_demo *demo) {
    for (int i = 0; i < LAB_DEMO_PARAMS && demo->params[i].name; i++)
        if (strcmp(demo->params[i].name, "requests") == 0)
            return "requests=4";
    return "";
}

// Calls [check] for every variant of every demo.
static inline void
with_runs(void (*check)(const struct lab_comparison *comparison,
                        const struct lab_run *run)) {
    struct lab_demos demos = open_demos();
    struct lab_text error = {0};
    for (size_t i = 0; i < demos.count; i++) {
        if (demos.files[i].is_skipped)
            continue;
        struct lab_demo_file *file = &demos.files[i];
        if (!CHECK(lab_demos_load(file, &error)))
            continue;
        struct lab_comparison comparison =
            run_file(file, NULL, few(file->demo));
        for (size_t j = 0; j < comparison.count; j++)
            check(&comparison, comparison.runs[j]);
        lab_comparison_free(&comparison);
    }
    lab_demos_free(&demos);
}

// What many tests look at.

static inline struct lab_comparison comparison_02(void) {
    return run_demo(2, NULL, "");
}

static inline struct lab_comparison comparison_03(void) {
    return run_demo(3, NULL, "");
}

// Eight jobs of 100 ms in a pool of two, and in one of four, beside a heartbeat
// every 50 ms.
static inline struct lab_comparison comparison_04(void) {
    return run_demo(4, "pool_2 pool_4", "job=100 beat=50");
}

// The record of the one run of [comparison], which is freed. Owns: yours.
static inline struct lab_record *only_record(struct lab_comparison comparison) {
    struct lab_record *record = NULL;
    if (CHECK_INT(comparison.count, 1)) {
        record = comparison.runs[0]->record;
        comparison.runs[0]->record = lab_record_new();
    }
    lab_comparison_free(&comparison);
    return record;
}

static inline struct lab_record *record_in_turn(void) {
    return only_record(run_demo(3, "in_turn", ""));
}

static inline struct lab_record *record_together(void) {
    return only_record(run_demo(3, "together", ""));
}

static inline struct lab_record *record_nap(bool blocking) {
    return only_record(run_demo(2, blocking ? "blocking" : "timer", ""));
}

static inline struct lab_record *record_pool(int size) {
    return only_record(
        run_demo(4, size == 2 ? "pool_2" : "pool_4", "job=100 beat=50"));
}

#endif
