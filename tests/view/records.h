// records.h - records made by hand, for tests of what no demo does: damage,
// what is seldom, what is long. Others use records of the demos.

#ifndef LAB_TESTS_VIEW_RECORDS_H
#define LAB_TESTS_VIEW_RECORDS_H

#include "picture.h"
#include "view/by_hand.h"
#include "view/demos.h"
#include "view/view.h"

// A heartbeat, task 2, beats beside the root, task 1, which waits.
static inline void beat(struct lab_record *record, lab_time time,
                        unsigned task) {
    wake(record, time, task);
    ADD(record, MARK, time, task, "beat");
    add_on(record, LAB_EVENT_WAIT, time, task, LAB_ON_SLEEP);
}

static inline struct lab_record *record_of_beats(int count) {
    struct lab_record *record = lab_record_new();
    ADD(record, SPAWN, 0, 1, "root");
    ADD(record, RUN, 0, 1, NULL);
    ADD(record, SPAWN, 0, 2, "heartbeat");
    add_on(record, LAB_EVENT_WAIT, 0, 1, LAB_ON_SLEEP);
    for (int i = 0; i < count; i++)
        beat(record, i * LAB_MS, 2);
    return record;
}

static const struct lab_demo *demo_begun; // by comparison_of, the last time

// A comparison of [demo], a table of the test, still without a run.
static inline struct lab_comparison comparison_of(int number,
                                                  const struct lab_demo *demo) {
    struct lab_comparison comparison = {.number = number,
                                        .clock = LAB_CLOCK_VIRTUAL};
    struct lab_settings settings;
    lab_settings_init(&settings, demo);
    lab_result_begin(&comparison, &settings);
    demo_begun = demo;
    return comparison;
}

// Puts [record] in the place of what [run] has left; its laws then predict what
// is measured. Owns: [record].
static inline void put_record(const struct lab_comparison *comparison,
                              struct lab_run *run, struct lab_record *record) {
    lab_record_free(run->record);
    run->record = record;
    lab_result_measure(comparison, run);
    run->time.predicted = run->time.measured;
    run->gap.predicted = run->gap.measured;
    run->time.held = run->gap.held = true;
}

// Adds a run of variant [index], which has left [record]. Owns: [record].
static inline struct lab_run *add_result(struct lab_comparison *comparison,
                                         size_t index,
                                         struct lab_record *record) {
    const struct lab_variant *variant = &demo_begun->variants[index];
    struct lab_run *run = lab_comparison_add_run(comparison, variant->name);
    run->text = variant->text ? lab_strdup(variant->text) : NULL;
    run->time.law = variant->takes ? lab_strdup(variant->takes) : NULL;
    run->gap.law = variant->gap ? lab_strdup(variant->gap) : NULL;
    put_record(comparison, run, record);
    return run;
}

// Demo [number] with [variant] alone, which has left [record]. Owns: [record].
static inline struct lab_comparison demo_with(int number, const char *variant,
                                              struct lab_record *record) {
    struct lab_comparison comparison = run_demo(number, variant, "");
    put_record(&comparison, comparison.runs[0], record);
    return comparison;
}

static const struct lab_style style_80 = {.width = 80};
static const struct lab_style style_80_ascii = {.width = 80, .ascii = true};

// What [view] makes of [comparison] in [style]. Owns: frees the comparison;
// the string is the caller's, for lab_free.
static inline char *seen(lab_view_fn *view, struct lab_comparison comparison,
                         const struct lab_style *style) {
    struct lab_text out = {0};
    view(&out, &comparison, style);
    lab_comparison_free(&comparison);
    return out.data ? out.data : lab_strdup("");
}

// Adds what [view] makes of [comparison] to the pictures of the test. Frees it.
static inline void show_view(const char *title, lab_view_fn *view,
                             struct lab_comparison comparison,
                             const struct lab_style *style) {
    char *text = seen(view, comparison, style);
    picture_show(title, text);
    lab_free(text);
}

// Takes the SGR escapes out of [text].
static inline void strip(char *text) {
    char *to = text;
    while (*text)
        if (*text == '\x1b')
            text += strcspn(text, "m") + 1;
        else
            *to++ = *text++;
    *to = '\0';
}

// Is no line of [text], which has no escapes, wider than [width], and does
// none end in a space?
static inline bool lines_fit(char *text, int width) {
    bool fit = true;
    for (char *line = text; *line && fit;) {
        char *end = line + strcspn(line, "\n");
        bool last = *end == '\0';
        *end = '\0';
        fit = lab_text_columns(line) <= width && !last &&
              (end == line || end[-1] != ' ');
        *end = '\n';
        line = end + 1;
    }
    return fit;
}

#endif
