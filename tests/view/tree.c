#include "record/location.h"
#include "records.h"
#include "view/view.h"

static struct lab_comparison comparison_with(struct lab_record *record) {
    return demo_with(3, "together", record);
}

static void spawn(struct lab_record *record, lab_time time, uint32_t task,
                  uint32_t parent, const char *name) {
    struct lab_event event = {.kind = LAB_EVENT_SPAWN,
                              .time = time,
                              .task = task,
                              .other = parent,
                              .line = parent ? 10 + task : 0};
    lab_record_add(record, event, name);
}

static void finish(struct lab_record *record, lab_time time, uint32_t task,
                   int64_t result) {
    struct lab_event event = {
        .kind = LAB_EVENT_END, .time = time, .task = task, .value = result};
    lab_record_add(record, event, NULL);
}

// One of each way to end.
static struct lab_record *record_family(void) {
    struct lab_record *record = lab_record_new();
    spawn(record, 0, 1, 0, "main");
    spawn(record, 0, 2, 1, "reader");
    spawn(record, LAB_MS, 3, 2, "job");
    spawn(record, 2 * LAB_MS, 4, 2, "job");
    spawn(record, 2 * LAB_MS, 5, 1, "heart");
    spawn(record, 2 * LAB_MS, 6, 1, "stuck");
    finish(record, 5 * LAB_MS, 3, 7);
    finish(record, 6 * LAB_MS, 4, LAB_ENOENT);
    ADD(record, UNREAD, 6 * LAB_MS, 4, NULL);
    finish(record, 7 * LAB_MS, 2, 0);
    ADD(record, CANCEL, 8 * LAB_MS, 5, NULL);
    finish(record, 9 * LAB_MS, 5, LAB_ECANCELED);
    ADD(record, SAY, 10 * LAB_MS, 1, "over");
    return record;
}

TEST(a_tree_says_who_started_whom_and_how_each_ended) {
    show_view("", lab_view_tree, comparison_with(record_family()),
              &style_80_ascii);
}

TEST(who_was_cancelled_has_not_failed_though_that_was_taken_back) {
    struct lab_record *record = lab_record_new();
    spawn(record, 0, 1, 0, "main");
    ADD(record, CANCEL, LAB_MS, 1, NULL);
    ADD(record, UNCANCEL, LAB_MS, 1, NULL);
    finish(record, LAB_MS, 1, LAB_ECANCELED);
    char *text = seen(lab_view_tree, comparison_with(record), &style_80);
    CHECK(strstr(text, "was cancelled"));
    lab_free(text);
}

TEST(no_branch_is_broken_by_the_words_below_it) {
    struct lab_style style = {.width = 40};
    show_view("", lab_view_tree, comparison_with(record_family()), &style);
    style.width = 20;
    style.ascii = true;
    show_view("at 20 columns", lab_view_tree, comparison_with(record_family()),
              &style);
}

TEST(of_a_tree_some_can_be_asked_for_and_come_with_their_parents) {
    struct lab_style style = {.width = 50, .lanes = "job"};
    show_view("", lab_view_tree, comparison_with(record_family()), &style);
}

TEST(a_task_that_is_its_own_ancestor_is_a_root) {
    struct lab_record *record = lab_record_new();
    spawn(record, 0, 1, 2, "one");
    spawn(record, 0, 2, 1, "two");
    spawn(record, 0, 3, 3, "three");
    char *text = seen(lab_view_tree, comparison_with(record), &style_80_ascii);
    CHECK(strstr(text, "\none (t1)"));
    CHECK(strstr(text, "\n`- two (t2)"));
    CHECK(strstr(text, "\nthree (t3)"));
    lab_free(text);
}

TEST(a_tree_deeper_than_the_screen_is_wide_still_has_its_leaves) {
    struct lab_record *record = lab_record_new();
    struct lab_style style = {.width = 20};
    for (uint32_t i = 1; i <= 60; i++)
        spawn(record, 0, i, i - 1, "deep");
    char *text = seen(lab_view_tree, comparison_with(record), &style);
    CHECK(strstr(text, "deep 60"));
    CHECK(lines_fit(text, 20));
    lab_free(text);
}

TEST(where_a_task_was_started_is_whole_and_no_column_if_nobody_knows) {
    struct lab_record *record = lab_record_new();
    struct lab_event event = {.kind = LAB_EVENT_SPAWN, .task = 2, .other = 1};
    spawn(record, 0, 1, 0, "main");
    char *text = seen(lab_view_tree, comparison_with(record), &style_80_ascii);
    CHECK(strstr(text, "\nmain (t1)  0 s to 0 s  did not end\n"));
    lab_free(text);
    record = lab_record_new();
    spawn(record, 0, 1, 0, "main");
    event.line = lab_location_add(record, "helper_module.py", NULL, 12);
    lab_record_add(record, event, "job");
    text = seen(lab_view_tree, comparison_with(record), &style_80_ascii);
    CHECK(strstr(text, "  helper_module.py line 12  did not end\n"));
    lab_free(text);
}

TEST(a_name_that_is_cut_keeps_the_number_of_its_task) {
    static const char *const name = "fetch_the_page_with_a_long_name(13)";
    for (int width = 80; width <= 200; width += 120) {
        struct lab_record *record = lab_record_new();
        struct lab_style style = {.width = width};
        spawn(record, 0, 1, 0, "main");
        spawn(record, 0, 2, 1, name);
        char *text = seen(lab_view_tree, comparison_with(record), &style);
        CHECK(strstr(text, width == 200 ? "_name(13) (t2)  " : "\u2026(t2)  "));
        lab_free(text);
    }
}

// A column is as wide as what is in it, and one with nothing is not there.
TEST(the_columns_of_a_tree_are_as_wide_as_they_must_be) {
    struct lab_record *record = lab_record_new();
    ADD(record, SPAWN, 0, 1, "main");
    ADD(record, END, LAB_S, 1, NULL);
    char *text = seen(lab_view_tree, comparison_with(record), &style_80);
    CHECK(strstr(text, "main (t1)  0 s to 1.000 s  returned 0\n"));
    lab_free(text);
}

TEST(of_many_tasks_a_hundred_are_in_the_tree) {
    struct lab_record *record = lab_record_new();
    for (uint32_t i = 1; i <= 150; i++)
        spawn(record, 0, i, 1, "task");
    char *text = seen(lab_view_tree, comparison_with(record), &style_80_ascii);
    CHECK(strstr(text, "task 100 ("));
    CHECK(!strstr(text, "task 101 ("));
    CHECK(strstr(text, "\n... and 50 tasks more\n"));
    lab_free(text);
}
