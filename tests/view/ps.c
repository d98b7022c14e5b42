#include "record/location.h"
#include "records.h"
#include "view/question.h"

// What ps shows of the first variant that [comparison] has at [time].
static void show_at(struct lab_comparison comparison, lab_time time,
                    int width) {
    struct lab_run *run = comparison.runs[0];
    struct lab_style style = {.width = width};
    struct lab_state *state = lab_state_new(run->record);
    struct lab_snapshot snapshot = {
        .state = state, .comparison = &comparison, .run = run};
    struct lab_text out = {0};
    lab_state_go(state, lab_state_by(run->record, time));
    lab_question_ps(&out, &style, &snapshot);
    picture_show("", lab_text_string(&out));
    lab_text_free(&out);
    lab_state_free(state);
    lab_comparison_free(&comparison);
}

TEST(ps_has_a_column_for_what_each_task_has_counted) {
    show_at(run_demo(11, "semaphore", "n=5 limit=2"), LAB_S, 80);
    show_at(run_demo(11, "semaphore", "n=5 limit=2"), LAB_S, 40);
    show_at(run_demo(11, "semaphore", "n=5 limit=2"), LAB_S, 20);
    show_at(run_demo(16, "hurried", ""), 300 * LAB_MS, 80);
}

// The state and its colour, as the lanes have it.
static void check_color(const char *text, enum lab_color color,
                        const char *state) {
    static const struct lab_style style = {.width = 80, .color = true};
    struct lab_text expected = {0};
    lab_view_color(&expected, &style, color);
    lab_text_put(&expected, state);
    CHECK(strstr(text, lab_text_string(&expected)));
    lab_text_free(&expected);
}

TEST(ps_has_the_colours_of_the_lanes) {
    struct lab_comparison comparison = run_demo(4, "pool_2", "");
    struct lab_run *run = comparison.runs[0];
    struct lab_style style = {.width = 80, .color = true};
    struct lab_state *state = lab_state_new(run->record);
    struct lab_snapshot snapshot = {
        .state = state, .comparison = &comparison, .run = run};
    struct lab_text out = {0};
    lab_state_go(state, lab_state_by(run->record, 120 * LAB_MS));
    lab_question_ps(&out, &style, &snapshot);
    check_color(lab_text_string(&out), LAB_COLOR_WAITING, "waiting");
    check_color(lab_text_string(&out), LAB_COLOR_QUEUED, "queued");
    lab_text_free(&out);
    lab_state_free(state);
    lab_comparison_free(&comparison);
}

// Three tasks whose names differ in their arguments only, one of them in
// another file of the program.
TEST(ps_keeps_of_long_names_what_tells_them_apart) {
    static const int widths[] = {80, 100, 160};
    for (size_t i = 0; i < countof(widths); i++) {
        struct lab_comparison comparison = {0};
        struct lab_run *run = lab_comparison_add_run(&comparison, "main");
        for (unsigned task = 1; task <= 3; task++) {
            char name[80];
            struct lab_event event = {
                .kind = LAB_EVENT_SPAWN, .task = task, .line = task};
            snprintf(name, sizeof name,
                     "fetch_the_record_with_retries_and_a_long_name(%u)", task);
            lab_record_add(run->record, event, name);
            event.kind = LAB_EVENT_WAIT;
            event.on = LAB_ON_SLEEP;
            if (task == 2)
                event.line =
                    lab_location_add(run->record, "shop/helper.py", NULL, 12);
            lab_record_add(run->record, event, NULL);
        }
        show_at(comparison, 0, widths[i]);
    }
}

TEST(ps_says_the_whole_reason_on_as_many_lines_as_it_takes) {
    static const int widths[] = {20, 40, 60};
    for (size_t i = 0; i < countof(widths); i++)
        show_at(run_demo(19, "two_orders", ""), 100 * LAB_MS, widths[i]);
}
