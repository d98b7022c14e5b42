#include "record/lanes.h"

#include "core/block.h"
#include "core/call.h"
#include "core/executor.h"
#include "core/generator.h"
#include "core/run.h"
#include "view/locked_run.h"
#include "view/mutex_run.h"
#include "view/runs.h"

// The spans of [lane] as "r0-5 w5-10": state and times in ms.
static void check_spans(const struct lab_lane *lane, const char *expected) {
    static const char letters[LAB_IS_COUNT] = {
        [LAB_IS_IDLE] = 'i',     [LAB_IS_WAITING] = 'w',
        [LAB_IS_READY] = 'y',    [LAB_IS_QUEUED] = 'q',
        [LAB_IS_RUNNING] = 'r',  [LAB_IS_COMPUTING] = 'u',
        [LAB_IS_BLOCKED] = 'b',  [LAB_IS_CREATED] = 'c',
        [LAB_IS_SUSPENDED] = 's'};
    struct lab_text out = {0};
    for (size_t i = 0; lane && i < lane->span_count; i++)
        lab_text_printf(&out, "%s%c%d-%d", i ? " " : "",
                        letters[lane->spans[i].state],
                        (int)(lane->spans[i].from / LAB_MS),
                        (int)(lane->spans[i].to / LAB_MS));
    CHECK_STR(lab_text_string(&out), expected);
    lab_text_free(&out);
}

TEST(a_task_runs_in_instants_and_waits_between) {
    struct lab_record *record = record_in_turn();
    struct lab_lanes lanes;
    lab_lanes_read(&lanes, record);
    CHECK_INT(lanes.tasks.count, 1);
    check_spans(&lanes.tasks.lanes[0],
                "r0-0 w0-1000 r1000-1000 w1000-2000 r2000-2000 w2000-3000 "
                "r3000-3000 w3000-4000 r4000-4000 w4000-5000 r5000-5000");
    CHECK_INT(lanes.loop.span_count, 11);
    CHECK_INT(lanes.loop.spans[1].state, LAB_IS_IDLE);
    lab_lanes_free(&lanes);
    lab_record_free(record);
}

TEST(a_block_holds_the_task_and_the_loop) {
    struct lab_record *record = record_nap(true);
    struct lab_lanes lanes;
    lab_lanes_read(&lanes, record);
    check_spans(&lanes.tasks.lanes[0],
                "r0-0 w0-250 r250-250 b250-1250 r1250-1250 w1250-1420 "
                "r1420-1420");
    bool held = false;
    for (size_t i = 0; i < lanes.loop.span_count; i++)
        held = held || (lanes.loop.spans[i].state == LAB_IS_BLOCKED &&
                        lanes.loop.spans[i].from == 250 * LAB_MS &&
                        lanes.loop.spans[i].to == 1250 * LAB_MS);
    CHECK(held);
    lab_lanes_free(&lanes);
    lab_record_free(record);
}

static void add_hold(struct lab_record *record, int kind, lab_time at,
                     uint32_t task, uint16_t worker, lab_time value) {
    lab_record_add(record,
                   (struct lab_event){.kind = (uint8_t)kind,
                                      .time = at,
                                      .task = task,
                                      .worker = worker,
                                      .value = value,
                                      .on = LAB_ON_BLOCK},
                   NULL);
}

// A callback of the loop has no task: time.sleep in it holds the loop alone.
TEST(a_block_in_a_callback_is_the_loops_own) {
    struct lab_record *record = lab_record_new();
    struct lab_lanes lanes;
    add_hold(record, LAB_EVENT_BLOCK, LAB_MS, 0, 0, 2 * LAB_MS);
    add_hold(record, LAB_EVENT_UNBLOCK, 3 * LAB_MS, 0, 0, 2 * LAB_MS);
    add_hold(record, LAB_EVENT_BLOCK, 5 * LAB_MS, 0, 0, 0);
    add_hold(record, LAB_EVENT_UNBLOCK, 9 * LAB_MS, 0, 0, 0);
    ADD(record, MARK, 10 * LAB_MS, 0, "end");
    lab_lanes_read(&lanes, record);
    CHECK_INT(lanes.tasks.count, 0);
    check_spans(&lanes.loop, "i0-1 b1-3 i3-5 b5-9 i9-10");
    lab_lanes_free(&lanes);
    lab_record_free(record);
}

