#include "view/change.h"

#include "records.h"

static const char *const watched[2] = {"before", NULL};
static const char *const files[2] = {"in a.jsonl", "in b.jsonl"};

// A program of somebody's own, of which nothing has run.
static struct lab_comparison program(const char *code) {
    struct lab_comparison comparison = {.clock = LAB_CLOCK_VIRTUAL};
    comparison.demo = lab_strdup("my");
    comparison.language = lab_strdup("python 3.11");
    comparison.code = lab_strdup(code);
    return comparison;
}

// Adds a run whose main sleeps for [time], called in [line].
static struct lab_run *add_sleep(struct lab_comparison *comparison,
                                 const char *name, lab_time time,
                                 unsigned line) {
    struct lab_run *run = lab_comparison_add_run(comparison, name);
    struct lab_record *record = run->record;
    struct lab_event wait = {.kind = LAB_EVENT_WAIT,
                             .task = 1,
                             .on = LAB_ON_SLEEP,
                             .value = time,
                             .line = line};
    ADD(record, SPAWN, 0, 1, "main");
    ADD(record, RUN, 0, 1, NULL);
    lab_record_add(record, wait, NULL);
    wake(record, time, 1);
    ADD(record, END, time, 1, NULL);
    return run;
}

static struct lab_comparison sleeper(const char *code, const char *name,
                                     lab_time time, unsigned line) {
    struct lab_comparison comparison = program(code);
    add_sleep(&comparison, name, time, line);
    return comparison;
}

static struct lab_comparison failing(lab_time time) {
    struct lab_comparison comparison = program("");
    struct lab_run *run = lab_comparison_add_run(&comparison, "main");
    ADD(run->record, SPAWN, 0, 1, "main");
    lab_record_add(run->record,
                   (struct lab_event){.kind = LAB_EVENT_END,
                                      .time = time,
                                      .task = 1,
                                      .value = LAB_ERAISED},
                   "ValueError: no such page");
    run->rc = LAB_ERAISED;
    return comparison;
}

// Shows what is said of the two, and whether they are the same. Frees them.
static void show(const char *title, struct lab_comparison before,
                 struct lab_comparison after, const char *const places[2]) {
    struct lab_text out = {0};
    bool same = lab_change_put(&out, &style_80, &before, &after, places);
    lab_text_put(&out, same ? "same\n" : "different\n");
    picture_show(title, lab_text_string(&out));
    lab_text_free(&out);
    lab_comparison_free(&before);
    lab_comparison_free(&after);
}

TEST(what_changed_between_two_runs_is_told_in_a_sentence) {
    show("faster", sleeper("", "slow", 3 * LAB_S, 5),
         sleeper("", "slow", 2 * LAB_S, 5), watched);
    show("of two files", sleeper("", "slow", 3 * LAB_S, 5),
         sleeper("", "slow", 2 * LAB_S, 5), files);
    show("the same", sleeper("", "slow", LAB_S, 5),
         sleeper("", "slow", LAB_S, 5), watched);
    show("it fails now", sleeper("", "main", LAB_S, 5), failing(2 * LAB_S),
         watched);
    show("it failed", failing(2 * LAB_S), sleeper("", "main", LAB_S, 5),
         watched);
    show("it fails later", failing(LAB_S), failing(2 * LAB_S), watched);
}

TEST(a_run_that_is_longer_or_shorter_says_what_is_new_or_was_there) {
    struct lab_comparison longer = sleeper("", "main", LAB_S, 5);
    ADD(longer.runs[0]->record, SAY, LAB_S, 1, "more");
    show("longer", sleeper("", "main", LAB_S, 5), longer, watched);
    longer = sleeper("", "main", LAB_S, 5);
    ADD(longer.runs[0]->record, SAY, LAB_S, 1, "more");
    show("shorter", longer, sleeper("", "main", LAB_S, 5), watched);
}

TEST(a_variant_that_is_new_or_gone_is_named) {
    struct lab_comparison two = sleeper("", "slow", 3 * LAB_S, 5);
    add_sleep(&two, "fast", LAB_S, 9);
    show("new", sleeper("", "slow", 3 * LAB_S, 5), two, watched);
    two = sleeper("", "slow", 3 * LAB_S, 5);
    add_sleep(&two, "fast", LAB_S, 9);
    show("gone", two, sleeper("", "slow", 3 * LAB_S, 5), watched);
    two = sleeper("", "slow", 3 * LAB_S, 5);
    add_sleep(&two, "fast", LAB_S, 9);
    show("in one file", two, sleeper("", "slow", 3 * LAB_S, 5), files);
    show("the only one was renamed", sleeper("", "slow", LAB_S, 5),
         sleeper("", "slower", LAB_S, 5), watched);
}

TEST(lines_are_no_difference_once_the_text_is_another) {
    show("moved", sleeper("one", "main", LAB_S, 5),
         sleeper("two", "main", LAB_S, 6), watched);
    show("the same text", sleeper("one", "main", LAB_S, 5),
         sleeper("one", "main", LAB_S, 6), watched);
}

TEST(under_the_real_clock_a_millisecond_is_no_difference) {
    struct lab_comparison one = sleeper("", "main", LAB_S, 5);
    struct lab_comparison two = sleeper("", "main", LAB_S + LAB_MS, 5);
    one.clock = two.clock = LAB_CLOCK_REAL;
    show("", one, two, watched);
    one = sleeper("", "main", LAB_S, 5);
    two = sleeper("", "main", LAB_S + LAB_MS, 5);
    ADD(two.runs[0]->record, SAY, LAB_S + LAB_MS, 1, "more");
    one.clock = two.clock = LAB_CLOCK_REAL;
    show("with another event", one, two, watched);
}
