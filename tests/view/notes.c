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

static void add_sleep(struct lab_record *record, lab_time from, lab_time time,
                      uint32_t line) {
    struct lab_event event = {.kind = LAB_EVENT_WAIT,
                              .on = LAB_ON_SLEEP,
                              .task = 1,
                              .time = from,
                              .value = from + time,
                              .line = line};
    lab_record_add(record, event, NULL);
}

// What is said of a program that sleeps so long in line 4, and then [again].
static char *said_of(lab_time time, lab_time again, const char *language) {
    struct lab_comparison one = {.clock = LAB_CLOCK_VIRTUAL};
    struct lab_run *run = lab_comparison_add_run(&one, "main");
    one.language = language ? lab_strdup(language) : NULL;
    ADD(run->record, SPAWN, 0, 1, "main");
    add_sleep(run->record, 0, time, 4);
    add_sleep(run->record, LAB_S, again, 4);
    add_sleep(run->record, LAB_S, LAB_S, 5);
    return seen(lab_notes_put, one, &style_80);
}

TEST(a_sleep_that_has_lost_its_unit_is_noted) {
    static const struct {
        lab_time time, again;
        const char *language;
        bool is_noted;
    } rows[] = {
        {100, 100, "c", true},        {100, 100, NULL, true},
        {999, 1, "c", true},          {100, 100, "python 3.11", false},
        {LAB_US, LAB_US, "c", false}, // a microsecond may be meant
        {100, LAB_S, "c", false},     // until a time that has nearly come
        {LAB_S, 100, "c", false},
    };
    for (size_t i = 0; i < countof(rows); i++) {
        char *said = said_of(rows[i].time, rows[i].again, rows[i].language);
        CHECK_STR(said, rows[i].is_noted
                            ? "A note: this sleep takes less than 1 us; "
                              "lab_sleep counts nanoseconds, so 100 ms\nis "
                              "100 * LAB_MS (line 4).\n"
                            : "");
        lab_free(said);
    }
}

TEST(without_notes_nothing_is_added) {
    char *text = seen(lab_notes_put, comparison_03(), &style_80);
    CHECK_STR(text, "");
    lab_free(text);
}
