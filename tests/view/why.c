#include "core/block.h"
#include "core/call.h"
#include "core/executor.h"
#include "core/flag.h"
#include "core/future.h"
#include "core/lock.h"
#include "core/queue.h"
#include "core/scope.h"
#include "core/semaphore.h"
#include "core/stream.h"
#include "core/task.h"
#include "core/wait.h"
#include "locked_run.h"
#include "mutex_run.h"
#include "runs.h"
#include "view/question.h"

#include <string.h>

// What [question] says of [record], of which [count] events have happened.
static char *answer(struct lab_record *record, size_t count, int task) {
    struct lab_state *state = lab_state_new(record);
    struct lab_snapshot snapshot = {.state = state};
    struct lab_text out = {0};
    lab_state_go(state, count);
    if (task)
        lab_question_why(&out, &style_80, &snapshot, (uint32_t)task);
    else
        lab_question_alive(&out, &style_80, &snapshot);
    lab_state_free(state);
    return out.data ? out.data : lab_strdup("");
}

// Adds the answer to the pictures of the test, below the question.
static void show_answer(struct lab_record *record, size_t count, int task) {
    char *text = answer(record, count, task);
    struct lab_text title = {0};
    if (task)
        lab_text_printf(&title, "why t%d", task);
    else
        lab_text_put(&title, "alive");
    lab_text_printf(&title, " at=%zu", count);
    picture_show(lab_text_string(&title), text);
    lab_text_free(&title);
    lab_free(text);
}

// How many events come before the first cancel, by which the loop breaks a
// deadlock.
static size_t before_cancel(const struct lab_record *record) {
    size_t i = 0;
    while (i < lab_record_count(record) &&
           lab_record_at(record, i)->kind != LAB_EVENT_CANCEL)
        i++;
    return i;
}

// Sets the lines of a record of a test, which move with the test, to 0.
static struct lab_record *without_lines(struct lab_record *record) {
    struct lab_record *plain = lab_record_new();
    for (size_t i = 0; i < lab_record_count(record); i++) {
        struct lab_event event = *lab_record_at(record, i);
        event.line = 0;
        lab_record_add(plain, event,
                       lab_record_text(record, lab_record_at(record, i)));
    }
    lab_record_free(record);
    return plain;
}

// --- two locks

static struct lab_lock left, right;

static int take_both(struct lab_lock *first, struct lab_lock *second) {
    LAB_TRY(lab_lock_acquire(first));
    int rc = lab_sleep(LAB_MS);
    if (rc >= 0)
        rc = lab_lock_acquire(second);
    if (rc >= 0)
        lab_ignore(lab_lock_release(second)); // it is ours
    lab_ignore(lab_lock_release(first));      // likewise
    return rc;
}

static int ann(void *arg) {
    (void)arg;
    return take_both(&left, &right);
}

static int bob(void *arg) {
    (void)arg;
    return take_both(&right, &left);
}

static int two_locks(void *arg) {
    (void)arg;
    lab_lock_init(&left);
    lab_lock_init(&right);
    lab_task *tasks[2] = {lab_spawn("ann", ann, NULL),
                          lab_spawn("bob", bob, NULL)};
    return lab_gather(tasks, 2);
}

TEST(two_locks_taken_crosswise_are_named_as_a_deadlock) {
    struct lab_record *record = without_lines(record_of(two_locks));
    size_t at = before_cancel(record);
    CHECK(at < lab_record_count(record));
    show_answer(record, at, 2);
    show_answer(record, at, 0);
    lab_record_free(record);
}

// --- a gather that waits for who waits for it

static lab_task *gatherer;

static int child(void *arg) {
    (void)arg;
    return lab_await(gatherer);
}

static int gathers(void *arg) {
    (void)arg;
    lab_task *tasks[1] = {lab_spawn("child", child, NULL)};
    gatherer = lab_self();
    return lab_gather(tasks, 1);
}

static int circle(void *arg) {
    (void)arg;
    return lab_await(lab_spawn("parent", gathers, NULL));
}

TEST(a_gather_of_who_waits_for_it_is_named_as_a_deadlock) {
    struct lab_record *record = without_lines(record_of(circle));
    size_t at = before_cancel(record);
    CHECK(at < lab_record_count(record));
    show_answer(record, at, 1);
    lab_record_free(record);
}