// A thread that the program started has no job that could end.
TEST(a_thread_without_a_job_is_idle_after_its_block) {
    struct lab_record *record = lab_record_new();
    struct lab_event thread = {.kind = LAB_EVENT_WORKER, .worker = 1};
    struct lab_lanes lanes;
    lab_record_add(record, thread, "ticker");
    add_hold(record, LAB_EVENT_BLOCK, 0, 0, 1, 2 * LAB_MS);
    add_hold(record, LAB_EVENT_UNBLOCK, 2 * LAB_MS, 0, 1, 2 * LAB_MS);
    ADD(record, MARK, 10 * LAB_MS, 0, "end");
    lab_lanes_read(&lanes, record);
    check_spans(lab_lanes_worker(&lanes, 1), "b0-2 i2-10");
    CHECK_INT(lanes.state->pools.count, 0);
    lab_lanes_free(&lanes);
    lab_record_free(record);
}

TEST(a_job_is_queued_until_a_worker_starts_it) {
    struct lab_record *record = record_pool(2);
    struct lab_lanes lanes;
    lab_lanes_read(&lanes, record);
    check_spans(lab_lanes_task(&lanes, 3), "r0-0 w0-100 r100-100");
    check_spans(lab_lanes_task(&lanes, 7), "r0-0 q0-200 w200-300 r300-300");
    CHECK(lab_lanes_task(&lanes, 11) == NULL);
    lab_lanes_free(&lanes);
    lab_record_free(record);
}

TEST(a_worker_is_at_its_next_job_before_the_last_is_done) {
    struct lab_record *record = record_pool(4);
    struct lab_lanes lanes;
    lab_lanes_read(&lanes, record);
    CHECK_INT(lanes.workers.count, 4);
    check_spans(&lanes.workers.lanes[0],
                "r0-0 b0-100 r100-100 b100-200 r200-200");
    CHECK_INT(lanes.workers.lanes[0].moment_count, 2);
    CHECK_INT(lanes.workers.lanes[0].moments[1].time, 100 * LAB_MS);
    CHECK_INT(lanes.workers.lanes[0].moments[1].job, 5);
    lab_lanes_free(&lanes);
    lab_record_free(record);
}

TEST(burning_is_not_blocking) {
    struct lab_record *record = lab_record_new();
    struct lab_lanes lanes;
    ADD(record, SPAWN, 0, 1, "main");
    ADD(record, RUN, 0, 1, NULL);
    add_block(record, LAB_EVENT_BLOCK, 0, 1, 0, LAB_ON_BURN);
    add_block(record, LAB_EVENT_UNBLOCK, 5 * LAB_MS, 1, 0, LAB_ON_BURN);
    add_block(record, LAB_EVENT_BLOCK, 5 * LAB_MS, 1, 0, LAB_ON_BLOCK);
    add_block(record, LAB_EVENT_UNBLOCK, 9 * LAB_MS, 1, 0, LAB_ON_BLOCK);
    lab_lanes_read(&lanes, record);
    check_spans(&lanes.loop, "r0-0 u0-5 r5-5 b5-9 r9-9");
    lab_lanes_free(&lanes);
    lab_record_free(record);
}

TEST(a_dropped_job_is_in_no_queue_any_more) {
    struct lab_record *record = lab_record_new();
    struct lab_lanes lanes;
    ADD(record, SPAWN, 0, 1, "main");
    ADD(record, RUN, 0, 1, NULL);
    add_job(record, LAB_EVENT_QUEUE, 0, 1, 1, 0);
    add_job(record, LAB_EVENT_WAIT, 0, 1, 1, 0);
    add_job(record, LAB_EVENT_DROP, 3 * LAB_MS, 1, 1, 0);
    wake(record, 4 * LAB_MS, 1);
    ADD(record, END, 6 * LAB_MS, 1, NULL);
    lab_lanes_read(&lanes, record);
    check_spans(&lanes.tasks.lanes[0], "r0-0 q0-3 w3-4 r4-6");
    lab_lanes_free(&lanes);
    lab_record_free(record);
}

