// record.c - what a run pays for its record.

#include "bench.h"

#include "core/trace.h"

// A yield leaves two events: it waits, and it runs again.
enum { EVENTS_PER_YIELD = 2 };

// What it takes to keep one event that is there already, time and all.
static double add(long count) {
    struct lab_record *record = lab_record_new();
    struct lab_event event = {.kind = LAB_EVENT_RUN, .task = 1};
    lab_time began = lab_clock_machine();
    for (long i = 0; i < count; i++) {
        event.time = i;
        lab_record_add(record, event, NULL);
    }
    double ns = bench_each(began, count);
    lab_record_free(record);
    return ns;
}

int bench_record(const struct bench *bench) {
    long yields = bench_size(bench, 2 * 1000 * 1000, 2000);
    struct bench off = {.quick = bench->quick};
    struct bench on = {.quick = bench->quick, .recorded = true};
    double without, with;
    LAB_TRY(bench_yields(&off, 2, yields, &without));
    LAB_TRY(bench_yields(&on, 2, yields, &with));
    bench_print("event_ns", (with - without) / EVENTS_PER_YIELD);
    bench_print("add_ns", add(yields * EVENTS_PER_YIELD));
    bench_print("ratio", with / without);
    return 0;
}