// --- a circle through a wait for several, and how many of them it needs

static int waits_for_gatherer(void *arg) {
    (void)arg;
    return lab_await(gatherer);
}

static int sleeps(void *arg) {
    (void)arg;
    return lab_sleep(LAB_S);
}

// A task waits for one that waits for it, and for one that sleeps: for all, or
// for the first of them.
static int waits_for_two(void *arg) {
    lab_task *tasks[2] = {lab_spawn("child", waits_for_gatherer, NULL),
                          lab_spawn("other", sleeps, NULL)};
    gatherer = lab_self();
    int rc = arg ? lab_gather(tasks, 2)
                 : lab_wait(tasks, 2, LAB_FIRST_COMPLETED, LAB_FOREVER);
    lab_cancel(tasks[0]);
    return rc < 0 ? rc : 0;
}

static int for_all(void *arg) {
    return lab_await(lab_spawn("parent", waits_for_two, &arg));
}

static int for_first(void *arg) {
    (void)arg;
    return lab_await(lab_spawn("parent", waits_for_two, NULL));
}

// The index of the first WAIT for several, from 1 on.
static size_t wait_for_several(const struct lab_record *record) {
    size_t i = 0;
    while (i < lab_record_count(record) &&
           (lab_record_at(record, i)->kind != LAB_EVENT_WAIT ||
            lab_record_at(record, i)->on != LAB_ON_TASKS))
        i++;
    return i + 1;
}

TEST(the_record_says_how_many_a_wait_for_several_needs) {
    struct lab_record *all = record_of(for_all), *one = record_of(for_first);
    CHECK_INT(lab_record_at(all, wait_for_several(all) - 1)->need, 2);
    CHECK_INT(lab_record_at(one, wait_for_several(one) - 1)->need, 1);
    lab_record_free(all);
    lab_record_free(one);
}

TEST(a_circle_is_a_deadlock_only_where_all_of_several_are_needed) {
    struct lab_record *all = without_lines(record_of(for_all));
    struct lab_record *one = without_lines(record_of(for_first));
    size_t after = 4; // events, until all wait
    show_answer(all, wait_for_several(all) + after, 2);
    show_answer(one, wait_for_several(one) + after, 2);
    lab_record_free(all);
    lab_record_free(one);
}

// --- two who read what the other does not write

static int reads(void *arg) {
    char bytes[4];
    return lab_read(arg, bytes, sizeof bytes);
}

static int both_read(void *arg) {
    lab_stream *ends[2];
    (void)arg;
    LAB_TRY(lab_stream_pair(ends));
    lab_task *tasks[2] = {lab_spawn("left", reads, ends[0]),
                          lab_spawn("right", reads, ends[1])};
    return lab_gather(tasks, 2);
}

TEST(a_stream_inside_the_run_keeps_nobody_alive) {
    struct lab_record *record = record_of(both_read);
    show_answer(record, before_cancel(record), 0);
    show_answer(record, before_cancel(record), 2);
    lab_record_free(record);
}

// A lock that is waited for with a timeout is no deadlock, whoever has set it.
static int within(void *arg) {
    return lab_within(LAB_S, two_locks, arg);
}

TEST(a_timeout_around_a_wait_keeps_it_from_being_a_deadlock) {
    struct lab_record *record = without_lines(record_of(within));
    size_t at = lab_state_by(record, LAB_S / 2);
    CHECK_INT(lab_state_deadlock(record), SIZE_MAX);
    show_answer(record, at, 0);
    lab_record_free(record);
}

// --- other ends

static void add_join(struct lab_record *record, unsigned task, unsigned other) {
    lab_record_add(record,
                   (struct lab_event){
                       .kind = LAB_EVENT_JOIN, .task = task, .other = other},
                   NULL);
}

static void add_wait(struct lab_record *record, unsigned task, int on,
                     unsigned other, lab_time deadline, unsigned line) {
    lab_record_add(record,
                   (struct lab_event){.kind = LAB_EVENT_WAIT,
                                      .on = (uint8_t)on,
                                      .task = task,
                                      .other = other,
                                      .value = deadline,
                                      .line = line},
                   NULL);
}

