#include "view/slowed.h"

#include "records.h"

static void add_burn(struct lab_run *run, lab_time from, lab_time to,
                     unsigned worker) {
    struct lab_event event = {.kind = LAB_EVENT_BLOCK,
                              .time = from,
                              .value = 100 * LAB_MS,
                              .task = 1,
                              .worker = (uint16_t)worker,
                              .on = LAB_ON_BURN};
    lab_record_add(run->record, event, NULL);
    event.kind = LAB_EVENT_UNBLOCK;
    event.time = to;
    if (to)
        lab_record_add(run->record, event, NULL);
}

// A run of 100 ms of computing on each of two workers, one of which took
// [took]. Its law says 100 ms, and it was measured as [measured].
static void add_run(struct lab_comparison *comparison, const char *name,
                    lab_time measured, lab_time took) {
    struct lab_run *run = lab_comparison_add_run(comparison, name);
    run->time = (struct lab_measure){.law = lab_strdup("work"),
                                     .predicted = 100 * LAB_MS,
                                     .measured = measured,
                                     .held = measured <= 120 * LAB_MS};
    add_burn(run, 0, 100 * LAB_MS, 1);
    add_burn(run, 1 * LAB_MS, took ? took + 1 * LAB_MS : 0, 2);
}

TEST(a_law_that_a_busy_machine_broke_is_explained) {
    struct lab_comparison comparison = {.clock = LAB_CLOCK_REAL};
    add_run(&comparison, "shared", 200 * LAB_MS, 190 * LAB_MS);
    add_run(&comparison, "held", 110 * LAB_MS, 190 * LAB_MS);
    add_run(&comparison, "early", 50 * LAB_MS, 190 * LAB_MS);
    add_run(&comparison, "of_itself", 400 * LAB_MS, 190 * LAB_MS);
    add_run(&comparison, "cut", 200 * LAB_MS, 0);
    comparison.runs[2]->time.held = false;
    char *text = seen(lab_view_results, comparison, &style_80);
    const char *why = strstr(text, " of computing took ");
    CHECK(strstr(text, "\n\nshared: 200.0 ms of computing took 290.0 ms, ") &&
          why && !strstr(why + 1, " of computing took "));
    lab_free(text);
}

TEST(under_the_virtual_clock_nothing_is_slowed) {
    struct lab_comparison comparison = {.clock = LAB_CLOCK_VIRTUAL};
    add_run(&comparison, "shared", 200 * LAB_MS, 190 * LAB_MS);
    char *text = seen(lab_slowed_put, comparison, &style_80);
    CHECK_STR(text, "");
    lab_free(text);
}
