// demos.h - the demos that ship with looplab, run for the tests of the views.

#ifndef LAB_TESTS_VIEW_DEMOS_H
#define LAB_TESTS_VIEW_DEMOS_H

#include "demo/load.h"
#include "records.h"

#include <stdio.h>

// The first four, whose output is kept in golden files.
enum { DEMOS = 4 };

struct demo_runs {
    struct lab_demos demos;
    struct lab_comparison comparisons[DEMOS];
    size_t count;
};

// Runs all variants of the demos under the virtual clock.
static inline void demo_runs_open(struct demo_runs *runs) {
    struct lab_text error = {0};
    *runs = (struct demo_runs){0};
    MUST(CHECK(
        lab_demos_open(&runs->demos, LAB_DEMOS_DIR, LAB_SOURCES_DIR, &error)));
    for (size_t i = 0; i < DEMOS && i < runs->demos.count; i++) {
        struct lab_demo_file *file = &runs->demos.files[i];
        struct lab_comparison *comparison = &runs->comparisons[i];
        MUST(CHECK(lab_demos_load(file, &error)));
        *comparison = (struct lab_comparison){.number = file->number,
                                              .clock = LAB_CLOCK_VIRTUAL};
        struct lab_settings settings;
        lab_settings_init(&settings, file->demo);
        lab_result_begin(comparison, &settings);
        runs->count++;
        for (size_t j = 0; j < lab_variant_count(file->demo); j++)
            CHECK_INT(lab_result_run(comparison, &settings, j,
                                     &(struct lab_result_sink){0}),
                      0);
    }
    CHECK_INT(runs->count, DEMOS);
}

static inline void demo_runs_close(struct demo_runs *runs) {
    for (size_t i = 0; i < runs->count; i++)
        lab_comparison_free(&runs->comparisons[i]);
    lab_demos_free(&runs->demos);
}

#endif