static struct lab_record *record_with(unsigned tasks) {
    struct lab_record *record = lab_record_new();
    for (unsigned i = 1; i <= tasks; i++)
        ADD(record, SPAWN, 0, i, "");
    return record;
}

TEST(a_circle_with_a_deadline_is_no_deadlock) {
    struct lab_record *record = record_with(2);
    add_wait(record, 1, LAB_ON_TASK, 2, 0, 0);
    add_wait(record, 2, LAB_ON_TASK, 1, LAB_S, 0);
    show_answer(record, 4, 1);
    lab_record_free(record);
}

// The record does not tell a wait for all from one for the first.
TEST(a_circle_through_a_wait_for_several_is_not_surely_a_deadlock) {
    struct lab_record *record = record_with(3);
    add_join(record, 1, 2);
    add_join(record, 1, 3);
    add_wait(record, 1, LAB_ON_TASKS, 0, 0, 0);
    add_wait(record, 2, LAB_ON_TASK, 1, 0, 0);
    add_wait(record, 3, LAB_ON_SLEEP, 0, LAB_S, 0);
    show_answer(record, 8, 1);
    lab_record_free(record);
}

TEST(a_ready_task_is_told_who_holds_the_thread) {
    struct lab_record *record = record_with(3);
    ADD(record, RUN, 0, 1, NULL);
    lab_record_add(record,
                   (struct lab_event){.kind = LAB_EVENT_BLOCK,
                                      .task = 1,
                                      .value = LAB_S,
                                      .on = LAB_ON_BLOCK,
                                      .line = 7},
                   NULL);
    show_answer(record, 5, 3);
    lab_record_free(record);
}

// What t1, whose timer is due at 1 s, waits for while a callback blocks.
static void check_callback(lab_time value, const char *expected) {
    struct lab_record *record = record_with(1);
    add_wait(record, 1, LAB_ON_SLEEP, 0, LAB_S, 0);
    lab_record_add(record,
                   (struct lab_event){.kind = LAB_EVENT_BLOCK,
                                      .time = 900 * LAB_MS,
                                      .value = value,
                                      .on = LAB_ON_BLOCK},
                   NULL);
    char *text = answer(record, 3, 1);
    CHECK_STR(text, expected);
    lab_free(text);
    lab_record_free(record);
}

TEST(a_callback_that_holds_the_loop_is_told_of) {
    check_callback(300 * LAB_MS, "t1 sleeps until 1.000 s by a timer, but a "
                                 "callback holds the loop's thread until\n"
                                 "1.200 s\n");
    check_callback(0,
                   "t1 sleeps until 1.000 s by a timer, but a callback holds "
                   "the loop's thread\n");
    check_callback(LAB_MS, "t1 sleeps until 1.000 s by a timer\n");
}

TEST(a_queued_job_is_told_what_is_before_it) {
    struct lab_record *record = record_with(2);
    add_job(record, LAB_EVENT_QUEUE, 0, 1, 1, 0);
    add_job(record, LAB_EVENT_START, 0, 1, 1, 1);
    add_job(record, LAB_EVENT_QUEUE, 0, 2, 2, 0);
    add_wait(record, 2, LAB_ON_JOB, 2, 0, 0);
    add_wait(record, 1, LAB_ON_JOB, 1, 0, 0);
    show_answer(record, 7, 2);
    show_answer(record, 7, 1);
    lab_record_free(record);
}

TEST(each_edge_names_its_line_and_its_call) {
    static const char source[] =
        "int f(void) {\n"
        "    LAB_TRY(lab_sleep(lab_param(\"x\")));\n"
        "\n"
        "    return my_lab_wait(lab_gather(tasks, n));\n";
    struct lab_record *record = record_with(2);
    struct lab_text out = {0};
    add_join(record, 1, 2);
    add_wait(record, 1, LAB_ON_TASKS, 0, 0, 4);
    add_wait(record, 2, LAB_ON_SLEEP, 0, LAB_S, 2);
    struct lab_state *state = lab_state_new(record);
    lab_state_go(state, SIZE_MAX);
    struct lab_snapshot snapshot = {.state = state, .source = source};
    lab_question_why(&out, &style_80, &snapshot, 1);
    picture_show("", lab_text_string(&out));
    lab_text_free(&out);
    lab_state_free(state);
    lab_record_free(record);
}

