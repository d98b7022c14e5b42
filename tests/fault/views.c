#include "../view/million.h"
#include "../view/records.h"

#include <time.h>

// Records of a million events, before every view. What it takes is printed;
// what is checked is memory, which does not depend on the machine's mood.

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
    for (size_t i = 0; i < countof(millions); i++)
        show_all(millions[i].name, millions[i].make(MILLION));
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
