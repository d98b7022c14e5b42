#include "record/label.h"

#include "view/records.h"

static const char *name_of(const struct lab_numbered *list, uint32_t number) {
    const struct lab_lane *lane = lab_numbered_find(list, number);
    return lane ? lane->name : "";
}

TEST(tasks_of_one_name_are_numbered) {
    struct lab_record *record = record_pool(2);
    struct lab_lanes lanes;
    lab_lanes_read(&lanes, record);
    CHECK_STR(name_of(&lanes.all_tasks, 1), "pool_2");
    CHECK_STR(name_of(&lanes.all_tasks, 3), "job 1");
    CHECK_STR(name_of(&lanes.all_tasks, 10), "job 8");
    CHECK_STR(name_of(&lanes.all_workers, 1), "pool-1");
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
    CHECK_STR(name_of(&lanes.all_tasks, 4), "t4");
    CHECK_STR(name_of(&lanes.all_tasks, 5), "t5");
    CHECK_STR(name_of(&lanes.all_workers, 2), "w2");
    lab_lanes_free(&lanes);
    lab_record_free(record);
}