// A chain far longer than a task's stack is deep, if each wait were a call.
TEST(a_chain_of_a_hundred_thousand_waits_is_followed_to_its_end) {
    enum { LONG = 100000 };
    struct lab_record *record = record_with(LONG);
    for (unsigned i = 1; i < LONG; i++)
        add_wait(record, i, LAB_ON_TASK, i + 1, 0, 0);
    add_wait(record, LONG, LAB_ON_TASK, 1, 0, 0);
    char *is = answer(record, SIZE_MAX, 1);
    CHECK(strstr(is, "Deadlock: t1 waits for t2; t2 waits for t3;") != NULL);
    CHECK(strstr(is, "and so on;") != NULL);
    CHECK(strstr(is, "t100000") != NULL);
    CHECK(strlen(is) < 8000);
    lab_free(is);
    lab_record_free(record);
}

// --- alive

TEST(alive_counts_what_can_wake_somebody) {
    struct lab_record *record = record_with(3);
    add_job(record, LAB_EVENT_QUEUE, 0, 1, 1, 0);
    add_wait(record, 1, LAB_ON_JOB, 1, 0, 0);
    add_wait(record, 2, LAB_ON_SLEEP, 0, LAB_S, 0);
    add_wait(record, 3, LAB_ON_READ, 4, 0, 0);
    show_answer(record, 7, 0);
    lab_record_free(record);
}

// At no event of any demo is a deadlock seen, but in those that the loop itself
// found in one: all others go on to their end.
static void check_no_deadlock(const struct lab_comparison *comparison,
                              const struct lab_run *run) {
    (void)comparison;
    if (lab_state_deadlock(run->record) != SIZE_MAX)
        return;
    for (size_t n = 0; n <= lab_record_count(run->record); n++) {
        char *is = answer(run->record, n, 0);
        bool fine = CHECK(strstr(is, "deadlock") == NULL);
        lab_free(is);
        if (!fine)
            break;
    }
}

TEST(no_demo_is_ever_taken_for_a_deadlock) {
    with_runs(check_no_deadlock);
}

TEST(a_task_is_meant_by_number_or_by_name) {
    struct lab_record *record = record_together();
    struct lab_state *state = lab_state_new(record);
    lab_state_go(state, SIZE_MAX);
    CHECK_INT(lab_question_task(state, "t3"), 3);
    CHECK_INT(lab_question_task(state, "3"), 3);
    CHECK_INT(lab_question_task(state, "c.txt"), 4);
    CHECK_INT(lab_question_task(state, "t9"), 0);
    CHECK_INT(lab_question_task(state, "t"), 0);
    CHECK_INT(lab_question_task(state, "t+3"), 0);
    CHECK_INT(lab_question_task(state, ""), 0);
    lab_state_free(state);
    lab_record_free(record);
}

// --- a worker that waits for the loop

static int answers(void *arg) {
    (void)arg;
    return lab_sleep(LAB_S);
}

static int asks_loop(void *arg) {
    return lab_run_coroutine_threadsafe("answer", answers, arg);
}

static int offloads(void *arg) {
    return lab_offload(lab_pool_new("pool", 1), asks_loop, arg);
}

TEST(a_job_that_waits_for_the_loop_is_followed_to_its_task) {
    struct lab_record *record = without_lines(record_of(offloads));
    size_t count = lab_state_by(record, LAB_MS);
    show_answer(record, count, 1);
    lab_record_free(record);
}

// Each waits for the other, one of them in a job.
static int awaits_its_asker(void *arg) {
    return lab_await(arg);
}

static int asks_for_its_asker(void *arg) {
    return lab_run_coroutine_threadsafe("back", awaits_its_asker, arg);
}

static int offloads_a_circle(void *arg) {
    (void)arg;
    return lab_offload(lab_pool_new("pool", 1), asks_for_its_asker, lab_self());
}

TEST(a_circle_that_goes_through_a_job_is_a_deadlock) {
    struct lab_record *record = without_lines(record_of(offloads_a_circle));
    show_answer(record, lab_state_deadlock(record), 1);
    lab_record_free(record);
}

// --- causes: who holds, and who will bring what is waited for

static struct lab_semaphore seats;
static lab_future *answer_to_come;
static struct lab_queue items;