TEST(a_task_loses_the_thread_when_another_gets_it) {
    struct lab_record *record = lab_record_new();
    struct lab_lanes lanes;
    ADD(record, RUN, 0, 1, NULL); // spawned before the record began
    ADD(record, RUN, 2 * LAB_MS, 2, NULL);
    ADD(record, END, 5 * LAB_MS, 2, NULL);
    ADD(record, SAY, 7 * LAB_MS, 0, "late");
    lab_lanes_read(&lanes, record);
    check_spans(lab_lanes_task(&lanes, 1), "r0-2 y2-7");
    check_spans(lab_lanes_task(&lanes, 2), "r2-5");
    check_spans(&lanes.loop, "r0-5 i5-7");
    lab_lanes_free(&lanes);
    lab_record_free(record);
}

TEST(time_that_runs_backwards_makes_no_negative_span) {
    struct lab_record *record = lab_record_new();
    struct lab_lanes lanes;
    ADD(record, RUN, 5 * LAB_MS, 1, NULL);
    add_on(record, LAB_EVENT_WAIT, 3 * LAB_MS, 1, LAB_ON_SLEEP);
    ADD(record, END, 4 * LAB_MS, 1, NULL);
    lab_lanes_read(&lanes, record);
    check_spans(&lanes.tasks.lanes[0], "r5-5");
    lab_lanes_free(&lanes);
    lab_record_free(record);
}

TEST(each_span_knows_the_event_that_began_it) {
    struct lab_record *record = record_pool(2);
    struct lab_lanes lanes;
    int known = 0;
    lab_lanes_read(&lanes, record);
    for (size_t i = 0; i < lab_lanes_count(&lanes); i++) {
        const struct lab_lane *lane = lab_lanes_at(&lanes, i);
        for (size_t j = 0; j < lane->span_count; j++) {
            const struct lab_span *span = &lane->spans[j];
            if (!CHECK(span->event > 0))
                continue;
            const struct lab_event *event =
                lab_record_at(record, span->event - 1);
            CHECK_INT(event->time, span->from);
            CHECK(i == 0 || event->task == lane->number ||
                  event->worker == lane->number);
            known++;
        }
    }
    CHECK(known > 50);
    lab_lanes_free(&lanes);
    lab_record_free(record);
}

TEST(what_a_task_waits_for_is_its_last_word_at_that_time) {
    struct lab_record *record = lab_record_new();
    struct lab_lanes lanes;
    ADD(record, SPAWN, 0, 1, "root");
    ADD(record, RUN, 0, 1, NULL);
    add_on(record, LAB_EVENT_WAIT, 0, 1, LAB_ON_NOTHING);
    ADD(record, RUN, 0, 1, NULL);
    add_on(record, LAB_EVENT_WAIT, 0, 1, LAB_ON_SLEEP);
    ADD(record, RUN, LAB_S, 1, NULL);
    lab_lanes_read(&lanes, record);
    CHECK_INT(lanes.tasks.lanes[0].spans[1].state, LAB_IS_WAITING);
    CHECK_INT(lanes.tasks.lanes[0].spans[1].event, 5);
    lab_lanes_free(&lanes);
    lab_record_free(record);
}

// --- ready: from when it could run until it did

TEST(a_new_task_is_ready_until_it_first_runs) {
    struct lab_record *record = lab_record_new();
    struct lab_lanes lanes;
    ADD(record, RUN, 0, 1, NULL);
    ADD(record, SPAWN, 2 * LAB_MS, 2, "child");
    ADD(record, RUN, 6 * LAB_MS, 2, NULL);
    ADD(record, END, 6 * LAB_MS, 2, NULL);
    lab_lanes_read(&lanes, record);
    check_spans(lab_lanes_task(&lanes, 2), "y2-6 r6-6");
    lab_lanes_free(&lanes);
    lab_record_free(record);
}

static void wait_until(struct lab_record *record, lab_time time, unsigned task,
                       int on, lab_time deadline) {
    lab_record_add(record,
                   (struct lab_event){.kind = LAB_EVENT_WAIT,
                                      .time = time,
                                      .task = task,
                                      .value = deadline,
                                      .on = (uint8_t)on},
                   NULL);
}

