#include "lab.h"

#include "child.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/time.h"
#include "core/block.h"
#include "core/executor.h"
#include "core/here.h"
#include "core/loop.h"
#include "core/run.h"
#include "core/wait.h"
#include "demo/load.h"
#include "demo/result.h"

#include <stdio.h>
#include <string.h>

// Runs every variant of [demo] under the virtual clock; says if all held.
static bool all_hold_of(const struct lab_demo *demo, struct lab_demo_file *file,
                        const char *schedule, const char *assignment) {
    struct lab_text error = {0};
    struct lab_comparison comparison = {
        .number = 1,
        .clock = LAB_CLOCK_VIRTUAL,
        .schedule = schedule ? lab_strdup(schedule) : NULL};
    struct lab_settings settings;
    lab_settings_init(&settings, demo);
    settings.file = file;
    if (assignment)
        CHECK(lab_settings_assign(&settings, assignment, &error));
    lab_result_begin(&comparison, &settings);
    for (size_t i = 0; i < lab_variant_count(demo); i++)
        lab_ignore(lab_result_run(&comparison, &settings, i, NULL));
    bool held = lab_comparison_held(&comparison);
    if (!held)
        fprintf(stderr, "%s, schedule %s, %s: a claim does not hold\n",
                demo->name, schedule ? schedule : "fifo",
                assignment ? assignment : "defaults");
    lab_comparison_free(&comparison);
    lab_text_free(&error);
    return held;
}

static bool all_hold(struct lab_demo_file *file, const char *schedule,
                     const char *assignment) {
    return all_hold_of(file->demo, file, schedule, assignment);
}

static void with_demos(void (*check)(struct lab_demo_file *file)) {
    struct lab_demos demos = {0};
    struct lab_text error = {0};
    CHECK(lab_demos_open(&demos, LAB_DEMOS_DIR, LAB_SOURCES_DIR, &error));
    for (size_t i = 0; i < demos.count; i++)
        if (!demos.files[i].is_skipped &&
            CHECK(lab_demos_load(&demos.files[i], &error)))
            check(&demos.files[i]);
    lab_demos_free(&demos);
    lab_text_free(&error);
}

static void by_default(struct lab_demo_file *file) {
    CHECK(all_hold(file, NULL, NULL));
}

TEST(every_law_holds_exactly_under_the_virtual_clock) {
    with_demos(by_default);
}

// What a law says of each variant is known before any has run.
static void expected(struct lab_demo_file *file) {
    const struct lab_demo *demo = file->demo;
    struct lab_comparison comparison = {.clock = LAB_CLOCK_VIRTUAL};
    struct lab_settings settings;
    lab_time most = 0;
    lab_settings_init(&settings, demo);
    settings.file = file;
    lab_result_begin(&comparison, &settings);
    for (size_t i = 0; i < lab_variant_count(demo); i++)
        lab_result_expect(&comparison, &settings, i);
    for (size_t i = 0; i < lab_variant_count(demo); i++) {
        lab_ignore(lab_result_run(&comparison, &settings, i, NULL));
        if (comparison.runs[i]->time.law &&
            comparison.runs[i]->time.measured > most)
            most = comparison.runs[i]->time.measured;
    }
    CHECK_INT(comparison.expected, most);
    lab_comparison_free(&comparison);
}

TEST(the_longest_time_is_expected_before_anything_runs) {
    with_demos(expected);
}

static void with_value(struct lab_demo_file *file, const char *name,
                       int64_t value) {
    char text[64];
    snprintf(text, sizeof text, "%s=%lld", name, (long long)value);
    if (!CHECK(all_hold(file, NULL, text)))
        fprintf(stderr, "  with %s\n", text);
}

