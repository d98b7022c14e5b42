#include "record/record.h"

#include "base/alloc.h"
#include "core/events.h"
#include "core/group.h"
#include "core/lock.h"
#include "core/scope.h"
#include "core/task_internal.h"
#include "core/wait.h"
#include "record/record_internal.h"
#include "record/state.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

static void mark(struct lab_record *record, lab_time time, const char *name) {
    lab_record_add(
        record, (struct lab_event){.kind = LAB_EVENT_MARK, .time = time}, name);
}

static lab_time gap_of(const struct lab_record *record, const char *name) {
    struct lab_gap gap = lab_record_gap(record, name);
    return gap.to - gap.from;
}

TEST(a_new_record_is_empty_and_ends_at_zero) {
    struct lab_record *record = lab_record_new();
    CHECK_INT(lab_record_count(record), 0);
    CHECK_INT(lab_record_end(record), 0);
    CHECK_INT(gap_of(record, "beat"), 0);
    lab_record_free(record);
}

TEST(no_record_can_be_freed) {
    lab_record_free(NULL);
}

TEST(an_event_is_kept_as_it_was_written) {
    struct lab_record *record = lab_record_new();
    struct lab_event event = {
        .time = 5 * LAB_MS,
        .value = -7,
        .task = 3,
        .other = 4,
        .worker = 2,
        .kind = LAB_EVENT_DONE,
        .on = LAB_ON_JOB,
        .text = 99,
    };
    lab_record_add(record, event, NULL);
    const struct lab_event *kept = lab_record_at(record, 0);
    CHECK_INT(lab_record_count(record), 1);
    CHECK_INT(kept->time, 5 * LAB_MS);
    CHECK_INT(kept->value, -7);
    CHECK_INT(kept->task, 3);
    CHECK_INT(kept->other, 4);
    CHECK_INT(kept->worker, 2);
    CHECK_INT(kept->kind, LAB_EVENT_DONE);
    CHECK_INT(kept->on, LAB_ON_JOB);
    // The number that the caller left in .text means nothing here.
    CHECK_INT(kept->text, 0);
    lab_record_free(record);
}

TEST(an_event_is_40_bytes) {
    CHECK_INT(sizeof(struct lab_event), 40);
}

TEST(a_text_is_copied) {
    struct lab_record *record = lab_record_new();
    char name[] = "download";
    mark(record, 0, name);
    memset(name, 'x', sizeof name - 1);
    CHECK_STR(lab_record_text(record, lab_record_at(record, 0)), "download");
    lab_record_free(record);
}

TEST(equal_texts_have_one_number) {
    struct lab_record *record = lab_record_new();
    mark(record, 0, "tick");
    mark(record, 0, "tock");
    mark(record, 0, "tick");
    mark(record, 0, "");
    CHECK_INT(lab_record_at(record, 0)->text, lab_record_at(record, 2)->text);
    CHECK(lab_record_at(record, 0)->text != lab_record_at(record, 1)->text);
    CHECK_INT(lab_record_at(record, 3)->text, 0);
    lab_record_free(record);
}

TEST(the_end_is_the_latest_time_wherever_it_stands) {
    struct lab_record *record = lab_record_new();
    mark(record, 3 * LAB_MS, NULL);
    mark(record, 2 * LAB_MS, NULL); // a worker's, written a little late
    CHECK_INT(lab_record_end(record), 3 * LAB_MS);
    lab_record_free(record);
}

TEST(the_gap_is_the_longest_time_without_a_mark) {
    struct lab_record *record = lab_record_new();
    mark(record, 100 * LAB_MS, "beat");
    CHECK_INT(gap_of(record, "beat"), 100 * LAB_MS); // from the start
    mark(record, 200 * LAB_MS, "beat");
    mark(record, 900 * LAB_MS, "other");
    mark(record, 1250 * LAB_MS, "beat");
    mark(record, 1350 * LAB_MS, "beat");
    CHECK_INT(gap_of(record, "beat"), 1050 * LAB_MS);
    CHECK_INT(gap_of(record, "other"), 900 * LAB_MS);
    mark(record, 3000 * LAB_MS, "other");
    CHECK_INT(gap_of(record, "beat"), 1650 * LAB_MS); // to the end
    CHECK_INT(gap_of(record, "never"), 3000 * LAB_MS);
    lab_record_free(record);
}