// Task 2 waits until 3 ms at the latest, while task 1 holds the thread until 8.
static struct lab_record *record_overdue(int on) {
    struct lab_record *record = lab_record_new();
    ADD(record, RUN, 0, 2, NULL);
    wait_until(record, 0, 2, on, 3 * LAB_MS);
    ADD(record, RUN, LAB_MS, 1, NULL);
    add_block(record, LAB_EVENT_BLOCK, LAB_MS, 1, 0, LAB_ON_BLOCK);
    add_block(record, LAB_EVENT_UNBLOCK, 8 * LAB_MS, 1, 0, LAB_ON_BLOCK);
    wait_until(record, 8 * LAB_MS, 1, LAB_ON_SLEEP, 9 * LAB_MS);
    wake(record, 8 * LAB_MS, 2);
    return record;
}

TEST(a_task_is_ready_from_its_deadline_whatever_it_waits_for) {
    for (int on = LAB_ON_SLEEP; on < LAB_ONS; on++) {
        if (on == LAB_ON_BEGIN)
            continue; // who waits for that is ready at once
        struct lab_record *record = record_overdue(on);
        struct lab_lanes lanes;
        lab_lanes_read(&lanes, record);
        check_spans(lab_lanes_task(&lanes, 2), "r0-0 w0-3 y3-8 r8-8");
        CHECK_INT(lab_lanes_task(&lanes, 2)->spans[2].event, 2); // its wait
        lab_lanes_free(&lanes);
        lab_record_free(record);
    }
}

TEST(a_wait_that_ends_before_its_deadline_is_never_overdue) {
    struct lab_record *record = lab_record_new();
    struct lab_lanes lanes;
    ADD(record, RUN, 0, 1, NULL);
    wait_until(record, 0, 1, LAB_ON_LOCK, 5 * LAB_MS);
    wake(record, 2 * LAB_MS, 1);
    wait_until(record, 2 * LAB_MS, 1, LAB_ON_LOCK, 0);
    wake(record, 9 * LAB_MS, 1);
    lab_lanes_read(&lanes, record);
    check_spans(lab_lanes_task(&lanes, 1), "r0-0 w0-2 r2-2 w2-9 r9-9");
    lab_lanes_free(&lanes);
    lab_record_free(record);
}

TEST(what_goes_on_is_overdue_too) {
    struct lab_record *record = record_overdue(LAB_ON_SLEEP);
    struct lab_lanes lanes;
    lab_lanes_read_until(&lanes, record, 12 * LAB_MS);
    check_spans(lab_lanes_task(&lanes, 1), "r1-1 b1-8 r8-8 w8-9 y9-12");
    lab_lanes_free(&lanes);
    lab_record_free(record);
}

// What [lane] shows at [time], which is none of its borders.
static enum lab_is shown_at(const struct lab_lane *lane, lab_time time) {
    if (lane->begun && time > lane->to)
        return LAB_IS_ENDED;
    for (size_t i = 0; i < lane->span_count; i++)
        if (lane->spans[i].from < time && time < lane->spans[i].to)
            return lane->spans[i].state;
    return LAB_IS_COUNT;
}

// A picture shows at any moment what `ps` says of it.
static void check_agreement(const struct lab_comparison *comparison,
                            const struct lab_run *run) {
    const struct lab_record *record = run->record;
    struct lab_state *state = lab_state_new(record);
    struct lab_lanes lanes;
    (void)comparison;
    lab_lanes_read(&lanes, record);
    for (size_t n = 1; n < lab_record_count(record); n++) {
        lab_time from = lab_record_at(record, n - 1)->time;
        lab_time to = lab_record_at(record, n)->time;
        for (lab_time part = 1; part < 8 && to - from >= 8; part++) {
            lab_time time = from + (to - from) / 8 * part + 1;
            lab_state_go(state, n);
            lab_state_pass(state, time);
            for (size_t i = 0; i < state->tasks.count; i++) {
                const struct lab_state_task *task = lab_state_task_at(state, i);
                enum lab_is is = task->is == LAB_IS_NEW ? LAB_IS_READY
                                                        : (enum lab_is)task->is;
                CHECK_INT(shown_at(lab_lanes_task(&lanes, task->number), time),
                          is);
            }
        }
    }
    lab_lanes_free(&lanes);
    lab_state_free(state);
}

TEST(a_picture_and_a_moment_agree_on_the_state_of_every_task) {
    struct lab_run overdue = {.record = record_overdue(LAB_ON_SLEEP)};
    check_agreement(NULL, &overdue);
    lab_record_free(overdue.record);
    with_runs(check_agreement);
}

