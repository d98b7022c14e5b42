// record.c - what a run pays for its record, under the virtual clock, where a
// time costs nothing, and under the real one, where each step reads the clock.

#include "bench.h"

#include "record/record.h"

#include <string.h>
#include <sys/mman.h>

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

static int compare(const struct bench *bench, struct lab_clock clock,
                   long yields, double *event_ns, double *ratio) {
    struct bench off = {.quick = bench->quick};
    struct bench on = {.quick = bench->quick, .recorded = true};
    double without, with;
    LAB_TRY(bench_yields(&off, clock, 2, yields, &without));
    LAB_TRY(bench_yields(&on, clock, 2, yields, &with));
    *event_ns = (with - without) / EVENTS_PER_YIELD;
    *ratio = with / without;
    return 0;
}

// A virtual machine returns idle memory to its host. The next program to touch
// it waits ten times as long as the kernel alone would take, and so does our
// floor. So we touch it once before: it is new to us, but not to the machine.
static void fetch_memory(size_t size) {
    char *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        return;
    madvise(memory, size, MADV_HUGEPAGE);
    memset(memory, 1, size);
    munmap(memory, size);
}

int bench_record(const struct bench *bench) {
    long yields = bench_size(bench, 900 * 1000, 2000); // all are kept
    double event_ns, ratio;
    fetch_memory((size_t)bench_size(bench, 256L << 20, 1L << 20));
    // The first record is written into memory that is new, the next ones into
    // its chunks.
    LAB_TRY(compare(bench, LAB_CLOCK_VIRTUAL, yields, &event_ns, &ratio));
    bench_print("new_event_ns", event_ns);
    bench_print("new_ratio", ratio);
    LAB_TRY(compare(bench, LAB_CLOCK_VIRTUAL, yields, &event_ns, &ratio));
    bench_print("event_ns", event_ns);
    bench_print("ratio", ratio);
    bench_print("add_ns", add(yields * EVENTS_PER_YIELD));
    LAB_TRY(compare(bench, LAB_CLOCK_REAL, yields, &event_ns, &ratio));
    bench_print("real_event_ns", event_ns);
    bench_print("real_ratio", ratio);
    return 0;
}
