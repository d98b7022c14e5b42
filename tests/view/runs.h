// runs.h - records of real runs and of nonsense, for tests of what reads them.

#ifndef LAB_TESTS_VIEW_RUNS_H
#define LAB_TESTS_VIEW_RUNS_H

#include "core/run.h"
#include "record/state.h"
#include "records.h"

// What [body] does under the virtual clock, as a record. Owns: yours.
static inline struct lab_record *record_of(int (*body)(void *arg)) {
    struct lab_record *record = lab_record_new();
    lab_ignore(lab_run(&(struct lab_run_options){.name = "root",
                                                 .body = body,
                                                 .clock = LAB_CLOCK_VIRTUAL,
                                                 .record = record}));
    return record;
}

// [count] events in no order that a run would write.
static inline struct lab_record *record_of_nonsense(uint32_t seed, int count) {
    struct lab_record *record = lab_record_new();
    for (int i = 0; i < count; i++) {
        uint32_t dice[9];
        for (int j = 0; j < 9; j++)
            dice[j] = (seed = seed * 1664525 + 1013904223) >> 8;
        struct lab_event event = {
            .time = (lab_time)dice[0] * (dice[1] % 100) - LAB_MS,
            .value = dice[2] % 3 ? dice[2] : -(int64_t)(dice[2] % 200),
            .task = dice[3] % 7,
            .other = dice[4] % 7,
            .worker = (uint16_t)(dice[5] % 3),
            .line = dice[8] % 50,
            .kind = (uint8_t)(dice[6] % (LAB_EVENT_KINDS + 2)),
            .on = (uint8_t)(dice[7] % (LAB_ONS + 2)),
        };
        if (dice[0] % 31 == 0)
            event.value = dice[1] % 2 ? INT64_MAX : INT64_MIN;
        if (dice[0] % 29 == 0)
            event.task = UINT32_MAX;
        lab_record_add(record, event, dice[1] % 2 ? "beat \x1b[2J" : NULL);
    }
    return record;
}

#endif
