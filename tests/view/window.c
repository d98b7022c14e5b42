#include "view/window.h"

#include "records.h"

static bool asks_for(const char *lanes, const char *name, const char *says) {
    struct lab_style style = {.width = 80, .lanes = lanes};
    struct lab_lane lane = {
        .name = name, .says = says, .kind = 't', .number = 7};
    return lab_window_names(&style, &lane);
}

TEST(a_lane_is_asked_for_by_name_or_number) {
    CHECK(asks_for(NULL, "job 2", "job"));
    CHECK(asks_for("job", "job 2", "job"));
    CHECK(asks_for("loop,job 2", "job 2", "job"));
    CHECK(asks_for("t7", "job 2", "job"));
    CHECK(!asks_for("jo", "job 2", "job"));
    CHECK(!asks_for("w7,t70,job 22", "job 2", "job"));
    CHECK(!asks_for("", "job 2", "job"));
}

TEST(tasks_of_libraries_are_folded_unless_they_are_asked_for) {
    struct lab_style style = {.width = 80};
    struct lab_lane lane = {
        .name = "job", .says = "job", .kind = 't', .is_library = true};
    CHECK(!lab_window_names(&style, &lane));
    style.lanes = "all";
    CHECK(lab_window_names(&style, &lane));
    style.lanes = "loop,job";
    CHECK(lab_window_names(&style, &lane));
    style.lanes = "loop";
    CHECK(!lab_window_names(&style, &lane));
}

static void check_window(lab_time from, lab_time to, lab_time window_from,
                         lab_time window_to) {
    struct lab_style style = {.width = 80, .from = from, .to = to};
    struct lab_window window = lab_window_of(&style, LAB_S);
    CHECK_INT(window.from, window_from);
    CHECK_INT(window.to, window_to);
}

TEST(a_window_ends_with_the_run_and_never_before_it_begins) {
    check_window(0, 0, 0, LAB_S);
    check_window(5, 0, 5, LAB_S);
    check_window(5, 2 * LAB_S, 5, LAB_S);
    check_window(3 * LAB_S, 0, 3 * LAB_S, 3 * LAB_S);
    check_window(0, 7, 0, 7);
}

TEST(a_record_that_is_full_says_so) {
    struct lab_record *record = lab_record_new();
    struct lab_text out = {0};
    for (int i = 0; i < LAB_RECORD_MOST; i++)
        lab_record_add(record, (struct lab_event){0}, NULL);
    lab_window_left_out(&out, &style_80, record);
    CHECK_STR(lab_text_string(&out), "");
    for (int i = 0; i < 7; i++)
        lab_record_add(record, (struct lab_event){0}, NULL);
    lab_window_left_out(&out, &style_80, record);
    CHECK_STR(
        lab_text_string(&out),
        "(the record is full: of the events of the run it lacks the last 7)\n");
    lab_text_free(&out);
    lab_record_free(record);
}

// --- is it there?

static void check_there(const struct lab_comparison *comparison,
                        const char *lanes, lab_time from,
                        const char *expected) {
    struct lab_style style = {.width = 80, .lanes = lanes, .from = from};
    struct lab_text error = {0};
    CHECK_INT(lab_window_check(&style, comparison, &error), !*expected);
    CHECK_STR(lab_text_string(&error), expected);
    lab_text_free(&error);
}

static void add_run(struct lab_comparison *comparison, const char *const *names,
                    size_t count) {
    struct lab_run *run = lab_comparison_add_run(comparison, "run");
    for (uint32_t i = 0; i < count; i++)
        lab_record_add(run->record,
                       (struct lab_event){.kind = LAB_EVENT_SPAWN,
                                          .task = i + 1,
                                          .time = i * LAB_S},
                       names[i]);
}

TEST(what_is_asked_for_must_be_in_one_of_the_runs) {
    static const char *const one[] = {"main", "job", "job"};
    static const char *const two[] = {"main", "job 10"};
    struct lab_comparison comparison = {0};
    add_run(&comparison, one, 3);
    add_run(&comparison, two, 2);
    check_there(&comparison, NULL, 0, "");
    check_there(&comparison, "loop,main,job,job 2,t3,job 10", 0, "");
    check_there(&comparison, "main,foo", 0,
                "no lane \"foo\"; there are loop, main, job 1, job 2, job 10");
    check_there(&comparison, "t4", 0,
                "no lane \"t4\"; there are loop, main, job 1, job 2, job 10");
    check_there(&comparison, NULL, 2 * LAB_S, "");
    check_there(&comparison, NULL, 3 * LAB_S,
                "nothing happened after 2.000 s; from= must be before");
    lab_comparison_free(&comparison);
}

TEST(of_many_lanes_a_dozen_are_named) {
    static const char *const names[] = {"a", "b", "c", "d", "e", "f", "g",
                                        "h", "i", "j", "k", "l", "m"};
    struct lab_comparison comparison = {0};
    add_run(&comparison, names, 11);
    check_there(&comparison, "x", 0,
                "no lane \"x\"; there are loop, a, b, c, d, e, f, g, h, i, j, "
                "k");
    add_run(&comparison, names, 13);
    check_there(&comparison, "x", 0,
                "no lane \"x\"; there are loop, a, b, c, d, e, f, g, h, i, j, "
                "k, ...");
    lab_comparison_free(&comparison);
}