static int sits(void *arg) {
    LAB_TRY(lab_semaphore_acquire(&seats));
    LAB_TRY(lab_sleep(LAB_S));
    (void)arg;
    return lab_semaphore_release(&seats);
}

static int seats_two_of_four(void *arg) {
    lab_task *tasks[4];
    lab_semaphore_init(&seats, 2);
    for (int i = 0; i < 4; i++)
        tasks[i] = lab_spawn("s", sits, arg);
    return lab_gather(tasks, 4);
}

TEST(who_waits_for_a_permit_is_followed_to_those_who_hold_one) {
    struct lab_record *record = without_lines(record_of(seats_two_of_four));
    size_t count = lab_state_by(record, LAB_MS);
    show_answer(record, count, 4);
    count = lab_state_by(record, LAB_S);
    show_answer(record, count, 4);
    lab_record_free(record);
}

static int seats_two_of_ten(void *arg) {
    lab_task *tasks[10];
    lab_semaphore_init(&seats, 2);
    for (int i = 0; i < 10; i++)
        tasks[i] = lab_spawn("s", sits, arg);
    return lab_gather(tasks, 10);
}

TEST(whoever_many_wait_for_has_one_line) {
    struct lab_record *record = without_lines(record_of(seats_two_of_ten));
    show_answer(record, lab_state_by(record, LAB_MS), 1);
    lab_record_free(record);
}

// Permits that count something are held by nobody.
static int counts(void *arg) {
    LAB_TRY(lab_sleep(LAB_S));
    (void)arg;
    return lab_semaphore_release(&seats);
}

static int waits_for_what_is_counted(void *arg) {
    lab_semaphore_init(&seats, 0);
    lab_task *task = lab_spawn("counts", counts, arg);
    LAB_TRY(lab_semaphore_acquire(&seats));
    return lab_await(task);
}

TEST(a_permit_that_nobody_holds_comes_from_who_releases_one) {
    struct lab_record *record =
        without_lines(record_of(waits_for_what_is_counted));
    show_answer(record, lab_state_by(record, LAB_MS), 1);
    lab_record_free(record);
}

static int brings(void *arg) {
    LAB_TRY(lab_sleep(LAB_S));
    lab_future_set(answer_to_come, 42);
    LAB_TRY(lab_sleep(LAB_S));
    return lab_queue_put(&items, arg);
}

static int waits_for_what_comes(void *arg) {
    void *item;
    answer_to_come = lab_future_new();
    lab_queue_init(&items, LAB_QUEUE_FIFO, 1);
    lab_task *task = lab_spawn("brings", brings, arg);
    LAB_TRY(lab_future_wait(answer_to_come));
    LAB_TRY(lab_queue_get(&items, &item));
    LAB_TRY(lab_await(task));
    lab_future_free(answer_to_come);
    lab_queue_term(&items);
    return 0;
}

TEST(a_wait_for_what_another_task_brings_ends_there) {
    struct lab_record *record = without_lines(record_of(waits_for_what_comes));
    show_answer(record, lab_state_by(record, LAB_MS), 1);
    show_answer(record, lab_state_by(record, LAB_S), 1);
    lab_record_free(record);
}

// What will be is not known of a run that goes on, nor brought by a timeout.
static int waits_within_a_second(void *arg) {
    void *item;
    (void)arg;
    lab_queue_init(&items, LAB_QUEUE_FIFO, 1);
    CHECK_INT(lab_queue_get_within(&items, &item, LAB_S), LAB_ETIMEDOUT);
    lab_queue_term(&items);
    return 0;
}

TEST(a_wait_that_is_given_up_is_ended_by_nobody) {
    struct lab_record *record = without_lines(record_of(waits_within_a_second));
    show_answer(record, lab_state_by(record, LAB_MS), 1);
    lab_record_free(record);
}

TEST(a_job_that_waits_for_a_mutex_is_followed_to_who_holds_it) {
    struct lab_record *record = without_lines(record_of(hold_in_two_jobs));
    show_answer(record, lab_state_by(record, LAB_MS), 3);
    lab_record_free(record);
}

