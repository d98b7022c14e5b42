#include "record/label.h"

#include "record/lanes.h"
#include "view/question.h"
#include "view/runs.h"
#include "view/wording.h"

static const char *name_of(const struct lab_numbered *list, uint32_t number) {
    const struct lab_lane *lane = lab_numbered_find(list, number);
    return lane ? lane->name : "";
}

TEST(tasks_of_one_name_are_numbered) {
    struct lab_record *record = record_pool(2);
    struct lab_lanes lanes;
    lab_lanes_read(&lanes, record);
    CHECK_STR(name_of(&lanes.all[LAB_LANE_TASK], 1), "pool_2");
    CHECK_STR(name_of(&lanes.all[LAB_LANE_TASK], 3), "job 1");
    CHECK_STR(name_of(&lanes.all[LAB_LANE_TASK], 10), "job 8");
    CHECK_STR(name_of(&lanes.all[LAB_LANE_WORKER], 1), "pool-1");
    CHECK_STR(lanes.workers.lanes[1].moments[1].name, "job 4");
    lab_lanes_free(&lanes);
    lab_record_free(record);
}

TEST(a_task_without_a_name_has_its_number) {
    struct lab_record *record = lab_record_new();
    struct lab_lanes lanes;
    ADD(record, RUN, 0, 4, NULL);
    ADD(record, SPAWN, 0, 5, "");
    add_job(record, LAB_EVENT_START, 0, 5, 1, 2);
    lab_lanes_read(&lanes, record);
    CHECK_STR(name_of(&lanes.all[LAB_LANE_TASK], 4), "t4");
    CHECK_STR(name_of(&lanes.all[LAB_LANE_TASK], 5), "t5");
    CHECK_STR(name_of(&lanes.all[LAB_LANE_WORKER], 2), "w2");
    lab_lanes_free(&lanes);
    lab_record_free(record);
}

TEST(a_number_that_another_name_has_is_left_to_it) {
    struct lab_record *record = lab_record_new();
    ADD(record, SPAWN, 0, 1, "job");
    ADD(record, SPAWN, 0, 2, "job 1");
    ADD(record, SPAWN, 0, 3, "job");
    struct lab_labels *labels = lab_labels_new(record);
    CHECK_STR(lab_labels_name(labels, 't', 1), "job 2");
    CHECK_STR(lab_labels_name(labels, 't', 2), "job 1");
    CHECK_STR(lab_labels_name(labels, 't', 3), "job 3");
    CHECK_INT(lab_labels_find(labels, "job 1"), 2);
    CHECK_INT(lab_labels_count(labels, 't'), 3);
    CHECK_INT(lab_labels_find(labels, "job"), 0);
    lab_labels_free(labels);
    lab_record_free(record);
}

TEST(names_of_a_record_that_grows_are_made_anew) {
    struct lab_record *record = lab_record_new();
    struct lab_labels *labels = lab_labels_new(record);
    CHECK_STR(lab_labels_name(labels, 't', 1), "t1");
    ADD(record, SPAWN, 0, 1, "job");
    CHECK_STR(lab_labels_name(labels, 't', 1), "job");
    ADD(record, SPAWN, 0, 2, "job");
    CHECK_STR(lab_labels_name(labels, 't', 1), "job 1");
    CHECK_STR(lab_labels_name(labels, 'w', 1), "w1");
    lab_labels_free(labels);
    lab_record_free(record);
}

// --- the same name everywhere

// A lane, ps, why and the panel call a task by one name, and it is understood.
static void check_names(const struct lab_comparison *comparison,
                        const struct lab_run *run) {
    struct lab_state *state = lab_state_new(run->record);
    struct lab_lanes lanes;
    struct lab_text full = {0}, told = {0};
    (void)comparison;
    lab_lanes_read(&lanes, run->record);
    lab_state_go(state, SIZE_MAX);
    for (size_t i = 0; i < lanes.tasks.count; i++) {
        const struct lab_lane *lane = &lanes.tasks.lanes[i];
        lab_text_clear(&full);
        lab_text_clear(&told);
        lab_text_printf(&full, "t%u %s", (unsigned)lane->number, lane->name);
        lab_wording_task(&told, lab_wording_of(state), lane->number);
        CHECK_STR(lab_text_string(&told), lab_text_string(&full));
        lab_text_clear(&told);
        lab_wording_task(&told,
                         (struct lab_wording){run->record, .lanes = &lanes},
                         lane->number);
        CHECK_STR(lab_text_string(&told), lane->name);
        CHECK_INT(lab_question_task(state, lane->name), lane->number);
        CHECK_INT(lab_question_task(state, lab_text_string(&full)),
                  lane->number);
    }
    CHECK_INT(lab_question_task(state, "t1 nobody"), 0);
    lab_text_free(&full);
    lab_text_free(&told);
    lab_lanes_free(&lanes);
    lab_state_free(state);
}

TEST(a_task_has_one_name_in_every_view) {
    with_runs(check_names);
}
