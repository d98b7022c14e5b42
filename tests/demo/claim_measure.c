// Each claim of each demo can fail: there is a record with one event changed of
// which it does not hold. One that held of all of them would say nothing.
#include "demo/claim_measure.h"

#include "test.h"

#include "base/alloc.h"
#include "base/error.h"
#include "core/say.h"
#include "core/task.h"
#include "demo/load.h"
#include "demo/result.h"

#include <stdio.h>
#include <string.h>

// What is done to one event: it is left out, happens twice, is moved to before
// the one ahead of it, comes a while later, as all that follow it do, or has
// another text.
enum change { LEFT_OUT, TWICE, EARLIER, LATER, RENAMED, CHANGES };

// All that the claims of [run] say in words, for a line to have it.
static char *all_words(const struct lab_run *run) {
    struct lab_text words = {0};
    for (size_t i = 0; i < run->claim_count; i++)
        lab_text_printf(&words, "%s\n", run->claims[i].text);
    char *copy = lab_strdup(lab_text_string(&words));
    lab_text_free(&words);
    return copy;
}

// [record] with [change] made to event [at]; [words] is another text.
static struct lab_record *changed(const struct lab_record *record, size_t at,
                                  enum change change, const char *words) {
    struct lab_record *copy = lab_record_new();
    size_t count = lab_record_count(record);
    for (size_t i = 0; i < count; i++) {
        size_t from = change != EARLIER || at == 0 ? i
                      : i + 1 == at                ? at
                      : i == at                    ? at - 1
                                                   : i;
        struct lab_event event = *lab_record_at(record, from);
        const char *text = lab_record_text(record, &event);
        if (change == LATER && i >= at)
            event.time += LAB_S / 3;
        if (i == at && change == RENAMED)
            text = words;
        if (i != at || change != LEFT_OUT)
            lab_record_add(copy, event, *text ? text : NULL);
        if (i == at && change == TWICE)
            lab_record_add(copy, event, *text ? text : NULL);
    }
    return copy;
}

// Which claims of a run have failed so far: its time, its gap, and the others.
struct failed {
    bool time, gap, others[LAB_DEMO_CLAIMS];
};

static size_t judge(const struct lab_comparison *comparison,
                    struct lab_run *run, struct failed *failed) {
    size_t left = 0;
    lab_result_measure(comparison, run);
    failed->time |= !run->time.law || !run->time.held;
    failed->gap |= !run->gap.law || !run->gap.held;
    for (size_t i = 0; i < run->claim_count; i++) {
        failed->others[i] |= !run->claims[i].held;
        left += !failed->others[i];
    }
    return left + !failed->time + !failed->gap;
}

// A number that has no divisor in common with [count], near 0.6 of it: its
// multiples go through all numbers below [count], and all over the place.
static size_t stride(size_t count) {
    size_t step = count * 618 / 1000 + 1;
    for (;; step++) {
        size_t a = step, b = count;
        while (b) {
            size_t rest = a % b;
            a = b, b = rest;
        }
        if (a == 1)
            return step;
    }
}

// Changes one event of [run] after the other, and how it ended, until each of
// its claims has failed. Returns how many have not. What most claims are about
// happens often, but not first, so the events come in no order.
static size_t cannot_fail(const struct lab_comparison *comparison,
                          struct lab_run *run, struct failed *failed) {
    struct lab_record *whole = run->record;
    char *words = all_words(run);
    int rc = run->rc;
    *failed = (struct failed){0};
    run->rc = rc < 0 ? 0 : LAB_EINVAL;
    size_t left = judge(comparison, run, failed);
    run->rc = rc;
    size_t count = lab_record_count(whole), step = stride(count);
    for (size_t i = 0, at = 0; i < count && left; i++, at = (at + step) % count)
        for (int change = 0; change < CHANGES && left; change++) {
            run->record = changed(whole, at, (enum change)change, words);
            left = judge(comparison, run, failed);
            lab_record_free(run->record);
        }
    run->record = whole;
    lab_free(words);
    return left;
}

static void say(const struct lab_comparison *comparison,
                const struct lab_run *run, const struct failed *failed) {
    const char *name = comparison->demo;
    if (!failed->time)
        fprintf(stderr, "%s %s: time = %s\n", name, run->name, run->time.law);
    if (!failed->gap)
        fprintf(stderr, "%s %s: the gap %s\n", name, run->name, run->gap.law);
    for (size_t i = 0; i < run->claim_count; i++)
        if (!failed->others[i])
            fprintf(stderr, "%s %s: %s\n", name, run->name,
                    run->claims[i].text);
}

// Runs all of [demo]. Returns how many of its claims cannot fail.
static size_t try_demo(const struct lab_demo *demo, struct lab_demo_file *file,
                       bool is_told) {
    struct lab_comparison comparison = {.clock = LAB_CLOCK_VIRTUAL};
    struct lab_settings settings;
    struct failed failed;
    size_t all = 0;
    lab_settings_init(&settings, demo);
    settings.file = file;
    lab_result_begin(&comparison, &settings);
    for (size_t i = 0; i < lab_variant_count(demo); i++) {
        lab_ignore(lab_result_run(&comparison, &settings, i, NULL));
        size_t left = cannot_fail(&comparison, comparison.runs[i], &failed);
        if (left && is_told)
            say(&comparison, comparison.runs[i], &failed);
        all += left;
    }
    lab_comparison_free(&comparison);
    return all;
}

TEST(no_claim_of_a_demo_holds_whatever_happens) {
    struct lab_demos demos = {0};
    struct lab_text error = {0};
    CHECK(lab_demos_open(&demos, LAB_DEMOS_DIR, LAB_SOURCES_DIR, &error));
    for (size_t i = 0; i < demos.count; i++) {
        struct lab_demo_file *file = &demos.files[i];
        if (!file->is_skipped && CHECK(lab_demos_load(file, &error)))
            CHECK_INT(try_demo(file->demo, file, true), 0);
    }
    lab_demos_free(&demos);
    lab_text_free(&error);
}

static int body(void) {
    lab_say("hello");
    lab_count("inside", +1);
    LAB_TRY(lab_sleep(LAB_S));
    lab_count("inside", -1);
    return 0;
}

// The same test sees those that are of no use.
static const struct lab_demo empty_words = {
    .name = "empty_words",
    .asks = "?",
    .variants = {
        {"some", body, "some can fail",
         .claims = {"time = 1s", "count(hello) >= 0", "count(hello) = 1",
                    "time(hello) <= 1000s", "peak(inside) = 1",
                    "peak(tasks) <= 9", "last(inside) = 0", "ends ok"}}}};

VIRTUAL_TEST(a_claim_that_cannot_fail_is_found) {
    CHECK_INT(try_demo(&empty_words, NULL, false), 2);
}
