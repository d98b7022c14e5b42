#include "records.h"
#include "view/view.h"

static struct lab_comparison comparison_with(struct lab_record *record) {
    return demo_with(3, "together", record);
}

TEST(a_story_is_what_each_did_until_it_waited) {
    struct lab_style style = {.width = 60, .lanes = "together,b.txt"};
    show_view("", lab_view_story, comparison_with(record_together()), &style);
}

TEST(a_story_tells_why_a_task_goes_on) {
    struct lab_record *record = lab_record_new();
    ADD(record, SPAWN, 0, 1, "main");
    ADD(record, RUN, 0, 1, NULL);
    add_on(record, LAB_EVENT_WAIT, 0, 1, LAB_ON_FLAG);
    add_on(record, LAB_EVENT_RUN, LAB_S, 1, LAB_ON_FLAG);
    ADD(record, END, LAB_S, 1, NULL);
    show_view("", lab_view_story, comparison_with(record), &style_80);
}

// Task 1 blocks the loop while a worker goes on.
static struct lab_record *record_beside(void) {
    struct lab_record *record = lab_record_new();
    ADD(record, SPAWN, 0, 1, "main");
    ADD(record, RUN, 0, 1, NULL);
    lab_record_add(record,
                   (struct lab_event){.kind = LAB_EVENT_BLOCK,
                                      .task = 1,
                                      .value = LAB_S,
                                      .on = LAB_ON_BLOCK},
                   NULL);
    add_job(record, LAB_EVENT_DONE, LAB_S / 2, 1, 1, 1);
    add_block(record, LAB_EVENT_UNBLOCK, LAB_S, 1, 0, LAB_ON_BLOCK);
    ADD(record, SAY, LAB_S, 1, "later");
    ADD(record, END, LAB_S, 1, NULL);
    return record;
}

TEST(a_sentence_ends_when_time_goes_on) {
    show_view("", lab_view_story, comparison_with(record_beside()), &style_80);
}

TEST(a_story_of_a_stretch_of_time_has_no_other) {
    struct lab_style style = {.width = 80, .from = LAB_S / 4, .to = LAB_S / 2};
    show_view("", lab_view_story, comparison_with(record_beside()), &style);
}

TEST(a_long_story_ends_with_how_much_is_left) {
    struct lab_record *record = lab_record_new();
    ADD(record, SPAWN, 0, 1, "main");
    for (int i = 0; i < 300; i++)
        ADD(record, SAY, i * LAB_MS, 1, i % 2 ? "more" : "and more");
    char *text = seen(lab_view_story, comparison_with(record), &style_80);
    CHECK(strstr(text, "At 99.0 ms main says"));
    CHECK(!strstr(text, "At 100.0 ms main says"));
    CHECK(strstr(text, "\n... and 199 events more; from=, to= and lanes="));
    lab_free(text);
}

TEST(what_is_so_again_and_again_is_told_once) {
    struct lab_record *record = lab_record_new();
    ADD(record, SPAWN, 0, 1, "main");
    for (int i = 0; i < 12; i++)
        ADD(record, MARK, i * 100 * LAB_MS, 1, i == 3 ? "gong" : "beat");
    show_view("", lab_view_story, comparison_with(record), &style_80);
}

TEST(only_the_times_that_pass_by_themselves_are_the_same) {
    struct lab_record *record = lab_record_new();
    ADD(record, SPAWN, 0, 1, "main");
    ADD(record, SAY, 0, 1, "not until 5 s");
    ADD(record, SAY, LAB_S, 1, "not until 6 s");
    for (int i = 2; i < 4; i++)
        lab_record_add(record,
                       (struct lab_event){.kind = LAB_EVENT_BLOCK,
                                          .time = i * LAB_S,
                                          .task = 1,
                                          .value = i * LAB_S},
                       NULL);
    show_view("", lab_view_story, comparison_with(record), &style_80);
}

// Task 1 waits for [other] alone, as gather does.
static void join(struct lab_record *record, lab_time time, uint32_t other) {
    struct lab_event event = {.kind = LAB_EVENT_JOIN,
                              .time = time,
                              .task = 1,
                              .other = other,
                              .on = LAB_ON_TASKS};
    ADD(record, RUN, time, 1, NULL);
    lab_record_add(record, event, NULL);
    add_on(record, LAB_EVENT_WAIT, time, 1, LAB_ON_TASKS);
}

TEST(a_wait_that_is_not_told_leaves_no_names_for_the_next) {
    struct lab_style style = {.width = 80, .from = LAB_S};
    struct lab_record *record = lab_record_new();
    ADD(record, SPAWN, 0, 1, "main");
    ADD(record, SPAWN, 0, 2, "early");
    ADD(record, SPAWN, 0, 3, "late");
    join(record, 0, 2);
    join(record, LAB_S, 3);
    char *text = seen(lab_view_story, comparison_with(record), &style);
    CHECK(strstr(text, "waits for late."));
    CHECK(!strstr(text, "early"));
    lab_free(text);
}
