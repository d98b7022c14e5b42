// records.h - handmade runs for the tests of the views.
//
// Each record is what the core would have written for the demo of that name
// under the virtual clock, event by event, so that a view is tested without
// a loop. Comparisons built from them are freed by comparison_free.

#ifndef LAB_TESTS_VIEW_RECORDS_H
#define LAB_TESTS_VIEW_RECORDS_H

#include "base/alloc.h"
#include "base/error.h"
#include "demo/result.h"
#include "test.h"
#include "view/view.h"

#include <stdio.h>
#include <string.h>

// One event: (kind, time, task) and the fields that its kind has.
#define ADD(record, kind_, time_, task_, ...)                                  \
    lab_record_add(record,                                                     \
                   (struct lab_event){.kind = LAB_EVENT_##kind_,               \
                                      .time = (time_),                         \
                                      .task = (task_)},                        \
                   __VA_ARGS__)

static inline void add_on(struct lab_record *record, int kind, lab_time time,
                          unsigned task, int on) {
    lab_record_add(record,
                   (struct lab_event){.kind = (uint8_t)kind,
                                      .time = time,
                                      .task = task,
                                      .on = (uint8_t)on},
                   NULL);
}

static inline void add_job(struct lab_record *record, int kind, lab_time time,
                           unsigned task, unsigned job, unsigned worker) {
    struct lab_event event = {.kind = (uint8_t)kind,
                              .time = time,
                              .task = task,
                              .other = job,
                              .worker = (uint16_t)worker,
                              .on = LAB_ON_JOB};
    lab_record_add(record, event, kind == LAB_EVENT_QUEUE ? "pool" : NULL);
}

static inline void add_block(struct lab_record *record, int kind, lab_time time,
                             unsigned task, unsigned worker, int on) {
    struct lab_event event = {.kind = (uint8_t)kind,
                              .time = time,
                              .task = task,
                              .worker = (uint16_t)worker,
                              .on = (uint8_t)on};
    lab_record_add(record, event, NULL);
}

static inline void wake(struct lab_record *record, lab_time time,
                        unsigned task) {
    add_on(record, LAB_EVENT_WAKE, time, task, LAB_ON_SLEEP);
    ADD(record, RUN, time, task, NULL);
}

// 03 in turn: one task, five naps of a second.
static inline struct lab_record *record_in_turn(void) {
    struct lab_record *record = lab_record_new();
    ADD(record, SPAWN, 0, 1, "in_turn");
    ADD(record, RUN, 0, 1, NULL);
    for (int i = 1; i <= 5; i++) {
        add_on(record, LAB_EVENT_WAIT, (i - 1) * LAB_S, 1, LAB_ON_SLEEP);
        wake(record, i * LAB_S, 1);
    }
    ADD(record, END, 5 * LAB_S, 1, NULL);
    return record;
}

// 03 together: five tasks, a second each.
static inline struct lab_record *record_together(void) {
    static const char *const names[] = {"a.txt", "b.txt", "c.txt", "d.txt",
                                        "e.txt"};
    struct lab_record *record = lab_record_new();
    ADD(record, SPAWN, 0, 1, "together");
    ADD(record, RUN, 0, 1, NULL);
    for (unsigned i = 0; i < 5; i++)
        ADD(record, SPAWN, 0, i + 2, names[i]);
    add_on(record, LAB_EVENT_WAIT, 0, 1, LAB_ON_TASKS);
    for (unsigned i = 2; i <= 6; i++) {
        ADD(record, RUN, 0, i, NULL);
        add_on(record, LAB_EVENT_WAIT, 0, i, LAB_ON_SLEEP);
    }
    for (unsigned i = 2; i <= 6; i++) {
        wake(record, LAB_S, i);
        ADD(record, END, LAB_S, i, NULL);
    }
    wake(record, LAB_S, 1);
    ADD(record, END, LAB_S, 1, NULL);
    return record;
}

static inline void beat(struct lab_record *record, lab_time time,
                        unsigned task) {
    wake(record, time, task);
    ADD(record, MARK, time, task, "beat");
    add_on(record, LAB_EVENT_WAIT, time, task, LAB_ON_SLEEP);
}