// With each parameter at its least, a little above that, where what is divided
// leaves rests, and at its greatest.
static void at_the_ends(struct lab_demo_file *file) {
    enum { ABOVE = 6 };
    const struct lab_demo *demo = file->demo;
    for (size_t i = 0; i < lab_param_count(demo); i++) {
        const struct lab_parameter *param = &demo->params[i];
        for (int64_t value = param->min;
             value < param->max && value <= param->min + ABOVE; value++)
            with_value(file, param->name, value);
        with_value(file, param->name, param->max);
    }
}

TEST(every_law_holds_at_both_ends_of_every_range) {
    with_demos(at_the_ends);
}

static void under_seeds(struct lab_demo_file *file) {
    for (int seed = 1; seed <= 20; seed++) {
        char text[32];
        snprintf(text, sizeof text, "seed:%d", seed);
        CHECK(all_hold(file, text, NULL));
    }
}

TEST(every_law_holds_in_whatever_order_tasks_run) {
    with_demos(under_seeds);
}

// --- a demo of our own, that does not keep its law

static int takes_too_long(void) {
    return lab_sleep(lab_param("time") + 30 * LAB_MS);
}
static int fails(void) {
    return LAB_ETIMEDOUT;
}

static const struct lab_demo wrong = {
    .name = "wrong",
    .asks = "?",
    .params = {{"time", 1000, .min = 1, .max = 2000, .unit = "ms"}},
    .variants = {{"late", takes_too_long, "sleeps longer", "time"},
                 {"failing", fails, "fails", "0 * time"}}};

static struct lab_comparison of_wrong(size_t variant, int rc) {
    struct lab_comparison comparison = {.clock = LAB_CLOCK_VIRTUAL};
    struct lab_settings settings;
    lab_settings_init(&settings, &wrong);
    lab_result_begin(&comparison, &settings);
    CHECK_INT(lab_result_run(&comparison, &settings, variant, NULL), rc);
    return comparison;
}

TEST(a_law_that_is_broken_is_told_with_both_times) {
    struct lab_comparison comparison = of_wrong(0, 0);
    CHECK(!lab_comparison_held(&comparison));
    CHECK_INT(comparison.runs[0]->time.predicted, 1000 * LAB_MS);
    CHECK_INT(comparison.runs[0]->time.measured, 1030 * LAB_MS);
    lab_comparison_free(&comparison);
}

TEST(a_variant_that_fails_does_not_hold_though_its_time_is_right) {
    struct lab_comparison comparison = of_wrong(1, LAB_ETIMEDOUT);
    CHECK(!lab_comparison_held(&comparison));
    CHECK(comparison.runs[0]->time.held);
    CHECK_INT(comparison.runs[0]->rc, LAB_ETIMEDOUT);
    lab_comparison_free(&comparison);
}

// --- a demo of lists and cores

static lab_pool *pool;

static int compute(void *arg) {
    lab_burn(*(lab_time *)arg);
    return 0;
}

static int compute_in_pool(void *arg) {
    return lab_offload(pool, compute, arg);
}

static int compute_each(void) {
    lab_task *tasks[LAB_LIST_MOST];
    lab_time times[LAB_LIST_MOST];
    size_t n = lab_param_length("works");
    pool = lab_pool_new("pool", LAB_LIST_MOST);
    for (size_t i = 0; i < n; i++) {
        times[i] = lab_param_item("works", i);
        tasks[i] = lab_spawn("task", compute_in_pool, &times[i]);
    }
    return lab_gather(tasks, n);
}

static const struct lab_demo computing = {
    .name = "computing",
    .asks = "?",
    .params = {{"works", .min = 1, .max = 2000, .unit = "ms",
                .list = "400,400,400,400", .text = "each"},
               {"cores", 2, .min = 1, .max = 16, .text = "how many"}},
    .variants = {{"pool", compute_each, "computes all of them",
                  .claims = {"time = sum(works) / min(cores, len(works))",
                             "busy(cores) = min(cores, len(works))"}}}};

