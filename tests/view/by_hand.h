// by_hand.h - events that are written by hand.

#ifndef LAB_TESTS_VIEW_BY_HAND_H
#define LAB_TESTS_VIEW_BY_HAND_H

#include "record/record.h"

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

#endif