// Root, task 1, and a heartbeat, task 2, up to their first waits.
static inline struct lab_record *begin_with_heart(const char *name) {
    struct lab_record *record = lab_record_new();
    ADD(record, SPAWN, 0, 1, name);
    ADD(record, RUN, 0, 1, NULL);
    ADD(record, SPAWN, 0, 2, "heartbeat");
    add_on(record, LAB_EVENT_WAIT, 0, 1, LAB_ON_SLEEP);
    beat(record, 0, 2);
    return record;
}

// The heartbeat is cancelled, and both tasks end.
static inline void end_with_heart(struct lab_record *record, lab_time time) {
    ADD(record, CANCEL, time, 2, NULL);
    add_on(record, LAB_EVENT_WAIT, time, 1, LAB_ON_TASK);
    wake(record, time, 2);
    ADD(record, END, time, 2, NULL);
    wake(record, time, 1);
    ADD(record, END, time, 1, NULL);
}

// 02: beats every 100 ms beside a nap of 1 s from 250 ms on, by a blocking
// sleep or by a timer, and on to 1.5 s.
static inline struct lab_record *record_nap(bool blocking) {
    struct lab_record *record =
        begin_with_heart(blocking ? "blocking" : "timer");
    lab_time nap = 250 * LAB_MS, up = nap + LAB_S, time = 100 * LAB_MS;
    for (; time < nap; time += 100 * LAB_MS)
        beat(record, time, 2);
    wake(record, nap, 1);
    if (blocking) {
        add_block(record, LAB_EVENT_BLOCK, nap, 1, 0, LAB_ON_BLOCK);
        add_block(record, LAB_EVENT_UNBLOCK, up, 1, 0, LAB_ON_BLOCK);
        add_on(record, LAB_EVENT_WAIT, up, 1, LAB_ON_SLEEP);
        time = up; // the beat that was due long ago
    } else {
        add_on(record, LAB_EVENT_WAIT, nap, 1, LAB_ON_SLEEP);
    }
    for (; time < 1500 * LAB_MS; time += 100 * LAB_MS) {
        if (!blocking && time > up && time - up <= 100 * LAB_MS) {
            wake(record, up, 1);
            add_on(record, LAB_EVENT_WAIT, up, 1, LAB_ON_SLEEP);
        }
        beat(record, time, 2);
    }
    wake(record, 1500 * LAB_MS, 1);
    end_with_heart(record, 1500 * LAB_MS);
    return record;
}

// 04: eight jobs of 100 ms in a pool of [size], with a heartbeat every 50 ms.
static inline struct lab_record *record_pool(unsigned size) {
    enum { JOBS = 8 };
    char name[16];
    snprintf(name, sizeof name, "pool_%u", size);
    struct lab_record *record = begin_with_heart(name);
    for (unsigned i = 1; i <= size; i++) {
        char worker[16];
        snprintf(worker, sizeof worker, "pool-%u", i);
        lab_record_add(record,
                       (struct lab_event){.kind = LAB_EVENT_WORKER,
                                          .worker = (uint16_t)i,
                                          .value = 1},
                       worker);
    }
    for (unsigned job = 1; job <= JOBS; job++) {
        ADD(record, SPAWN, 0, job + 2, "job"); // all the same name
        ADD(record, RUN, 0, job + 2, NULL);
        add_job(record, LAB_EVENT_QUEUE, 0, job + 2, job, 0);
        if (job <= size)
            add_job(record, LAB_EVENT_START, 0, job + 2, job, job);
        add_job(record, LAB_EVENT_WAIT, 0, job + 2, job, 0);
        if (job <= size)
            add_block(record, LAB_EVENT_BLOCK, 0, job + 2, job, LAB_ON_BLOCK);
    }
    unsigned round = 0;
    for (unsigned first = 1; first <= JOBS; first += size) {
        lab_time time = (lab_time)++round * 100 * LAB_MS;
        beat(record, time - 50 * LAB_MS, 2);
        // The workers take their next jobs before the loop hears of the last.
        for (unsigned job = first; job < first + size && job <= JOBS; job++) {
            unsigned worker = job - first + 1, next = job + size;
            add_block(record, LAB_EVENT_UNBLOCK, time, job + 2, worker,
                      LAB_ON_BLOCK);
            if (next > JOBS)
                continue;
            add_job(record, LAB_EVENT_START, time, next + 2, next, worker);
            add_block(record, LAB_EVENT_BLOCK, time, next + 2, worker,
                      LAB_ON_BLOCK);
        }
        for (unsigned job = first; job < first + size && job <= JOBS; job++) {
            add_job(record, LAB_EVENT_DONE, time, job + 2, job,
                    job - first + 1);
            wake(record, time, job + 2);
            ADD(record, END, time, job + 2, NULL);
        }
        beat(record, time, 2);
    }
    end_with_heart(record, (lab_time)round * 100 * LAB_MS);
    return record;
}

