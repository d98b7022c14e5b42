#include "records.h"
#include "view/view.h"

static struct lab_comparison comparison_with(struct lab_record *record) {
    return demo_with(4, "pool_2", record);
}

TEST(a_run_without_a_pool_says_so) {
    show_view("", lab_view_pool, comparison_with(record_in_turn()), &style_80);
}

TEST(a_pool_without_jobs_says_so) {
    struct lab_record *record = lab_record_new();
    struct lab_event worker = {
        .kind = LAB_EVENT_WORKER, .worker = 1, .value = 1};
    lab_record_add(record, worker, "pool-1");
    char *text = seen(lab_view_pool, comparison_with(record), &style_80);
    CHECK(strstr(text, "The workers had nothing to do"));
    lab_free(text);
}

TEST(a_thread_of_the_program_is_no_pool) {
    struct lab_record *record = lab_record_new();
    struct lab_event thread = {.kind = LAB_EVENT_WORKER, .worker = 1};
    lab_record_add(record, thread, "ticker");
    char *text = seen(lab_view_pool, comparison_with(record), &style_80);
    CHECK(strstr(text, "There was no pool"));
    lab_free(text);
}

TEST(jobs_are_told_by_what_they_run_if_the_record_says_so) {
    struct lab_record *record = lab_record_new();
    struct lab_event queue = {
        .kind = LAB_EVENT_QUEUE, .task = 1, .other = 1, .value = 1};
    ADD(record, SPAWN, 0, 1, "main");
    lab_record_add_named(record, queue, "pool", "resize(3)");
    char *text = seen(lab_view_pool, comparison_with(record), &style_80);
    CHECK(strstr(text, "asked by  job  runs       queued at"));
    CHECK(strstr(text, "main        1  resize(3)"));
    lab_free(text);
}

TEST(each_job_says_how_long_it_was_queued_and_who_ran_it) {
    show_view("", lab_view_pool, comparison_with(record_pool(2)),
              &style_80_ascii);
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
    show_view("", lab_view_pool, comparison_with(record_unlucky()),
              &style_80_ascii);
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
