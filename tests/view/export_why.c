#include "view/export_why.h"

#include "export.h"

TEST(each_span_knows_the_event_that_began_it) {
    struct lab_record *record = record_pool(2);
    struct lab_lanes lanes;
    struct lab_export_why why;
    int known = 0;
    lab_lanes_read(&lanes, record);
    lab_export_why_read(&why, &lanes, record);
    CHECK_INT(why.count, lab_export_lane_count(&lanes));
    for (size_t i = 0; i < why.count; i++) {
        const struct lab_lane *lane = lab_export_lane(&lanes, i);
        for (size_t j = 0; j < lane->span_count; j++) {
            const struct lab_span *span = &lane->spans[j];
            if (span->state == LAB_LANE_IDLE)
                continue;
            if (!CHECK(why.of_lane[i][j] > 0))
                continue;
            const struct lab_event *event =
                lab_record_at(record, why.of_lane[i][j] - 1);
            CHECK_INT(event->time, span->from);
            CHECK(i == 0 || event->task == lane->number ||
                  event->worker == lane->number);
            known++;
        }
    }
    CHECK(known > 50);
    lab_export_why_free(&why);
    lab_lanes_free(&lanes);
    lab_record_free(record);
}

TEST(what_a_task_waits_for_is_its_last_word_at_that_time) {
    struct lab_record *record = lab_record_new();
    struct lab_lanes lanes;
    struct lab_export_why why;
    ADD(record, SPAWN, 0, 1, "root");
    ADD(record, RUN, 0, 1, NULL);
    add_on(record, LAB_EVENT_WAIT, 0, 1, LAB_ON_NOTHING);
    ADD(record, RUN, 0, 1, NULL);
    add_on(record, LAB_EVENT_WAIT, 0, 1, LAB_ON_SLEEP);
    ADD(record, RUN, LAB_S, 1, NULL);
    lab_lanes_read(&lanes, record);
    lab_export_why_read(&why, &lanes, record);
    CHECK_INT(lanes.tasks.lanes[0].spans[1].state, LAB_LANE_WAITING);
    CHECK_INT(why.of_lane[1][1], 5);
    lab_export_why_free(&why);
    lab_lanes_free(&lanes);
    lab_record_free(record);
}