static const struct lab_demo demo_03 = {
    .name = "sequential_gather",
    .asks = "Is awaiting in a loop concurrent?",
    .params = {{"delay", 1000, 1, 60000, "ms", "how long one takes"}},
    .variants = {{"in_turn", NULL, "call each, wait for it", "5 * delay", NULL},
                 {"together", NULL, "spawn all, gather", "delay", NULL}}};

static const struct lab_demo demo_02 = {
    .name = "sleep_timer",
    .asks = "What stops when a task sleeps the wrong way?",
    .variants = {{"blocking", NULL, "sleep() holds the thread", "1.5s",
                  "nap + 50ms"},
                 {"timer", NULL, "the loop wakes it", "1.5s", "100ms"}},
    .mark = "beat",
    .gap_text = "longest gap between beats"};

static const struct lab_demo demo_04 = {
    .name = "executor",
    .asks = "Where can blocking work go?",
    .params = {{"jobs", 8, 1, 64, "", "how many"},
               {"work", 100, 1, 60000, "ms", "how long one takes"}},
    .variants = {{"pool_2", NULL, "two workers", "ceil(jobs / 2) * work",
                  "50ms"},
                 {"pool_4", NULL, "four workers", "ceil(jobs / 4) * work",
                  "50ms"}},
    .mark = "beat",
    .gap_text = "longest gap between beats"};

// The demo of the comparison that was begun last.
static const struct lab_demo *demo_begun;

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

static inline struct lab_measure measure_of(const char *law, lab_time time) {
    return (struct lab_measure){law ? lab_strdup(law) : NULL, time, time, true};
}

// Adds variant [index], whose laws predict what was measured. Owns: [record].
static inline struct lab_run *add_result(struct lab_comparison *comparison,
                                         size_t index,
                                         struct lab_record *record) {
    const struct lab_variant *variant = &demo_begun->variants[index];
    struct lab_run *run = lab_comparison_add_run(comparison, variant->name);
    lab_record_free(run->record);
    run->record = record;
    run->text = variant->text ? lab_strdup(variant->text) : NULL;
    run->time = measure_of(variant->takes, lab_record_end(record));
    if (variant->gap) {
        struct lab_gap longest = lab_record_gap(record, demo_begun->mark);
        run->gap = measure_of(variant->gap, longest.to - longest.from);
    }
    return run;
}

static inline struct lab_comparison comparison_02(void) {
    struct lab_comparison comparison = comparison_of(2, &demo_02);
    add_result(&comparison, 0, record_nap(true));
    add_result(&comparison, 1, record_nap(false));
    return comparison;
}

static inline struct lab_comparison comparison_03(void) {
    struct lab_comparison comparison = comparison_of(3, &demo_03);
    add_result(&comparison, 0, record_in_turn());
    add_result(&comparison, 1, record_together());
    return comparison;
}

static inline struct lab_comparison comparison_04(void) {
    struct lab_comparison comparison = comparison_of(4, &demo_04);
    add_result(&comparison, 0, record_pool(2));
    add_result(&comparison, 1, record_pool(4));
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

// Does [view] make exactly [expected] of [comparison]? Frees it.
#define CHECK_VIEW(view, comparison, style, expected)                          \
    do {                                                                       \
        char *is = seen(view, comparison, style);                              \
        CHECK_STR(is, expected);                                               \
        lab_free(is);                                                          \
    } while (0)

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
