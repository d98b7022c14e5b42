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
    show_at(run_demo(16, "hurried", ""), 300 * LAB_MS, 80);
}
