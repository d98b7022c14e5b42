#include "core/say.h"
#include "core/task.h"
#include "core/wait.h"
#include "records.h"
#include "runs.h"
#include "view/view.h"
#include "visitors.h"

TEST(timeline_02_at_20_columns) {
    struct lab_style style = {.width = 20};
    show_view("", lab_view_timeline, comparison_02(), &style);
}

// A comparison of demo 03 with [record] alone.
static struct lab_comparison comparison_with(struct lab_record *record) {
    return demo_with(3, "in_turn", record);
}

TEST(a_run_without_length_is_one_cell) {
    struct lab_record *record = lab_record_new();
    ADD(record, SPAWN, 0, 1, "main");
    ADD(record, RUN, 0, 1, NULL);
    ADD(record, SPAWN, 0, 2, "child");
    ADD(record, END, 0, 1, NULL);
    ADD(record, RUN, 0, 2, NULL);
    ADD(record, END, 0, 2, NULL);
    show_view("", lab_view_timeline, comparison_with(record), &style_80_ascii);
}

TEST(an_empty_record_has_a_loop_that_did_nothing) {
    show_view("", lab_view_timeline, comparison_with(lab_record_new()),
              &style_80_ascii);
}

// [count] tasks, from "task A" on.
static struct lab_comparison of_tasks(int count) {
    struct lab_record *record = lab_record_new();
    for (int i = 0; i < count; i++) {
        char name[] = {'t', 'a', 's', 'k', ' ', (char)('A' + i), '\0'};
        ADD(record, SPAWN, 0, (unsigned)i + 1, name);
    }
    return comparison_with(record);
}

TEST(of_many_tasks_thirty_are_shown) {
    char *text = seen(lab_view_timeline, of_tasks(50), &style_80_ascii);
    CHECK(strstr(text, "\ntask ^"));
    CHECK(!strstr(text, "\ntask _"));
    CHECK(strstr(text, "\n... and 20 tasks more\n"));
    lab_free(text);
}

TEST(a_long_name_is_whole_on_a_wide_screen) {
    static const char *const name = "fetch_the_page_with_a_long_name(13)";
    for (int width = 80; width <= 200; width += 120) {
        struct lab_record *record = lab_record_new();
        struct lab_style style = {.width = width, .ascii = true};
        ADD(record, SPAWN, 0, 1, name);
        ADD(record, RUN, 0, 1, NULL);
        ADD(record, END, LAB_S, 1, NULL);
        char *text =
            seen(lab_view_timeline, demo_with(3, "together", record), &style);
        CHECK_INT(strstr(text, name) != NULL, width == 200);
        lab_free(text);
    }
}

TEST(forty_tasks_are_all_shown) {
    char *text = seen(lab_view_timeline, of_tasks(40), &style_80_ascii);
    CHECK(strstr(text, "\ntask h"));
    CHECK(!strstr(text, "more"));
    lab_free(text);
}

// The last of them is another: it has a row of its own.
static int wait_in_turn(void *arg) {
    (void)arg;
    lab_task *tasks[14];
    for (size_t i = 0; i < 13; i++)
        tasks[i] = lab_spawn_named(visit, (void *)(intptr_t)(i + 1), "call %zu",
                                   i + 1);
    tasks[13] = lab_spawn("other", visit, (void *)1);
    lab_ignore(lab_await(tasks[1])); // which fails
    return lab_await(tasks[12]);
}

TEST(many_tasks_of_one_name_are_one_row) {
    struct lab_style looks[] = {{.width = 60},
                                {.width = 60, .lanes = "call 2"}};
    for (size_t i = 0; i < countof(looks); i++)
        show_view("", lab_view_timeline,
                  comparison_with(record_of(wait_in_turn)), &looks[i]);
}

TEST(the_gap_is_shown_though_its_lane_is_not) {
    struct lab_record *record = lab_record_new();
    for (unsigned i = 1; i <= 50; i++)
        ADD(record, SPAWN, 0, i, "task");
    ADD(record, MARK, 0, 50, "beat");
    ADD(record, MARK, LAB_S, 50, "beat");
    struct lab_comparison comparison = demo_with(2, "blocking", record);
    char *text = seen(lab_view_timeline, comparison, &style_80_ascii);
    CHECK(strstr(text, " longest time without a beat: 1.000 s -"));
    lab_free(text);
}

TEST(a_much_shorter_run_is_stretched_and_says_so) {
    struct lab_comparison comparison = comparison_03();
    struct lab_record *record = lab_record_new();
    ADD(record, SPAWN, 0, 1, "quick");
    ADD(record, RUN, 0, 1, NULL);
    add_on(record, LAB_EVENT_WAIT, 0, 1, LAB_ON_SLEEP);
    wake(record, 5 * LAB_MS, 1);
    ADD(record, END, 5 * LAB_MS, 1, NULL);
    put_record(&comparison, comparison.runs[1], record);
    char *text = seen(lab_view_timeline, comparison, &style_80_ascii);
    CHECK(strstr(text, "together  5.0 ms  spawn all, gather\n"
                       "(too short for the common scale: stretched)\n"));
    CHECK(strstr(text, "5 ms\n"));
    lab_free(text);
}

