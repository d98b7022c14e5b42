// Many: tasks that wait at once, tasks one after another, and a day of time.
// What is asked is whether all of it comes out right, and in which memory; how
// long it takes is for the benchmarks.

#include "test.h"

#include "base/alloc.h"
#include "base/hash.h"
#include "base/time.h"
#include "core/executor.h"
#include "core/loop.h"
#include "core/run.h"
#include "core/sanitizer.h"

#include <stdio.h>
#include <unistd.h>

enum { BATCH = 1000, MILLION = 1000000 };

static long page_count(const char *format) {
    long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (!CHECK(file && fscanf(file, format, &pages) == 1))
        pages = 0;
    if (file)
        fclose(file);
    return pages;
}

// Of memory that is in use, in KiB.
static long resident(void) {
    return page_count("%*s %ld") * (sysconf(_SC_PAGESIZE) / 1024);
}

static int run_virtual(lab_fn *body, void *arg) {
    return lab_run(&(struct lab_run_options){
        .name = "root", .body = body, .arg = arg, .clock = LAB_CLOCK_VIRTUAL});
}

// --- tasks that wait at once

static int nap(void *arg) {
    long *woken = arg;
    LAB_TRY(lab_sleep(LAB_S));
    ++*woken;
    return 0;
}

struct crowd {
    size_t count;
    long woken, kib_a_task;
};

static int gather_crowd(void *arg) {
    struct crowd *crowd = arg;
    lab_task **tasks = lab_alloc(crowd->count * sizeof *tasks);
    long before = resident();
    for (size_t i = 0; i < crowd->count; i++)
        tasks[i] = lab_spawn("sleeper", nap, &crowd->woken);
    int rc = lab_gather(tasks, crowd->count);
    long used = resident() - before;
    crowd->kib_a_task = used / (long)crowd->count;
    lab_free(tasks);
    CHECK_INT(lab_now(), LAB_S);
    return rc;
}

static void sleep_all_at_once(size_t count) {
    struct crowd crowd = {.count = count};
    CHECK_INT(run_virtual(gather_crowd, &crowd), 0);
    CHECK_INT(crowd.woken, (long)count);
    if (!LAB_SANITIZED)
        CHECK(crowd.kib_a_task <= 5);
}

TEST(a_hundred_thousand_tasks_wait_at_once) {
    sleep_all_at_once(100000);
}

// The memory that is free, in KiB; 0 if nobody tells.
static long available(void) {
    long free = 0;
    char line[100];
    FILE *file = fopen("/proc/meminfo", "r");
    while (file && fgets(line, sizeof line, file))
        if (sscanf(line, "MemAvailable: %ld", &free) == 1)
            break;
    if (file)
        fclose(file);
    return free;
}

TEST(a_million_tasks_wait_at_once) {
    if (LAB_SANITIZED || available() < 6L * 1024 * 1024) {
        test_skip("a million stacks need 5 GiB of free memory");
        return;
    }
    sleep_all_at_once(MILLION);
}

// --- tasks one after another

static int job(void *arg) {
    (void)arg;
    return 1;
}

static int offload(void *arg) {
    return lab_offload(arg, job, NULL);
}

static int a_million_offloads(void *arg) {
    lab_pool *pool = lab_pool_new("pool", 2);
    long *sum = arg;
    for (int done = 0; done < MILLION; done += BATCH) {
        lab_task *tasks[BATCH];
        for (int i = 0; i < BATCH; i++)
            tasks[i] = lab_spawn("asker", offload, pool);
        LAB_TRY(lab_gather(tasks, BATCH));
        for (int i = 0; i < BATCH; i++)
            *sum += lab_task_result(tasks[i]);
    }
    return 0;
}

static int really(void *arg) {
    return lab_run(&(struct lab_run_options){.name = "root",
                                             .body = a_million_offloads,
                                             .arg = arg,
                                             .clock = LAB_CLOCK_REAL});
}

TEST(a_million_tasks_go_through_a_pool_under_both_clocks) {
    long sum = 0;
    CHECK_INT(run_virtual(a_million_offloads, &sum), 0);
    CHECK_INT(sum, MILLION);
    CHECK_INT(lab_loop_main("main", really, &sum), 0);
    CHECK_INT(sum, 2 * MILLION);
}

// --- a day

enum { TICKERS = 250, HOURS = LAB_SANITIZED ? 1 : 24 };

static int tick(void *arg) {
    long *ticks = arg;
    for (int second = 0; second < HOURS * 3600; second++) {
        LAB_TRY(lab_sleep(LAB_S));
        ++*ticks;
    }
    return 0;
}

struct day {
    long ticks, first_hour, grown;
    uint64_t hash;
};

static int watch_memory(void *arg) {
    struct day *day = arg;
    LAB_TRY(lab_sleep(3599 * LAB_S));
    day->first_hour = resident();
    LAB_TRY(lab_sleep_until((HOURS * 3600 - 1) * LAB_S));
    day->grown = resident() - day->first_hour;
    return 0;
}

static int a_day(void *arg) {
    struct day *day = arg;
    lab_task *tasks[TICKERS + 1];
    for (int i = 0; i < TICKERS; i++)
        tasks[i] = lab_spawn("ticker", tick, &day->ticks);
    tasks[TICKERS] = lab_spawn("watch", watch_memory, day);
    return lab_gather(tasks, TICKERS + 1);
}

// Over what makes an event.
static void mix(void *arg, const struct lab_event *event, const char *text) {
    struct day *day = arg;
    const uint64_t words[] = {(uint64_t)event->time, (uint64_t)event->value,
                              event->task, event->other, event->kind};
    (void)text;
    day->hash = lab_hash(day->hash, words, sizeof words);
}

static void live_through(struct day *day) {
    struct lab_record *record = lab_record_new();
    *day = (struct day){.hash = LAB_HASH_EMPTY};
    lab_record_listen(record, mix, day);
    CHECK_INT(lab_run(&(struct lab_run_options){.name = "day",
                                                .body = a_day,
                                                .arg = day,
                                                .clock = LAB_CLOCK_VIRTUAL,
                                                .record = record}),
              0);
    CHECK_INT(lab_record_end(record), HOURS * 3600 * LAB_S);
    lab_record_free(record);
}

TEST(a_day_of_many_tickers_is_the_same_twice_in_flat_memory) {
    struct day days[2];
    for (int i = 0; i < 2; i++) {
        live_through(&days[i]);
        CHECK_INT(days[i].ticks, (long)TICKERS * HOURS * 3600);
        CHECK(days[i].grown <= days[i].first_hour / 100 || LAB_SANITIZED);
    }
    CHECK(days[0].hash == days[1].hash);
}
