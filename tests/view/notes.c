#include "view/notes.h"

#include "records.h"

static void add_note(struct lab_record *record, uint32_t task, uint32_t line) {
    struct lab_event event = {
        .kind = LAB_EVENT_NOTE, .task = task, .line = line};
    lab_record_add(record, event, "it is so");
}

static void add_run(struct lab_comparison *comparison, const char *name) {
    struct lab_run *run = lab_comparison_add_run(comparison, name);
    struct lab_record *record = run->record;
    ADD(record, SPAWN, 0, 1, "main");
    ADD(record, SPAWN, 0, 2, "fetch");
    add_note(record, 1, 7);
    add_note(record, 2, 0);
    add_note(record, 0, 0);
}

TEST(notes_stand_below_the_results_with_whom_they_are_about) {
    struct lab_comparison one = {.clock = LAB_CLOCK_VIRTUAL};
    struct lab_comparison two = {.clock = LAB_CLOCK_VIRTUAL};
    add_run(&one, "main");
    add_run(&two, "main");
    add_run(&two, "other");
    char *alone = seen(lab_notes_put, one, &style_80);
    CHECK_STR(alone, "A note on main: it is so (line 7).\n"
                     "A note on fetch: it is so.\n"
                     "A note: it is so.\n");
    char *both = seen(lab_view_results, two, &style_80);
    CHECK(strstr(both, "\n\nA note on main: it is so (line 7).\n"
                       "A note on fetch of main: it is so.\n"
                       "A note on main: it is so.\n"
                       "A note on main of other: it is so (line 7).\n"));
    lab_free(alone);
    lab_free(both);
}

TEST(without_notes_nothing_is_added) {
    char *text = seen(lab_notes_put, comparison_03(), &style_80);
    CHECK_STR(text, "");
    lab_free(text);
}