VIRTUAL_TEST(the_parameter_cores_is_what_a_virtual_run_computes_on) {
    static const char *const rows[] = {
        "cores=1",   "cores=2",       "cores=4",       "cores=16",
        "works=100", "works=300,300", "works=1s,1s,1s"};
    for (size_t i = 0; i < countof(rows); i++)
        CHECK(all_hold_of(&computing, NULL, NULL, rows[i]));
}

TEST(under_the_real_clock_the_cores_are_those_of_the_machine) {
    struct lab_comparison comparison = {.clock = LAB_CLOCK_REAL};
    struct lab_settings settings;
    lab_settings_init(&settings, &computing);
    lab_result_begin(&comparison, &settings);
    CHECK_INT(comparison.cores, lab_cores_real());
    CHECK(comparison.cores >= 1);
    lab_comparison_free(&comparison);
}

TEST(tolerance_is_nothing_or_20_ms_or_a_twentieth) {
    CHECK_INT(lab_measure_tolerance(LAB_CLOCK_VIRTUAL, 60 * LAB_S), 0);
    CHECK_INT(lab_measure_tolerance(LAB_CLOCK_REAL, LAB_MS), 20 * LAB_MS);
    CHECK_INT(lab_measure_tolerance(LAB_CLOCK_REAL, LAB_S), 50 * LAB_MS);
    CHECK_INT(lab_measure_tolerance((struct lab_clock){.pace = 10}, LAB_MS),
              200 * LAB_MS);
}

// --- a demo that asks for what its table does not have

static const char *asked;

// The lines of lab_param, not of the calls before it.
enum {
    ASK_LINE = __LINE__ + 6,
    OUTSIDE_LINE = ASK_LINE + 7,
    ITEM_LINE = OUTSIDE_LINE + 5
};
static int ask(void) {
    LAB_TRY(lab_sleep(0));
    return (int)lab_param(asked);
}

// Without its table there are no parameters.
static int ask_outside(void *arg) {
    asked = "delay";
    (void)arg;
    return (int)lab_param(asked);
}

static int ask_item(void) {
    LAB_TRY(lab_sleep(0));
    return asked ? (int)lab_param_item(asked, 3) : (int)lab_param("list");
}

static const struct lab_demo asking = {
    .name = "asking",
    .asks = "?",
    .params = {{"delay", 1000, .min = 1, .max = 2000, .unit = "ms"}},
    .variants = {{"ask", ask, "asks", "0"}}};

static const struct lab_demo asking_items = {
    .name = "asking_items",
    .asks = "?",
    .params = {{"delay", 1000, .min = 1, .max = 2000, .unit = "ms"},
               {"list", .min = 1, .max = 2000, .list = "5,6,7"}},
    .variants = {{"ask", ask_item, "asks", "0"}}};

static int run_asking(void *arg) {
    struct lab_comparison comparison = {.clock = LAB_CLOCK_VIRTUAL};
    struct lab_settings settings;
    lab_settings_init(&settings, arg ? arg : &asking);
    lab_result_begin(&comparison, &settings);
    return lab_result_run(&comparison, &settings, 0, NULL);
}

// Does the end of a [run] give the line of lab_param, and say [what]?
static void check_asking(int (*run)(void *arg), int line, const char *what) {
    char words[1024], place[64];
    snprintf(place, sizeof place,
             "a mistake at tests/demo/result.c:%d: ", line);
    CHECK_INT(child_end(run, NULL, words, sizeof words), 70);
    const char *at = strstr(words, place);
    CHECK_STR(at ? at + strlen(place) : words, what);
}

TEST(a_parameter_that_the_table_lacks_is_named_masked_with_what_was_meant) {
    static const char *const rows[][2] = {
        {"dealy",
         "no parameter \"dealy\" in asking; did you mean \"delay\"?\n"},
        {"\033[2Jx\n",
         "no parameter \"\\x1b[2Jx\\x0a\" in asking; it has delay\n"},
        {"", "no parameter \"\" in asking; it has delay\n"},
    };
    for (size_t i = 0; i < countof(rows); i++) {
        asked = rows[i][0];
        check_asking(run_asking, ASK_LINE, rows[i][1]);
    }
}