TEST(a_run_that_failed_says_why) {
    struct lab_comparison comparison = comparison_03();
    comparison.runs[0]->rc = LAB_ECANCELED;
    struct lab_text line = {0};
    lab_text_printf(&line, "call each, wait for it\n%s\n",
                    lab_error_text(LAB_ECANCELED));
    char *text = seen(lab_view_timeline, comparison, &style_80_ascii);
    CHECK(strstr(text, lab_text_string(&line)));
    lab_text_free(&line);
    lab_free(text);
}

TEST(a_stretch_of_time_and_some_lanes_can_be_looked_at) {
    struct lab_style style = {.width = 60,
                              .ascii = true,
                              .from = 100 * LAB_MS,
                              .to = 300 * LAB_MS,
                              .lanes = "job 3,pool-1,t2"};
    show_view("", lab_view_timeline, run_demo(4, "pool_2", "job=100 beat=50"),
              &style);
}

TEST(who_is_not_there_in_a_stretch_of_time_has_no_lane) {
    struct lab_style style = {.width = 80, .from = 250 * LAB_MS};
    char *text = seen(lab_view_timeline,
                      run_demo(4, "pool_2", "job=100 beat=50"), &style);
    CHECK(!strstr(text, "\njob 4")); // over at 200 ms
    CHECK(strstr(text, "\njob 5 "));
    lab_free(text);
}

TEST(a_run_that_was_over_before_says_so) {
    struct lab_style style = {.width = 80, .ascii = true, .from = 2 * LAB_S};
    char *text = seen(lab_view_timeline, comparison_03(), &style);
    CHECK(strstr(text, "together  1.000 s  spawn all, gather\n"
                       "(over before what is shown here begins)\n"));
    lab_free(text);
}

TEST(gauges_and_endings_are_shown) {
    struct lab_style looks[] = {{.width = 60},
                                {.width = 40, .ascii = true},
                                {.width = 20},
                                {.width = 60, .lanes = "inside,long"},
                                {.width = 60, .from = 200 * LAB_MS}};
    for (size_t i = 0; i < countof(looks); i++)
        show_view("", lab_view_timeline,
                  comparison_with(record_of(receive_visitors)), &looks[i]);
}

// A value that nobody has seen, at the edge of what there is.
TEST(a_gauge_of_any_value_fits) {
    struct lab_record *record = lab_record_new();
    struct lab_event event = {.kind = LAB_EVENT_COUNT, .value = INT64_MAX};
    lab_record_add(record, event, "most");
    event.time = LAB_S;
    event.value = INT64_MIN;
    lab_record_add(record, event, "most");
    lab_record_add(record, event, "least");
    struct lab_style style = {.width = 20};
    show_view("", lab_view_timeline, comparison_with(record), &style);
}

TEST(an_axis_can_count_turns) {
    struct lab_style looks[] = {{.width = 60, .in_turns = true},
                                {.width = 40, .ascii = true, .in_turns = true},
                                {.width = 20, .in_turns = true}};
    for (size_t i = 0; i < countof(looks); i++)
        show_view("", lab_view_timeline, run_demo(4, "pool_2", "jobs=3"),
                  &looks[i]);
    show_view("", lab_view_timeline, run_demo(7, "held", ""), &looks[0]);
    show_view("", lab_view_timeline, comparison_03(), &looks[0]);
    show_view("", lab_view_timeline, comparison_with(lab_record_new()),
              &looks[0]);
}

TEST(computing_on_a_shared_core_is_told_from_computing_on_its_own) {
    struct lab_style style = {.width = 60, .lanes = "pool-1,pool-2,pool-3"};
    show_view("", lab_view_timeline, run_demo(17, "threads", "n=2"), &style);
    show_view("", lab_view_timeline, run_demo(17, "threads", "n=3"), &style);
}

TEST(slices_of_the_interpreter_lock_are_drawn_where_there_is_room) {
    struct lab_style looks[] = {
        {.width = 60, .lanes = "loop,pool-1,pool-2,pool-3"},
        {.width = 60, .lanes = "pool-1", .ascii = true}};
    show_view("", lab_view_timeline, run_demo(17, "one_lock", "n=3 work=10"),
              &looks[0]);
    show_view("", lab_view_timeline, run_demo(17, "one_lock", "n=3"),
              &looks[0]);
    show_view("", lab_view_timeline, run_demo(17, "one_lock", "n=3"),
              &looks[1]);
}