TEST(what_a_task_does_after_its_end_is_not_seen) {
    struct lab_record *record = lab_record_new();
    struct lab_lanes lanes;
    ADD(record, RUN, 0, 1, NULL);
    ADD(record, END, 2 * LAB_MS, 1, NULL);
    ADD(record, RUN, 4 * LAB_MS, 1, NULL);
    ADD(record, END, 6 * LAB_MS, 1, NULL);
    lab_lanes_read(&lanes, record);
    check_spans(&lanes.tasks.lanes[0], "r0-2");
    CHECK_INT(lanes.tasks.lanes[0].to, 2 * LAB_MS);
    lab_lanes_free(&lanes);
    lab_record_free(record);
}

TEST(lanes_are_in_the_order_of_their_numbers_whatever_came_first) {
    enum { TASKS = 100000 };
    struct lab_record *record = lab_record_new();
    struct lab_lanes lanes;
    bool ordered = true;
    for (unsigned i = TASKS; i > 0; i--)
        ADD(record, SPAWN, 0, i * 3, "task");
    lab_lanes_read(&lanes, record);
    CHECK_INT(lanes.tasks.count, TASKS);
    for (unsigned i = 0; i < TASKS; i++)
        ordered = ordered && lanes.tasks.lanes[i].number == (i + 1) * 3;
    CHECK(ordered);
    CHECK(lab_lanes_task(&lanes, 3 * TASKS) == &lanes.tasks.lanes[TASKS - 1]);
    CHECK(lab_lanes_task(&lanes, 4) == NULL);
    lab_lanes_free(&lanes);
    lab_record_free(record);
}

// Whoever reads a lane may ask the state about its task.
TEST(every_lane_is_of_somebody_whom_the_state_knows) {
    for (uint32_t seed = 1; seed <= 500; seed++) {
        struct lab_record *record = record_of_nonsense(seed, (int)seed % 20);
        struct lab_lanes lanes;
        lab_lanes_read(&lanes, record);
        for (size_t i = 0; i < lanes.tasks.count; i++)
            CHECK(lab_state_task(lanes.state, lanes.tasks.lanes[i].number));
        for (size_t i = 0; i < lanes.workers.count; i++)
            CHECK(lab_state_worker(lanes.state, lanes.workers.lanes[i].number));
        lab_lanes_free(&lanes);
        lab_record_free(record);
    }
}

// --- generators

static int two_steps(lab_generator *self, void *arg) {
    (void)arg;
    LAB_TRY(lab_sleep(5 * LAB_MS));
    LAB_TRY(lab_generator_yield(self, 1, NULL));
    return lab_generator_yield(self, 2, NULL);
}

static int makes_two(void *arg) {
    int64_t value;
    lab_generator *g = lab_generator_new("steps", two_steps, arg);
    lab_generator *idle = lab_generator_new("steps", two_steps, arg);
    LAB_TRY(lab_sleep(LAB_MS));
    LAB_TRY(lab_generator_next(g, &value));
    LAB_TRY(lab_sleep(LAB_MS));
    LAB_TRY(lab_generator_next(g, &value));
    LAB_TRY(lab_sleep(LAB_MS));
    lab_generator_free(idle);
    lab_generator_free(g);
    return lab_sleep(LAB_MS);
}

TEST(a_generator_is_created_is_what_its_task_is_and_is_suspended) {
    struct lab_record *record = record_of(makes_two);
    struct lab_lanes lanes;
    lab_lanes_read(&lanes, record);
    CHECK_INT(lanes.generators.count, 2);
    const struct lab_lane *lane = &lanes.generators.lanes[0];
    check_spans(lane, "c0-1 r1-1 w1-6 r6-6 s6-7 r7-7 s7-8 r8-8");
    CHECK_STR(lane->name, "steps 1");
    CHECK_INT(lane->maker, 1);
    CHECK_INT(lane->to, 8 * LAB_MS);
    check_spans(&lanes.generators.lanes[1], "c0-8");
    CHECK(lab_lanes_at(&lanes, lab_lanes_count(&lanes) - 1) == lane + 1);
    lab_lanes_free(&lanes);
    lab_record_free(record);
}