// What costs the square of that takes minutes here.
TEST(a_hundred_thousand_names_of_marks_cost_no_more_than_one) {
    enum { NAMES = 100000 };
    struct lab_record *record = lab_record_new();
    char name[32];
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < NAMES; i++) {
            snprintf(name, sizeof name, "item %d", i);
            mark(record, round * NAMES + i, name);
        }
    for (int i = 0; i < NAMES; i++) {
        snprintf(name, sizeof name, "item %d", i);
        struct lab_gap gap = lab_record_gap(record, name);
        if (!CHECK(gap.to - gap.from == NAMES))
            break;
    }
    CHECK_INT(lab_record_gap(record, "no mark").from, 0);
    CHECK_INT(lab_record_gap(record, "no mark").to, 2 * NAMES - 1);
    CHECK_INT(lab_record_gap(record, "").to, 2 * NAMES - 1);
    lab_record_free(record);
}

TEST(a_gap_is_never_negative) {
    struct lab_record *record = lab_record_new();
    mark(record, 3 * LAB_MS, "beat");
    mark(record, 2 * LAB_MS, "beat");
    CHECK_INT(gap_of(record, "beat"), 3 * LAB_MS);
    lab_record_free(record);
}

TEST(a_task_named_as_a_mark_is_no_mark) {
    struct lab_record *record = lab_record_new();
    struct lab_event spawn = {.kind = LAB_EVENT_SPAWN};
    lab_record_add(record, spawn, "beat");
    spawn.time = LAB_S;
    lab_record_add(record, spawn, "beat");
    spawn.time = 3 * LAB_S;
    lab_record_add(record, spawn, "end");
    CHECK_INT(gap_of(record, "beat"), 3 * LAB_S);
    lab_record_free(record);
}

TEST(a_freed_record_leaves_nothing_behind) {
    long before = lab_alloc_live();
    struct lab_record *record = lab_record_new();
    for (int i = 0; i < 1000; i++)
        mark(record, i, i % 2 ? "tick" : "tock");
    lab_record_free(record);
    CHECK_INT(lab_alloc_live(), before);
}

TEST(every_kind_and_every_wait_has_a_name_of_its_own) {
    for (unsigned i = 0; i < LAB_EVENT_KINDS; i++)
        for (unsigned j = 0; j < i; j++)
            CHECK(strcmp(lab_event_name(i), lab_event_name(j)) != 0);
    for (unsigned i = 0; i < LAB_ONS; i++)
        for (unsigned j = 0; j < i; j++)
            CHECK(strcmp(lab_event_on_name(i), lab_event_on_name(j)) != 0);
    CHECK(lab_event_name(LAB_EVENT_KINDS) == NULL);
    CHECK(lab_event_on_name(LAB_ONS) == NULL);
}

static void add_up(void *arg, const struct lab_event *event, const char *text) {
    int64_t *sum = arg;
    sum[0] += event->value;
    sum[1] += (int64_t)strlen(text);
}

TEST(a_listener_hears_each_event_with_its_text) {
    struct lab_record *record = lab_record_new();
    int64_t sum[2] = {0};
    mark(record, 0, "before");
    lab_record_listen(record, add_up, sum);
    lab_record_add(record, (struct lab_event){.value = 5}, "12345");
    lab_record_add(record, (struct lab_event){.value = 7}, NULL);
    CHECK_INT(sum[0], 12);
    CHECK_INT(sum[1], 5);
    lab_record_free(record);
}

// Writes an event in its place, as the core does.
static void put(struct lab_record *record, struct lab_event event) {
    struct lab_event *place = lab_record_place(record);
    *place = event;
    lab_record_keep(record, place);
}

TEST(an_event_that_is_written_in_its_place_is_kept_and_heard) {
    struct lab_record *record = lab_record_new();
    int64_t sum[2] = {0};
    enum { MANY = 200000 }; // in several chunks
    for (int i = 0; i < MANY; i++)
        put(record, (struct lab_event){.time = MANY - i, .value = i});
    lab_record_listen(record, add_up, sum);
    put(record, (struct lab_event){.value = MANY});
    CHECK_INT(sum[0], MANY);
    CHECK_INT(lab_record_count(record), MANY + 1);
    CHECK_INT(lab_record_end(record), MANY);
    for (int i = 0; i <= MANY; i++)
        if (lab_record_at(record, (size_t)i)->value != i)
            CHECK_INT(lab_record_at(record, (size_t)i)->value, i);
    lab_record_free(record);
}