static int run_asking_items(void *arg) {
    (void)arg;
    return run_asking((void *)&asking_items);
}

TEST(a_list_is_not_asked_for_as_a_number_nor_beyond_its_end) {
    asked = "delay";
    check_asking(run_asking_items, ITEM_LINE,
                 "delay is not a list: use lab_param\n");
    asked = NULL;
    check_asking(run_asking_items, ITEM_LINE,
                 "list is a list: use lab_param_item\n");
    asked = "list";
    check_asking(run_asking_items, ITEM_LINE, "list has no item 3\n");
}

TEST(a_parameter_that_is_asked_for_outside_of_a_run_is_a_mistake_there) {
    check_asking(
        ask_outside, OUTSIDE_LINE,
        "the parameter \"delay\" was asked for outside of a demo's run: "
        "by a callback of the loop, or by a thread that is not a worker of "
        "a pool\n");
}

// --- what is skipped

static int talk(void) {
    lab_say("it talks");
    return 0;
}

static int look_for_server(void *arg) {
    (void)arg;
    return lab_skip("no %s is here; install it", "server");
}

static int ask_server(void) {
    return lab_await(lab_spawn("look", look_for_server, NULL));
}

static int work(void) {
    return lab_sleep(10 * LAB_MS);
}

static const struct lab_demo skipping = {
    .name = "skipping",
    .asks = "?",
    .variants = {
        {"talks", talk, "talks", .outside = "a server", .takes = "5000"},
        {"asks", ask_server, "asks", .claims = {"count(done) = 1"}},
        {"works", work, "works, without a law"}}};

static int run_skipping(void *arg) {
    struct lab_comparison *comparison = arg;
    struct lab_settings settings;
    lab_settings_init(&settings, &skipping);
    lab_result_begin(comparison, &settings);
    for (size_t i = 0; i < lab_variant_count(&skipping); i++)
        lab_result_expect(comparison, &settings, i);
    for (size_t i = 0; i < lab_variant_count(&skipping); i++)
        lab_ignore(lab_result_run(comparison, &settings, i, NULL));
    return 0;
}

TEST(what_is_outside_is_skipped_under_the_virtual_clock_with_a_sentence) {
    struct lab_comparison comparison = {.clock = LAB_CLOCK_VIRTUAL};
    run_skipping(&comparison);
    const struct lab_run *talks = comparison.runs[0];
    CHECK_INT(talks->rc, LAB_ESKIPPED);
    CHECK_STR(lab_run_skipped_text(talks),
              "talks to a server outside; add --clock=real");
    CHECK_INT(talks->time.measured, -1);
    CHECK(!talks->time.held);
    CHECK_INT(comparison.expected, 0); // and nobody waits for it
    lab_comparison_free(&comparison);
}

TEST(what_is_outside_runs_under_the_real_clock) {
    struct lab_comparison comparison = {.clock = LAB_CLOCK_REAL};
    CHECK_INT(lab_loop_main("test", run_skipping, &comparison), 0);
    CHECK_INT(comparison.runs[0]->rc, 0);
    CHECK_INT(comparison.expected, 5000);
    lab_comparison_free(&comparison);
}

TEST(a_run_that_says_it_is_skipped_has_neither_held_nor_failed) {
    struct lab_comparison comparison = {.clock = LAB_CLOCK_VIRTUAL};
    run_skipping(&comparison);
    const struct lab_run *asks = comparison.runs[1];
    CHECK_STR(lab_run_skipped_text(asks), "no server is here; install it");
    CHECK(lab_run_skipped(asks) && !lab_run_failed(asks));
    CHECK(asks->claims[0].skipped);
    CHECK(lab_comparison_held(&comparison));
    CHECK_INT(comparison.runs[2]->time.measured, 10 * LAB_MS);
    lab_comparison_free(&comparison);
}
