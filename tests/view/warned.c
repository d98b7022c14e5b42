#include "view/warned.h"

#include "records.h"

#include "base/error.h"

// A step of [task], of turn [turn], which blocks for [held] in line 6.
static void hold(struct lab_record *record, lab_time at, unsigned task,
                 int64_t turn, lab_time held) {
    struct lab_event event = {
        .kind = LAB_EVENT_RUN, .time = at, .task = task, .value = turn};
    lab_record_add(record, event, NULL);
    event.kind = LAB_EVENT_BLOCK;
    event.value = held;
    event.line = 6;
    lab_record_add(record, event, NULL);
    add_on(record, LAB_EVENT_WAIT, at + held, task, LAB_ON_SLEEP);
}

// A program of one's own that says "start" and has no warning so far.
static struct lab_record *begin(struct lab_comparison *comparison,
                                const char *name) {
    struct lab_record *record =
        lab_comparison_add_run(comparison, name)->record;
    lab_free(comparison->language);
    comparison->language = lab_strdup("python 3.11");
    ADD(record, SPAWN, 0, 1, name);
    ADD(record, SPAWN, 0, 2, "fetch");
    hold(record, 0, 1, 1, 99 * LAB_MS);
    return record;
}

TEST(a_program_of_ones_own_is_told_who_held_the_loop) {
    struct lab_comparison mine = {.clock = LAB_CLOCK_VIRTUAL};
    hold(begin(&mine, "main"), LAB_S, 2, 2, 300 * LAB_MS);
    char *text = seen(lab_view_results, mine, &style_80);
    CHECK(strstr(text, "\n\nThe loop was held for 300.0 ms by fetch (line 6): "
                       "explain W01\n"));
    lab_free(text);
}

TEST(many_warnings_of_one_kind_are_one_line) {
    struct lab_comparison mine = {.clock = LAB_CLOCK_VIRTUAL};
    hold(begin(&mine, "main"), LAB_S, 2, 2, 100 * LAB_MS);
    struct lab_record *record = begin(&mine, "other");
    hold(record, LAB_S, 2, 2, 200 * LAB_MS);
    hold(record, 2 * LAB_S, 1, 3, 150 * LAB_MS);
    for (unsigned i = 0; i < 4; i++)
        hold(record, 3 * LAB_S + i * 50 * LAB_MS, 1, 4, 50 * LAB_MS);
    struct lab_event unread = {.kind = LAB_EVENT_UNREAD,
                               .time = 4 * LAB_S,
                               .task = 2,
                               .value = LAB_ERAISED};
    lab_record_add(record, unread, "KeyError: 'b'");
    char *text = seen(lab_warned_put, mine, &style_80);
    CHECK_STR(text,
              "The loop was held 3 times, longest for 200.0 ms by fetch in "
              "other (line 6):\nexplain W01\n"
              "The loop was held for 200.0 ms by 4 steps of one turn, the "
              "longest of other\n(line 6): explain W02\n"
              "Nobody has read the error of fetch in other: KeyError: 'b': "
              "explain W03\n");
    lab_free(text);
}

TEST(a_demo_is_not_warned_of_what_it_shows) {
    struct lab_comparison demo = comparison_02();
    CHECK(!demo.language);
    char *text = seen(lab_warned_put, demo, &style_80);
    CHECK_STR(text, "");
    lab_free(text);
}

TEST(a_program_that_holds_nothing_is_told_nothing) {
    struct lab_comparison mine = {.clock = LAB_CLOCK_VIRTUAL};
    begin(&mine, "main");
    char *text = seen(lab_warned_put, mine, &style_80);
    CHECK_STR(text, "");
    lab_free(text);
}