TEST(beyond_the_most_events_count_and_are_heard_but_are_not_kept) {
    struct lab_record *record = lab_record_new();
    int64_t sum[2] = {0};
    lab_record_listen(record, add_up, sum);
    for (int i = 0; i < LAB_RECORD_MOST + 2; i++)
        lab_record_add(record, (struct lab_event){.value = 1}, NULL);
    mark(record, 7 * LAB_S, "late");
    CHECK_INT(lab_record_count(record), LAB_RECORD_MOST);
    CHECK_INT(lab_record_left_out(record), 3);
    CHECK_INT(sum[0], LAB_RECORD_MOST + 2);
    CHECK_INT(lab_record_end(record), 7 * LAB_S);
    CHECK_INT(gap_of(record, "late"), 7 * LAB_S);
    put(record, (struct lab_event){.time = 8 * LAB_S, .value = 1});
    CHECK_INT(sum[0], LAB_RECORD_MOST + 3);
    lab_record_listen(record, NULL, NULL);
    put(record, (struct lab_event){.time = 9 * LAB_S, .value = 1});
    CHECK_INT(lab_record_count(record), LAB_RECORD_MOST);
    CHECK_INT(lab_record_left_out(record), 5);
    CHECK_INT(lab_record_end(record), 9 * LAB_S);
    lab_record_free(record);
}

// --- what the core writes down

static int nap(void *arg) {
    (void)arg;
    return lab_sleep(LAB_S);
}

static int fail(void *arg) {
    (void)arg;
    return LAB_EPIPE;
}

static int cancel_a_nap(void *arg) {
    (void)arg;
    lab_task *task = lab_spawn("nap", nap, NULL);
    LAB_TRY(lab_sleep(LAB_MS));
    lab_cancel(task);
    CHECK_INT(lab_await(task), LAB_ECANCELED);
    return 0;
}

TEST(a_cancel_is_asked_for_and_then_delivered_once) {
    CHECK_STR(events_of(cancel_a_nap, "cancel deliver end"),
              "cancel 2 1, deliver 2, end 2 =-125, end 1");
}

static int cancel_the_root(void *arg) {
    LAB_TRY(lab_sleep(LAB_S));
    lab_cancel(arg);
    return 0;
}

static int cancel_one_that_has_its_result(void *arg) {
    (void)arg;
    CHECK(lab_spawn("canceller", cancel_the_root, lab_self()) != NULL);
    // Ends in the same turn, right behind the cancel.
    CHECK_INT(lab_await(lab_spawn("inner", nap, NULL)), 0);
    return 0;
}

TEST(a_cancel_that_came_behind_the_result_is_not_delivered_with_it) {
    CHECK_STR(events_of(cancel_one_that_has_its_result, "deliver"), "");
}

static int read_a_failure(void *arg) {
    (void)arg;
    lab_task *task = lab_spawn("fails", fail, NULL);
    CHECK_INT(lab_await(task), LAB_EPIPE);
    CHECK_INT(lab_task_result(task), LAB_EPIPE);
    return 0;
}

TEST(an_error_is_raised_and_read_once) {
    CHECK_STR(events_of(read_a_failure, "raise read unread end"),
              "raise 2 =-32, end 2 =-32, read 2 1 =-32, end 1");
}

static int lose_a_failure(void *arg) {
    (void)arg;
    return lab_spawn("fails", fail, NULL) ? lab_yield() : 0;
}

TEST(an_error_that_is_never_read_is_told) {
    CHECK_STR(events_of(lose_a_failure, "raise read unread"),
              "raise 2 =-32, unread 2 =-32; -5001");
}

static int gather_two(void *arg) {
    (void)arg;
    lab_task *tasks[] = {lab_spawn("a", nap, NULL), lab_spawn("b", nap, NULL)};
    return lab_gather(tasks, 2);
}

TEST(a_wait_for_several_says_for_which) {
    CHECK_STR(events_of(gather_two, "join"), "join 1 2, join 1 3");
}

static int two_in_a_group(void *arg) {
    (void)arg;
    lab_group *group = lab_group_new();
    for (int i = 0; i < 2; i++)
        LAB_TRY(lab_group_spawn(group, "member", nap, NULL));
    return lab_group_wait(group);
}

