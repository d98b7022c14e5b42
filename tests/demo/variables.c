// Two runs at once, and one after another: does either see what the other left
// in the variables of their demo? Nothing here depends on how fast the machine
// is: runs give way to each other by yielding, or in virtual time.

#include "demo/variables.h"

#include "base/alloc.h"
#include "core/loop.h"
#include "core/run.h"
#include "demo/load.h"
#include "demo/result.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

static bool open_in(struct lab_demos *demos, const char *folder) {
    struct lab_text error = {0};
    bool ok = CHECK(lab_demos_open(demos, folder, "demos", &error));
    for (size_t i = 0; ok && i < demos->count; i++)
        ok = demos->files[i].is_skipped ||
             CHECK(lab_demos_load(&demos->files[i], &error));
    if (!ok)
        fprintf(stderr, "%s\n", lab_text_string(&error));
    lab_text_free(&error);
    return ok;
}

// Opens the demos of the tests, and finds the one that counts.
static struct lab_demo_file *open_counts(struct lab_demos *demos) {
    if (!open_in(demos, LAB_TESTS_DEMOS_DIR))
        return NULL;
    for (size_t i = 0; i < demos->count; i++)
        if (strcmp(demos->files[i].name, "counts") == 0)
            return &demos->files[i];
    return NULL;
}

// A comparison, and what its runs are of.
struct scene {
    struct lab_comparison comparison;
    struct lab_settings settings;
};

static struct scene scene_of(struct lab_demo_file *file,
                             struct lab_clock clock) {
    struct scene scene = {.comparison.clock = clock};
    lab_settings_init(&scene.settings, file->demo);
    scene.settings.file = file;
    lab_result_begin(&scene.comparison, &scene.settings);
    return scene;
}

static int run_once(void *arg) {
    struct scene *scene = arg;
    return lab_result_run(&scene->comparison, &scene->settings,
                          scene->comparison.count, NULL);
}

// Runs three at once on the prompt's loop, so to speak.
static int run_three(void *arg) {
    struct scene runs[3];
    lab_task *tasks[countof(runs)];
    for (size_t i = 0; i < countof(runs); i++) {
        runs[i] = scene_of(arg, LAB_CLOCK_REAL);
        tasks[i] = lab_spawn("run", run_once, &runs[i]);
    }
    int rc = lab_gather(tasks, countof(runs));
    for (size_t i = 0; i < countof(runs); i++)
        lab_comparison_free(&runs[i].comparison);
    return rc;
}

TEST(runs_at_once_have_variables_of_their_own) {
    struct lab_demos demos = {0};
    struct lab_demo_file *file = open_counts(&demos);
    if (CHECK(file != NULL)) {
        CHECK_INT(lab_loop_main("test", run_three, file), 0);
        CHECK_INT(lab_loop_main("again", run_three, file), 0);
    }
    lab_demos_free(&demos);
}

TEST(each_run_begins_with_the_variables_of_the_first) {
    struct lab_demos demos = {0};
    struct lab_demo_file *file = open_counts(&demos);
    for (int i = 0; CHECK(file != NULL) && i < 100; i++) {
        char schedule[32];
        struct scene run = scene_of(file, LAB_CLOCK_VIRTUAL);
        snprintf(schedule, sizeof schedule, "seed:%d", i);
        run.comparison.schedule = lab_strdup(schedule);
        CHECK_INT(run_once(&run), 0);
        CHECK_INT(run_once(&run), 0);
        lab_comparison_free(&run.comparison);
    }
    lab_demos_free(&demos);
}

// --- every demo, in pairs

// One of two runs that share a loop, a clock and the parameters.
struct half {
    struct lab_demo_copy *copy;
    const struct lab_variant *variant;
    lab_time took;
};

static int run_half(void *arg) {
    struct half *half = arg;
    const struct lab_variant *variant = half->variant;
    // Some fail, as they claim to.
    lab_ignore(variant->with ? variant->with(variant->arg) : variant->body());
    half->took = lab_now();
    return 0;
}

static int run_halves(void *arg) {
    struct half *halves = arg;
    lab_task *tasks[2];
    for (int i = 0; i < 2; i++)
        tasks[i] = lab_spawn("half", run_half, &halves[i]);
    return lab_gather(tasks, 2);
}

static void take_half(struct half *half, struct lab_demo_file *file, size_t i) {
    *half = (struct half){0};
    if (CHECK_INT(lab_demos_take(file, &half->copy), 0))
        half->variant = &lab_demos_begin(half->copy)->variants[i];
}

// Runs variant [i] of [file] and variant [j] of [other], the same demo, at
// once, and stores how long each took.
static void run_pair(struct lab_demo_file *file, size_t i,
                     struct lab_demo_file *other, size_t j, lab_time took[2]) {
    struct half halves[2];
    struct lab_settings settings;
    lab_settings_init(&settings, file->demo);
    take_half(&halves[0], file, i);
    take_half(&halves[1], other, j);
    MUST(halves[0].variant && halves[1].variant);
    struct lab_run_options options = {.name = "pair",
                                      .body = run_halves,
                                      .arg = halves,
                                      .clock = LAB_CLOCK_VIRTUAL,
                                      .context = &settings};
    lab_ignore(lab_run(&options)); // likewise
    for (int half = 0; half < 2; half++) {
        took[half] = halves[half].took;
        lab_demos_give_back(halves[half].copy);
    }
}

// One that holds the loop holds it for both, so neither law need hold. But
// they must be as two that were loaded from folders of their own.
static void check_pair(struct lab_demo_file *file, struct lab_demo_file *apart,
                       size_t i, size_t j) {
    lab_time together[2] = {0}, alone[2] = {0};
    run_pair(file, i, file, j, together);
    run_pair(file, i, apart, j, alone);
    bool same = CHECK_INT(together[0], alone[0]);
    if (!CHECK_INT(together[1], alone[1]) || !same)
        fprintf(stderr, "    %s: %s beside %s\n", file->name,
                file->demo->variants[i].name, file->demo->variants[j].name);
}

TEST(two_runs_of_any_demo_at_once_are_as_two_that_were_loaded_apart) {
    struct lab_demos demos = {0}, apart = {0};
    CHECK(open_in(&demos, LAB_DEMOS_DIR));
    CHECK(open_in(&apart, LAB_DEMOS_DIR));
    for (size_t d = 0; d < demos.count && d < apart.count; d++) {
        const struct lab_demo *demo = demos.files[d].demo;
        size_t n = demo ? lab_variant_count(demo) : 0; // it may be skipped
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++)
                if (!demo->variants[i].outside && !demo->variants[j].outside)
                    check_pair(&demos.files[d], &apart.files[d], i, j);
    }
    lab_demos_free(&demos);
    lab_demos_free(&apart);
}
