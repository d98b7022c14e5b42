// million.h - records of a million events, or of about as many as one asks for.

#ifndef LAB_TESTS_VIEW_MILLION_H
#define LAB_TESTS_VIEW_MILLION_H

#include "view/by_hand.h"

#include <stdbool.h>

enum { MILLION = 1000000 };

// [task] is woken by its timer and runs in [turn].
static inline void go_on(struct lab_record *record, lab_time time,
                         uint32_t task, int64_t turn) {
    add_on(record, LAB_EVENT_TIMER, time, task, LAB_ON_SLEEP);
    add_on(record, LAB_EVENT_WAKE, time, task, LAB_ON_SLEEP);
    lab_record_add(record,
                   (struct lab_event){.kind = LAB_EVENT_RUN,
                                      .time = time,
                                      .task = task,
                                      .value = turn,
                                      .on = LAB_ON_SLEEP},
                   NULL);
}

// A thousand tasks that tick, and now and then offload a job.
static inline struct lab_record *record_ticking(size_t count) {
    enum { TASKS = 1000, WORKERS = 4 };
    struct lab_record *record = lab_record_new();
    uint32_t job = 0;
    for (unsigned i = 1; i <= TASKS; i++)
        ADD(record, SPAWN, 0, i, i == 1 ? "main" : "ticker");
    for (lab_time time = LAB_MS; lab_record_count(record) < count;
         time += LAB_MS)
        for (unsigned i = 1; i <= TASKS; i++) {
            go_on(record, time, i, time / LAB_MS);
            ADD(record, MARK, time, i, "beat");
            if ((time / LAB_MS + i) % 10 == 0) {
                unsigned worker = ++job % WORKERS + 1;
                add_job(record, LAB_EVENT_QUEUE, time, i, job, 0);
                add_job(record, LAB_EVENT_WAIT, time, i, job, 0);
                add_job(record, LAB_EVENT_START, time + 10, i, job, worker);
                add_job(record, LAB_EVENT_DONE, time + 20, i, job, worker);
            } else {
                add_on(record, LAB_EVENT_WAIT, time, i, LAB_ON_SLEEP);
            }
        }
    return record;
}

// Tasks that start, wait once and end, each of them once, in a long chain.
static inline struct lab_record *record_of_tasks(size_t count, bool backwards) {
    struct lab_record *record = lab_record_new();
    uint32_t tasks = (uint32_t)(count / 7);
    for (uint32_t i = 1; i <= tasks; i++) {
        uint32_t number = backwards ? tasks - i + 1 : i;
        lab_time time = i * LAB_US;
        struct lab_event spawn = {.kind = LAB_EVENT_SPAWN,
                                  .time = time,
                                  .task = number,
                                  .other = number - 1};
        lab_record_add(record, spawn, "task");
        ADD(record, RUN, time, number, NULL);
        add_on(record, LAB_EVENT_WAIT, time, number, LAB_ON_SLEEP);
        go_on(record, time + LAB_MS, number, i);
        ADD(record, END, time + LAB_MS, number, NULL);
    }
    return record;
}

static inline struct lab_record *record_of_many(size_t count) {
    return record_of_tasks(count, false);
}

static inline struct lab_record *record_backwards(size_t count) {
    return record_of_tasks(count, true);
}

static const struct {
    const char *name;
    struct lab_record *(*make)(size_t count);
} millions[] = {
    {"ticking tasks", record_ticking},
    {"many tasks", record_of_many},
    {"many tasks, the last first", record_backwards},
};

#endif