TEST(a_member_says_of_which_group) {
    CHECK_STR(events_of(two_in_a_group, "join"), "join 2 1, join 3 1");
}

static int hold_the_lock(void *arg) {
    LAB_TRY(lab_lock_acquire(arg));
    int rc = lab_sleep(LAB_S);
    lab_lock_release(arg);
    return rc;
}

static int three_want_a_lock(void *arg) {
    struct lab_lock lock;
    lab_task *tasks[3];
    (void)arg;
    lab_lock_init(&lock);
    for (int i = 0; i < 3; i++)
        tasks[i] = lab_spawn("holder", hold_the_lock, &lock);
    return lab_gather(tasks, 3);
}

TEST(a_wanted_lock_says_who_holds_it_from_hand_to_hand) {
    CHECK_STR(events_of(three_want_a_lock, "hold"),
              "hold 2 1, hold 3 1, hold 4 1");
}

static int one_timer_and_one_timeout(void *arg) {
    (void)arg;
    LAB_TRY(lab_sleep(3));
    CHECK_INT(lab_within(4, nap, NULL), LAB_ETIMEDOUT);
    return 0;
}

TEST(a_timer_that_is_due_says_when_it_was) {
    CHECK_STR(events_of(one_timer_and_one_timeout, "timer"),
              "timer 1 =3, timer 1 =7");
}

TEST(a_step_says_in_which_turn_of_the_loop_it_was) {
    CHECK_STR(events_of(gather_two, "run"),
              "run 1 =1, run 2 =2, run 3 =2, run 2 =3, run 3 =3, run 1 =4");
}

static int wait_for_ever(void *arg) {
    (void)arg;
    struct outcome never = {0};
    lab_outcome_init(&never);
    return lab_outcome_wait(&never, LAB_ON_FUTURE, 1);
}

TEST(a_deadlock_is_on_record_before_it_is_broken) {
    struct lab_record *record = lab_record_new();
    const char *reason = "";
    size_t deadlocks = 0, cancels = 0;
    CHECK_INT(lab_run(&(struct lab_run_options){.name = "root",
                                                .body = wait_for_ever,
                                                .clock = LAB_CLOCK_VIRTUAL,
                                                .record = record}),
              LAB_EDEADLK);
    for (size_t i = 0; i < lab_record_count(record); i++) {
        const struct lab_event *event = lab_record_at(record, i);
        if (event->kind == LAB_EVENT_DEADLOCK) {
            CHECK_INT(cancels, 0);
            CHECK_INT(lab_state_deadlock(record), i);
            deadlocks++;
        } else if (event->kind == LAB_EVENT_CANCEL) {
            reason = lab_record_text(record, event);
            cancels++;
        }
    }
    CHECK_INT(deadlocks, 1);
    CHECK_INT(cancels, 1);
    CHECK_STR(reason, "deadlock");
    lab_record_free(record);
}

TEST(a_gap_says_when_it_was_and_who_ended_it) {
    struct lab_record *record = lab_record_new();
    struct lab_event mark = {.kind = LAB_EVENT_MARK, .task = 1};
    struct lab_gap gap = lab_record_gap(record, "beat");
    CHECK_INT(gap.to - gap.from, 0);
    mark.time = 3 * LAB_S;
    lab_record_add(record, mark, "beat");
    mark.time = 6 * LAB_S; // as long, but later
    mark.task = 2;
    lab_record_add(record, mark, "beat");
    lab_record_add(record, (struct lab_event){.time = 8 * LAB_S}, NULL);
    gap = lab_record_gap(record, "beat");
    CHECK_INT(gap.from, 0);
    CHECK_INT(gap.to, 3 * LAB_S);
    CHECK_INT(gap.task, 1);
    lab_record_add(record, (struct lab_event){.time = 10 * LAB_S}, NULL);
    gap = lab_record_gap(record, "beat");
    CHECK_INT(gap.from, 6 * LAB_S);
    CHECK_INT(gap.to, 10 * LAB_S);
    CHECK_INT(gap.task, 2);
    gap = lab_record_gap(record, "other");
    CHECK_INT(gap.to, 10 * LAB_S);
    CHECK_INT(gap.task, 0);
    lab_record_free(record);
}