TEST(who_waits_for_the_interpreter_lock_is_followed_to_who_holds_it) {
    struct lab_record *record =
        without_lines(record_of(compute_behind_one_lock));
    show_answer(record, lab_state_by(record, 7 * LAB_MS), 1);
    show_answer(record, lab_state_by(record, 7 * LAB_MS), 2);
    show_answer(record, lab_state_by(record, 12 * LAB_MS), 3);
    show_answer(record, lab_state_by(record, 17 * LAB_MS), 1);
    lab_record_free(record);
}

// --- a call that never returns

static void add(struct lab_record *record, uint8_t kind, uint32_t task,
                const char *name) {
    struct lab_event event = {.kind = kind, .task = task, .line = 4};
    lab_record_add(record, event, name);
}

// All tasks have ended, and asyncio.run waits for a thread.
TEST(a_run_is_stuck_on_a_job_that_no_task_waits_for) {
    struct lab_record *record = lab_record_new();
    add(record, LAB_EVENT_SPAWN, 1, "main");
    add(record, LAB_EVENT_WORKER, 0, "pool-1");
    lab_record_add(
        record,
        (struct lab_event){.kind = LAB_EVENT_QUEUE, .task = 1, .other = 1},
        "pool");
    lab_record_add(
        record,
        (struct lab_event){
            .kind = LAB_EVENT_START, .task = 1, .other = 1, .worker = 1},
        NULL);
    add(record, LAB_EVENT_END, 1, NULL);
    add(record, LAB_EVENT_DEADLOCK, 0, NULL);
    struct lab_state *state = lab_state_new(record);
    struct lab_text stuck = {0};
    lab_state_go(state, 5);
    lab_question_stuck(&stuck, &(struct lab_snapshot){.state = state});
    CHECK_STR(lab_text_string(&stuck),
              "a job waits for what nobody can bring.");
    lab_text_free(&stuck);
    lab_state_free(state);
    lab_record_free(record);
}

// In asyncio a thread that sets a future itself wakes nobody.
TEST(a_task_that_is_ready_beside_a_loop_that_sleeps_is_explained) {
    struct lab_record *record = lab_record_new();
    add(record, LAB_EVENT_SPAWN, 1, "main");
    add(record, LAB_EVENT_RUN, 1, NULL);
    add(record, LAB_EVENT_WAIT, 1, NULL);
    add(record, LAB_EVENT_WAKE, 1, NULL);
    struct lab_state *state = lab_state_new(record);
    struct lab_snapshot snapshot = {.state = state};
    struct lab_text at_once = {0}, later = {0};
    lab_state_go(state, 4);
    lab_question_why(&at_once, &style_80, &snapshot, 1);
    CHECK_STR(lab_text_string(&at_once),
              "t1 main is ready: it is the next to run\n");
    lab_state_pass(state, 5 * LAB_MS);
    lab_question_why(&later, &style_80, &snapshot, 1);
    CHECK_STR(lab_text_string(&later),
              "t1 main is ready: it is the next to run, but the loop sleeps, "
              "and nobody has\n"
              "woken it\n");
    lab_text_free(&at_once);
    lab_text_free(&later);
    lab_state_free(state);
    lab_record_free(record);
}

// A program in another language may take a lock for threads on the loop.
TEST(a_call_that_holds_the_loop_for_ever_is_what_a_run_is_stuck_on) {
    struct lab_record *record = lab_record_new();
    add(record, LAB_EVENT_SPAWN, 1, "main");
    add(record, LAB_EVENT_SPAWN, 2, "other");
    add(record, LAB_EVENT_RUN, 1, NULL);
    add(record, LAB_EVENT_BLOCK, 1, NULL);
    add(record, LAB_EVENT_DEADLOCK, 0, NULL);
    struct lab_state *state = lab_state_new(record);
    struct lab_text stuck = {0};
    lab_state_go(state, 4);
    lab_question_stuck(&stuck, &(struct lab_snapshot){.state = state});
    CHECK_STR(lab_text_string(&stuck),
              "t1 main holds the loop's thread (line 4), and waits there for "
              "what nobody can bring.");
    char *alive = answer(record, 4, 0);
    CHECK_STR(alive,
              "The loop does not end before these do:\n"
              "  2 tasks\n"
              "t1 main holds the loop's thread (line 4), and waits there "
              "for what nobody can\n"
              "bring. This is a deadlock.\n");
    lab_free(alive);
    lab_text_free(&stuck);
    lab_state_free(state);
    lab_record_free(record);
}
