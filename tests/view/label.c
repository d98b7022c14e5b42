#include "view/label.h"

#include "records.h"

static const char *name_of(const struct lab_lane_list *list, uint32_t number) {
    return lab_lanes_find(list, number)->name;
}

TEST(tasks_of_one_name_are_numbered) {
    struct lab_record *record = record_pool(2);
    struct lab_lanes lanes;
    lab_lanes_read(&lanes, record);
    CHECK_STR(name_of(&lanes.tasks, 1), "pool_2");
    CHECK_STR(name_of(&lanes.tasks, 3), "job 1");
    CHECK_STR(name_of(&lanes.tasks, 10), "job 8");
    CHECK_STR(name_of(&lanes.workers, 1), "pool-1");
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
    CHECK_STR(name_of(&lanes.tasks, 4), "t4");
    CHECK_STR(name_of(&lanes.tasks, 5), "t5");
    CHECK_STR(name_of(&lanes.workers, 2), "w2");
    lab_lanes_free(&lanes);
    lab_record_free(record);
}
