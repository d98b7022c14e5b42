#include "view/share.h"

#include "records.h"

static struct lab_share share_in(struct lab_lanes *lanes, uint32_t task,
                                 lab_time from, lab_time to) {
    struct lab_window window = {from, to};
    return lab_share_of(lab_lanes_task(lanes, task), &window);
}

TEST(what_a_lane_did_adds_up_to_its_time) {
    struct lab_record *record = record_pool(2);
    struct lab_lanes lanes;
    lab_lanes_read(&lanes, record);
    for (size_t i = 0; i < lanes.tasks.count; i++) {
        const struct lab_lane *lane = &lanes.tasks.lanes[i];
        struct lab_share share = share_in(&lanes, lane->number, 0, lanes.end);
        lab_time sum = 0, on = 0;
        for (int j = 0; j < LAB_IS_COUNT; j++)
            sum += share.of[j];
        for (int j = 0; j < LAB_ONS; j++)
            on += share.on[j];
        CHECK_INT(sum, lane->to - lane->from);
        CHECK_INT(share.all, sum);
        CHECK_INT(on, share.of[LAB_IS_WAITING]);
    }
    lab_lanes_free(&lanes);
    lab_record_free(record);
}

TEST(only_what_is_inside_the_window_counts) {
    struct lab_record *record = record_pool(2);
    struct lab_lanes lanes;
    lab_lanes_read(&lanes, record);
    // Job 3 is queued for 100 ms, and then runs for 100 ms.
    struct lab_share share = share_in(&lanes, 5, 50 * LAB_MS, 120 * LAB_MS);
    CHECK_INT(share.all, 70 * LAB_MS);
    CHECK_INT(share.of[LAB_IS_QUEUED], 50 * LAB_MS);
    CHECK_INT(share.on[LAB_ON_JOB], 20 * LAB_MS);
    lab_lanes_free(&lanes);
    lab_record_free(record);
}

TEST(a_task_that_was_woken_is_ready_until_its_turn) {
    struct lab_record *record = lab_record_new();
    struct lab_lanes lanes;
    ADD(record, SPAWN, 0, 1, "main");
    ADD(record, RUN, 0, 1, NULL);
    add_on(record, LAB_EVENT_WAIT, 0, 1, LAB_ON_SLEEP);
    add_on(record, LAB_EVENT_WAKE, 3, 1, LAB_ON_SLEEP);
    ADD(record, RUN, 5, 1, NULL);
    ADD(record, END, 5, 1, NULL);
    lab_lanes_read(&lanes, record);
    struct lab_share share = share_in(&lanes, 1, 0, 5);
    CHECK_INT(share.on[LAB_ON_SLEEP], 3);
    CHECK_INT(share.of[LAB_IS_READY], 2);
    lab_lanes_free(&lanes);
    lab_record_free(record);
}

// Takes [record].
static void check_in_flight(struct lab_record *record, lab_time from,
                            lab_time to, const char *expected) {
    struct lab_window window = {from, to};
    struct lab_lanes lanes;
    struct lab_text out = {0};
    lab_lanes_read(&lanes, record);
    lab_share_put(&out, &style_80, &lanes, &window);
    const char *last = strrchr(lab_text_string(&out), ';');
    CHECK_STR(last ? last + 2 : lab_text_string(&out), expected);
    lab_text_free(&out);
    lab_lanes_free(&lanes);
    lab_record_free(record);
}

TEST(tasks_are_in_flight_from_spawn_to_end) {
    check_in_flight(record_in_turn(), 0, 5 * LAB_S,
                    "1 task in flight at most\n");
    check_in_flight(record_together(), 0, LAB_S, "6 tasks in flight at most\n");
    check_in_flight(record_together(), LAB_S / 2, LAB_S / 2,
                    "6 tasks in flight at most\n");
    check_in_flight(record_together(), 2 * LAB_S, 2 * LAB_S,
                    "0 tasks in flight at most\n");
    check_in_flight(lab_record_new(), 0, 0, "0 tasks in flight at most\n");
}

TEST(tasks_that_follow_each_other_are_not_in_flight_at_once) {
    struct lab_record *record = lab_record_new();
    for (unsigned i = 1; i <= 5; i++) {
        ADD(record, SPAWN, i, i, "task");
        ADD(record, END, i + 1, i, NULL);
    }
    check_in_flight(record, 0, 9, "1 task in flight at most\n");
}

TEST(percents_are_rounded_and_of_nothing_there_is_nothing) {
    CHECK_INT(lab_share_percent(1, 3), 33);
    CHECK_INT(lab_share_percent(2, 3), 67);
    CHECK_INT(lab_share_percent(5, 0), 0);
    CHECK_INT(lab_share_percent(INT64_MAX, INT64_MAX), 100);
}
