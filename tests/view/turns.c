#include "records.h"
#include "view/view.h"

static struct lab_comparison comparison_with(struct lab_record *record) {
    return demo_with(3, "together", record);
}

static void run_in(struct lab_record *record, lab_time time, uint32_t task,
                   int64_t turn, int on) {
    struct lab_event event = {.kind = LAB_EVENT_RUN,
                              .time = time,
                              .task = task,
                              .value = turn,
                              .on = (uint8_t)on};
    lab_record_add(record, event, NULL);
}

// Three turns: two tasks begin; a job comes back and bytes arrive; a timer is
// due while the second turn holds the thread, and is for the third.
static struct lab_record *record_turns(void) {
    struct lab_record *record = lab_record_new();
    ADD(record, SPAWN, 0, 1, "main");
    ADD(record, SPAWN, 0, 2, "child");
    run_in(record, 0, 1, 1, LAB_ON_NOTHING);
    add_job(record, LAB_EVENT_WAIT, 0, 1, 1, 0);
    run_in(record, 0, 2, 1, LAB_ON_NOTHING);
    add_on(record, LAB_EVENT_WAIT, 0, 2, LAB_ON_READ);
    add_job(record, LAB_EVENT_CALL, LAB_MS / 2, 1, 1, 1);
    add_job(record, LAB_EVENT_DONE, LAB_MS, 1, 1, 1);
    add_on(record, LAB_EVENT_WAKE, LAB_MS, 1, LAB_ON_JOB);
    add_on(record, LAB_EVENT_WAKE, LAB_MS, 2, LAB_ON_READ);
    run_in(record, LAB_MS, 1, 2, LAB_ON_JOB);
    add_job(record, LAB_EVENT_DONE, LAB_MS, 2, 2, 1);
    ADD(record, END, 3 * LAB_MS, 1, NULL);
    run_in(record, 3 * LAB_MS, 2, 2, LAB_ON_READ);
    add_on(record, LAB_EVENT_WAIT, 3 * LAB_MS, 2, LAB_ON_SLEEP);
    add_on(record, LAB_EVENT_TIMER, 4 * LAB_MS, 2, LAB_ON_SLEEP);
    add_on(record, LAB_EVENT_WAKE, 4 * LAB_MS, 2, LAB_ON_SLEEP);
    run_in(record, 4 * LAB_MS, 2, 3, LAB_ON_SLEEP);
    ADD(record, END, 4 * LAB_MS, 2, NULL);
    return record;
}

TEST(a_turn_says_what_made_tasks_ready_and_what_they_did) {
    show_view("", lab_view_turns, comparison_with(record_turns()), &style_80);
}

TEST(of_the_turns_a_stretch_or_a_task_can_be_asked_for) {
    struct lab_style style = {.width = 80, .from = LAB_MS, .lanes = "main"};
    show_view("", lab_view_turns, comparison_with(record_turns()), &style);
}

TEST(of_many_turns_forty_are_shown) {
    struct lab_record *record = lab_record_new();
    ADD(record, SPAWN, 0, 1, "main");
    for (int i = 1; i <= 100; i++) {
        run_in(record, i * LAB_MS, 1, i, LAB_ON_NOTHING);
        add_on(record, LAB_EVENT_WAIT, i * LAB_MS, 1, LAB_ON_NOTHING);
    }
    char *text = seen(lab_view_turns, comparison_with(record), &style_80);
    CHECK(strstr(text, "\nturn 40 at 40.0 ms\n"));
    CHECK(!strstr(text, "\nturn 41"));
    CHECK(strstr(text, "\n... and 60 turns more; from= and to= choose"));
    lab_free(text);
}

TEST(of_many_steps_in_a_turn_twenty_are_shown) {
    struct lab_record *record = lab_record_new();
    for (uint32_t i = 1; i <= 50; i++) {
        run_in(record, 0, i, 1, LAB_ON_NOTHING);
        add_on(record, LAB_EVENT_WAIT, 0, i, LAB_ON_NOTHING);
    }
    char *text = seen(lab_view_turns, comparison_with(record), &style_80);
    CHECK(strstr(text, "\n  ready: t1, t2, t3, t4, t5, t6 and 44 more\n"));
    CHECK(strstr(text, "\n  t20 begins and lets others run.\n"));
    CHECK(!strstr(text, "\n  t21 begins"));
    CHECK(strstr(text, "\n... and 30 steps more\n"));
    lab_free(text);
}
