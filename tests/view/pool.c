#include "records.h"
#include "view/view.h"

static struct lab_comparison comparison_with(struct lab_record *record) {
    struct lab_comparison comparison = comparison_of(4, &demo_04);
    add_result(&comparison, 0, record);
    return comparison;
}

TEST(a_run_without_a_pool_says_so) {
    CHECK_VIEW(lab_view_pool, comparison_with(record_in_turn()), &style_80,
               "pool_2  5.000 s  two workers\n"
               "There was no pool: all that ran, ran on the loop's thread.\n");
}

TEST(a_pool_without_jobs_says_so) {
    struct lab_record *record = lab_record_new();
    struct lab_event worker = {.kind = LAB_EVENT_WORKER, .worker = 1};
    lab_record_add(record, worker, "pool-1");
    char *text = seen(lab_view_pool, comparison_with(record), &style_80);
    CHECK(strstr(text, "The workers had nothing to do"));
    lab_free(text);
}

TEST(each_job_says_how_long_it_was_queued_and_who_ran_it) {
    CHECK_VIEW(
        lab_view_pool, comparison_with(record_pool(2)), &style_80_ascii,

        "pool_2  400.0 ms  two workers\n"
        "asked by  job  queued at    waited  ran from        to  worker\n"
        "--------  ---  ---------  --------  --------  --------  ------\n"
        "job 1       1        0 s       0 s       0 s  100.0 ms  pool-1\n"
        "job 2       2        0 s       0 s       0 s  100.0 ms  pool-2\n"
        "job 3       3        0 s  100.0 ms  100.0 ms  200.0 ms  pool-1\n"
        "job 4       4        0 s  100.0 ms  100.0 ms  200.0 ms  pool-2\n"
        "job 5       5        0 s  200.0 ms  200.0 ms  300.0 ms  pool-1\n"
        "job 6       6        0 s  200.0 ms  200.0 ms  300.0 ms  pool-2\n"
        "job 7       7        0 s  300.0 ms  300.0 ms  400.0 ms  pool-1\n"
        "job 8       8        0 s  300.0 ms  300.0 ms  400.0 ms  pool-2\n"
        "pool: 8 jobs, at most 6 in the queue at once; in the queue for 150.0 "
        "ms on\n"
        "average, 300.0 ms at most\n"
        "\n"
        "worker  busy        share      time  idle  jobs\n"
        "------  ----------  -----  --------  ----  ----\n"
        "pool-1  ##########  100 %  400.0 ms   0 s     4\n"
        "pool-2  ##########  100 %  400.0 ms   0 s     4\n");
}

// Three jobs of one worker; the second is dropped, the third never starts.
static struct lab_record *record_unlucky(void) {
    struct lab_record *record = lab_record_new();
    for (uint32_t i = 1; i <= 3; i++) {
        ADD(record, SPAWN, 0, i, "task");
        add_job(record, LAB_EVENT_QUEUE, 0, i, i, 0);
    }
    add_job(record, LAB_EVENT_START, 0, 1, 1, 1);
    add_job(record, LAB_EVENT_DROP, 30 * LAB_MS, 2, 2, 0);
    ADD(record, SAY, 90 * LAB_MS, 1, "still at it");
    return record;
}

TEST(a_job_that_never_ran_says_so) {
    CHECK_VIEW(lab_view_pool, comparison_with(record_unlucky()),
               &style_80_ascii,
               "pool_2  90.0 ms  two workers\n"
               "asked by  job  queued at   waited  ran from  to  worker\n"
               "--------  ---  ---------  -------  --------  --  "
               "--------------------\n"
               "task 1      1        0 s      0 s       0 s   -  w1\n"
               "task 2      2        0 s  30.0 ms         -   -  none, it was "
               "dropped\n"
               "task 3      3        0 s  90.0 ms         -   -  none yet\n"
               "pool: 3 jobs, at most 2 in the queue at once; in the queue for "
               "40.0 ms on\n"
               "average, 90.0 ms at most\n"
               "\n"
               "worker  busy        share     time  idle  jobs\n"
               "------  ----------  -----  -------  ----  ----\n"
               "w1      ##########  100 %  90.0 ms   0 s     1\n");
}

TEST(who_leaves_the_queue_as_another_comes_was_not_there_with_it) {
    struct lab_record *record = lab_record_new();
    for (uint32_t i = 1; i <= 4; i++) {
        add_job(record, LAB_EVENT_QUEUE, i * LAB_MS, i, i, 0);
        if (i > 1)
            add_job(record, LAB_EVENT_START, i * LAB_MS, i - 1, i - 1, 1);
    }
    char *text = seen(lab_view_pool, comparison_with(record), &style_80);
    CHECK(strstr(text, "at most 1 in the queue at once"));
    lab_free(text);
}

TEST(jobs_are_listed_pool_by_pool) {
    struct lab_record *record = lab_record_new();
    for (uint32_t i = 1; i <= 4; i++) {
        struct lab_event event = {
            .kind = LAB_EVENT_QUEUE, .task = i, .other = i, .value = i % 2};
        lab_record_add(record, event, i % 2 ? "disk" : "net");
    }
    char *text = seen(lab_view_pool, comparison_with(record), &style_80);
    const char *net = strstr(text, "\nnet: 2 jobs");
    const char *disk = strstr(text, "\ndisk: 2 jobs");
    CHECK(net && disk && net < disk);
    lab_free(text);
}

TEST(of_many_jobs_thirty_are_listed_and_all_are_counted) {
    struct lab_record *record = lab_record_new();
    for (uint32_t i = 1; i <= 100; i++)
        add_job(record, LAB_EVENT_QUEUE, 0, i, i, 0);
    char *text = seen(lab_view_pool, comparison_with(record), &style_80);
    CHECK(strstr(text, "\n... and 70 jobs more\n"));
    CHECK(strstr(text, "pool: 100 jobs"));
    lab_free(text);
}
