// What takes too long for every day: every schedule of larger models, and
// thousands of random ones of every demo.

#include "test.h"

#include "base/alloc.h"
#include "base/time.h"
#include "core/explore.h"
#include "core/run.h"
#include "demo/load.h"
#include "demo/result.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

// Of a demo with many events there are fewer, but for those it does the same a
// hundred times in each.
enum { SEEDS = 10000, EVENTS = 8 * 1000 * 1000 };

static size_t count_events(const struct lab_comparison *comparison) {
    size_t count = 0;
    for (size_t i = 0; i < comparison->count; i++)
        count += lab_record_count(comparison->runs[i]->record);
    return count;
}

static void under_seeds(struct lab_demo_file *file) {
    const struct lab_demo *demo = file->demo;
    size_t events = 0;
    for (int seed = 1; seed <= SEEDS && events < EVENTS; seed++) {
        char name[32];
        snprintf(name, sizeof name, "seed:%d", seed);
        struct lab_comparison comparison = {.clock = LAB_CLOCK_VIRTUAL,
                                            .schedule = lab_strdup(name)};
        struct lab_settings settings;
        lab_settings_init(&settings, demo);
        settings.file = file;
        lab_result_begin(&comparison, &settings);
        for (size_t i = 0; i < lab_variant_count(demo); i++)
            lab_ignore(lab_result_run(&comparison, &settings, i, NULL));
        if (!CHECK(lab_comparison_held(&comparison)))
            fprintf(stderr, "%s, schedule %s\n", demo->name, name);
        events += count_events(&comparison);
        lab_comparison_free(&comparison);
    }
}

VIRTUAL_TEST(every_claim_holds_under_ten_thousand_seeds) {
    struct lab_demos demos = {0};
    if (access("/dev/shm", W_OK) == 0)
        setenv("TMPDIR", "/dev/shm", 1); // files of so many runs wear no disk
    struct lab_text error = {0};
    CHECK(lab_demos_open(&demos, LAB_DEMOS_DIR, LAB_SOURCES_DIR, &error));
    for (size_t i = 0; i < demos.count; i++)
        if (!demos.files[i].is_skipped &&
            CHECK(lab_demos_load(&demos.files[i], &error)))
            under_seeds(&demos.files[i]);
    lab_demos_free(&demos);
    lab_text_free(&error);
}

// Three tasks of four steps each.
static int four_steps(void *arg) {
    (void)arg;
    for (int i = 1; i < 4; i++)
        LAB_TRY(lab_yield());
    return 0;
}

static int three_by_four(void *arg) {
    lab_task *tasks[3];
    (void)arg;
    for (size_t i = 0; i < countof(tasks); i++)
        tasks[i] = lab_spawn("steps", four_steps, NULL);
    return lab_gather(tasks, countof(tasks));
}

VIRTUAL_TEST(three_tasks_of_four_steps_have_34650_schedules) {
    struct lab_exploration seen = {0};
    lab_explore(
        &(struct lab_run_options){.name = "root", .body = three_by_four},
        &seen);
    CHECK_INT(seen.schedules, 34650);
    CHECK_INT(seen.wrong, 0);
    CHECK(!seen.truncated);
}
