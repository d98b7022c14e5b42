#include "../view/records.h"

#include <time.h>

// Records of a million events, before every view. What it takes is printed;
// what is checked is memory, which does not depend on the machine's mood.

enum { MILLION = 1000000 };

// [task] is woken by its timer and runs in [turn].
static void go_on(struct lab_record *record, lab_time time, uint32_t task,
                  int64_t turn) {
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
static struct lab_record *record_ticking(void) {
    enum { TASKS = 1000, WORKERS = 4 };
    struct lab_record *record = lab_record_new();
    uint32_t job = 0;
    for (unsigned i = 1; i <= TASKS; i++)
        ADD(record, SPAWN, 0, i, i == 1 ? "main" : "ticker");
    for (lab_time time = LAB_MS; lab_record_count(record) < MILLION;
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
static struct lab_record *record_of_many(bool backwards) {
    struct lab_record *record = lab_record_new();
    enum { TASKS = MILLION / 7 };
    for (uint32_t i = 1; i <= TASKS; i++) {
        uint32_t number = backwards ? TASKS - i + 1 : i;
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

// The most memory that was in use since forget_peak, in MiB; 0 if nobody tells.
static long peak(void) {
    char line[128];
    long kib = 0;
    FILE *file = fopen("/proc/self/status", "r");
    while (file && fgets(line, sizeof line, file))
        if (sscanf(line, "VmHWM: %ld", &kib) == 1)
            break;
    if (file)
        fclose(file);
    return kib / 1024;
}

// Other tests of this program may have used much more.
static void forget_peak(void) {
    FILE *file = fopen("/proc/self/clear_refs", "w");
    if (!CHECK(file))
        return;
    fputs("5", file);
    fclose(file);
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

// Takes [record].
static void show_all(const char *what, struct lab_record *record) {
    struct lab_comparison comparison = demo_with(2, "blocking", record);
    forget_peak();
    printf("%s: %zu events\n", what, lab_record_count(record));
    for (const struct lab_view *view = lab_views; view->name; view++) {
        struct lab_text out = {0};
        double begin = seconds();
        view->render(&out, &comparison, &style_80);
        printf("  %-10s %6.2f s  %5ld MiB at most  %8zu bytes\n", view->name,
               seconds() - begin, peak(), out.length);
        CHECK(out.length < 100000);
        lab_text_free(&out);
    }
    lab_comparison_free(&comparison);
    CHECK(peak() > 0 && peak() < 1024);
}

TEST(a_million_events_are_shown_in_bounded_memory) {
    show_all("ticking tasks", record_ticking());
    show_all("many tasks", record_of_many(false));
    show_all("many tasks, the last first", record_of_many(true));
}

TEST(of_a_record_that_is_full_every_view_of_events_says_so) {
    static lab_view_fn *const views[] = {
        lab_view_compare, lab_view_timeline, lab_view_story, lab_view_tree,
        lab_view_turns,   lab_view_busy,     lab_view_pool};
    struct lab_record *record = lab_record_new();
    ADD(record, SPAWN, 0, 1, "main");
    for (int i = 0; i < LAB_RECORD_MOST; i++)
        ADD(record, MARK, i, 1, "beat");
    struct lab_comparison comparison = demo_with(2, "blocking", record);
    for (size_t i = 0; i < countof(views); i++) {
        struct lab_text out = {0};
        views[i](&out, &comparison, &style_80);
        CHECK(strstr(lab_text_string(&out), "the record is full"));
        lab_text_free(&out);
    }
    lab_comparison_free(&comparison);
}