// Resumed while it runs, yielding though another runs in it, twice closed.
TEST(what_makes_no_sense_of_generators_changes_nothing) {
    struct lab_record *record = lab_record_new();
    struct lab_lanes lanes;
    for (uint32_t i = 0; i < 4000; i++) {
        static const uint8_t kinds[] = {LAB_EVENT_RESUME, LAB_EVENT_YIELD,
                                        LAB_EVENT_CLOSE, LAB_EVENT_GENERATOR,
                                        LAB_EVENT_RUN};
        uint32_t random = (i * UINT32_C(2654435761)) >> 8;
        lab_record_add(
            record,
            (struct lab_event){.time = i,
                               .kind = kinds[random % 5 * (i % 9 > 0)],
                               .task = 1 + random / 5 % 3,
                               .other = 1 + random / 15 % 40},
            NULL);
    }
    lab_lanes_read(&lanes, record);
    CHECK_INT(lanes.generators.count, 40);
    lab_lanes_free(&lanes);
    lab_record_free(record);
}

// --- calls

TEST(a_call_for_a_worker_is_a_moment_of_the_loop) {
    struct lab_record *record = lab_record_new();
    struct lab_lanes lanes;
    ADD(record, RUN, 0, 1, NULL);
    lab_record_add(record,
                   (struct lab_event){.kind = LAB_EVENT_CALL,
                                      .time = 3 * LAB_MS,
                                      .task = 1,
                                      .other = 2,
                                      .worker = 4},
                   NULL);
    lab_lanes_read(&lanes, record);
    CHECK_INT(lanes.loop.moment_count, 1);
    CHECK_INT(lanes.loop.moments[0].time, 3 * LAB_MS);
    CHECK_INT(lanes.loop.moments[0].caller, 4);
    CHECK(!lab_moment_is_mark(&lanes.loop.moments[0]));
    CHECK_INT(lanes.workers.count, 0); // nothing was said of its state
    lab_lanes_free(&lanes);
    lab_record_free(record);
}

static int naps(void *arg) {
    (void)arg;
    return lab_sleep(3 * LAB_MS);
}

static int asks_for_a_nap(void *arg) {
    lab_block(LAB_MS);
    return lab_run_coroutine_threadsafe("nap", naps, arg);
}

static int offloads_that(void *arg) {
    return lab_offload(lab_pool_new("pool", 1), asks_for_a_nap, arg);
}

TEST(a_worker_that_waits_for_the_loop_is_waiting) {
    struct lab_record *record = record_of(offloads_that);
    struct lab_lanes lanes;
    lab_lanes_read(&lanes, record);
    check_spans(&lanes.workers.lanes[0], "r0-0 b0-1 r1-1 w1-4 r4-4");
    CHECK_INT(lanes.workers.lanes[0].spans[3].on, LAB_ON_TASK);
    lab_lanes_free(&lanes);
    lab_record_free(record);
}

TEST(a_worker_that_waits_for_a_mutex_is_waiting) {
    struct lab_record *record = record_of(hold_in_two_jobs);
    struct lab_lanes lanes;
    lab_lanes_read(&lanes, record);
    check_spans(&lanes.workers.lanes[1], "r0-0 w0-5 r5-5 b5-10 r10-10");
    CHECK_INT(lanes.workers.lanes[1].spans[1].on, LAB_ON_MUTEX);
    lab_lanes_free(&lanes);
    lab_record_free(record);
}

TEST(a_thread_that_waits_for_the_interpreter_lock_is_waiting) {
    struct lab_record *record = record_of(compute_behind_one_lock);
    struct lab_lanes lanes;
    lab_lanes_read(&lanes, record);
    const struct lab_lane *workers = lanes.workers.lanes;
    check_spans(&workers[0], "r0-0 u0-5 w5-15 u15-20 r20-20 i20-30");
    check_spans(&workers[1], "w0-5 r5-5 u5-10 w10-20 u20-25 r25-25 i25-30");
    check_spans(&lanes.loop, "r0-0 i0-2 w2-10 r10-10 u10-15 w15-25 u25-30 "
                             "r30-30");
    check_spans(&lanes.tasks.lanes[0], "r0-0 w0-2 y2-10 r10-10 u10-15 w15-25 "
                                       "u25-30 r30-30");
    CHECK_INT(workers[0].spans[2].on, LAB_ON_INTERPRETER);
    CHECK_INT(lanes.loop.spans[2].on, LAB_ON_INTERPRETER);
    lab_lanes_free(&lanes);
    lab_record_free(record);
}
