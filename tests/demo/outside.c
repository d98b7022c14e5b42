#include "lab.h"

#include "test.h"

#include "core/loop.h"
#include "demo/outside.h"
#include "demo/result.h"

#include <stdlib.h>
#include <string.h>

// Sets a variable of the environment for the time of a call.
static int with(const char *name, const char *value, lab_fn *body, void *arg) {
    const char *before = getenv(name);
    char *kept = before ? lab_strdup(before) : NULL;
    setenv(name, value, 1);
    int rc = lab_loop_main("test", body, arg);
    if (kept)
        setenv(name, kept, 1);
    else
        unsetenv(name);
    lab_free(kept);
    return rc;
}

TEST(what_looplab_starts_has_a_name) {
    CHECK(lab_outside_is_known("PostgreSQL"));
    CHECK(!lab_outside_is_known("python3"));
}

static int open_named(void *arg) {
    struct lab_outside outside = {0};
    (void)arg;
    CHECK(lab_outside_where(&outside) == NULL);
    CHECK(lab_outside_where(NULL) == NULL);
    CHECK(lab_outside_open(&outside, "PostgreSQL") == NULL);
    CHECK_STR(lab_outside_where(&outside), "host=/there");
    CHECK(outside.process == NULL); // nothing was started
    CHECK(lab_outside_open(&outside, "PostgreSQL") == NULL);
    CHECK_STR(lab_outside_where(&outside), "host=/there");
    lab_outside_close(&outside);
    CHECK(lab_outside_where(&outside) == NULL);
    return 0;
}

TEST(a_server_that_the_environment_names_is_used_and_none_is_started) {
    CHECK_INT(with("LOOPLAB_PG", "host=/there", open_named, NULL), 0);
}

static int open_without_shell(void *arg) {
    struct lab_outside outside = {0};
    (void)arg;
    setenv("LOOPLAB_PG", "", 1); // names none
    CHECK_STR(lab_outside_open(&outside, "PostgreSQL"),
              "PostgreSQL does not start: no such file or directory");
    CHECK(lab_outside_where(&outside) == NULL);
    lab_outside_close(&outside);
    unsetenv("LOOPLAB_PG");
    return 0;
}

TEST(what_cannot_be_started_is_told_in_a_sentence) {
    CHECK_INT(with("PATH", "/nowhere", open_without_shell, NULL), 0);
}

// --- as a variant sees it

static char seen[64]; // the address

static int look(void) {
    const char *address = lab_outside_address();
    strcpy(seen, address ? address : "none");
    return 0;
}

static const struct lab_demo looking = {
    .name = "looking",
    .asks = "?",
    .variants = {{"out", look, "looks", .outside = "PostgreSQL"},
                 {"in", look, "looks", .takes = "0"}}};

// Runs variant [index]; it is [skipped] for that reason, or not if that is
// NULL.
static void run(size_t index, struct lab_clock clock,
                struct lab_outside *outside, const char *skipped) {
    struct lab_comparison comparison = {.clock = clock};
    struct lab_settings settings;
    strcpy(seen, "nothing");
    lab_settings_init(&settings, &looking);
    settings.outside = outside;
    lab_result_begin(&comparison, &settings);
    lab_ignore(lab_result_run(&comparison, &settings, index, NULL));
    CHECK(lab_run_skipped(comparison.runs[0]) == (skipped != NULL));
    if (skipped)
        CHECK_STR(lab_run_skipped_text(comparison.runs[0]), skipped);
    lab_comparison_free(&comparison);
}

static int run_named(void *arg) {
    struct lab_outside outside = {0};
    (void)arg;
    run(1, LAB_CLOCK_REAL, &outside, NULL);
    CHECK_STR(seen, "none"); // it did not ask for one
    run(0, LAB_CLOCK_REAL, &outside, NULL);
    CHECK_STR(seen, "host=/there");
    run(0, LAB_CLOCK_VIRTUAL, &outside,
        "talks to PostgreSQL outside; add --clock=real");
    CHECK_STR(seen, "nothing");
    lab_outside_close(&outside);
    run(0, LAB_CLOCK_REAL, NULL, "looplab starts it for its own demos alone");
    CHECK_STR(seen, "nothing");
    return 0;
}

TEST(a_variant_is_told_where_what_it_talks_to_is) {
    CHECK_INT(with("LOOPLAB_PG", "host=/there", run_named, NULL), 0);
    CHECK(lab_outside_address() == NULL);
}
