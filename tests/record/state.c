#include "record/state.h"

#include "core/block.h"
#include "core/task.h"
#include "view/runs.h"

// --- is it the same state?

static bool same_list(const struct lab_numbered *a,
                      const struct lab_numbered *b) {
    return a->count == b->count && a->size == b->size &&
           (a->count == 0 ||
            memcmp(a->items, b->items, a->count * a->size) == 0);
}

// All that a state is, byte by byte.
static bool same_state(const struct lab_state *a, const struct lab_state *b) {
    return a->at == b->at && a->time == b->time && a->turn == b->turn &&
           a->running == b->running && a->woken == b->woken &&
           a->places == b->places && same_list(&a->tasks, &b->tasks) &&
           same_list(&a->jobs, &b->jobs) &&
           same_list(&a->workers, &b->workers) &&
           same_list(&a->pools, &b->pools) && same_list(&a->locks, &b->locks);
}

// Is the state at [to], reached from [from], that of going straight there?
static bool arrives(const struct lab_record *record, size_t from, size_t to) {
    struct lab_state *straight = lab_state_new(record);
    struct lab_state *around = lab_state_new(record);
    lab_state_go(straight, to);
    lab_state_go(around, from);
    lab_state_go(around, to);
    bool same = same_state(straight, around);
    lab_state_free(straight);
    lab_state_free(around);
    return same;
}

static void check_each_step(const struct lab_comparison *comparison,
                            const struct lab_run *run) {
    (void)comparison;
    for (size_t n = 1; n <= lab_record_count(run->record); n++)
        if (!CHECK(arrives(run->record, n, n - 1)))
            break;
}

TEST(one_step_back_is_the_state_before_in_every_demo) {
    with_runs(check_each_step);
}

TEST(nonsense_goes_back_as_it_came) {
    for (uint32_t seed = 1; seed <= 20; seed++) {
        struct lab_record *record = record_of_nonsense(seed, 200);
        for (size_t n = 1; n <= 200; n++)
            if (!CHECK(arrives(record, n, n - 1)))
                break;
        CHECK(arrives(record, 200, seed));
        lab_record_free(record);
    }
}

// [tasks] tasks that nap, one after the other: seven events each.
static struct lab_record *record_of_naps(unsigned tasks) {
    struct lab_record *record = lab_record_new();
    for (unsigned i = 1; i <= tasks; i++) {
        ADD(record, SPAWN, i * LAB_MS, i, "nap");
        ADD(record, RUN, i * LAB_MS, i, NULL);
        add_on(record, LAB_EVENT_WAIT, i * LAB_MS, i, LAB_ON_SLEEP);
        ADD(record, TIMER, i * LAB_MS, i, NULL);
        add_on(record, LAB_EVENT_WAKE, i * LAB_MS, i, LAB_ON_SLEEP);
        ADD(record, RUN, i * LAB_MS, i, NULL);
        ADD(record, END, i * LAB_MS, i, NULL);
    }
    return record;
}

// So long that copies are kept, become too many, and are thinned out.
TEST(a_long_record_goes_back_to_anywhere) {
    struct lab_record *record = record_of_naps(45000);
    size_t count = lab_record_count(record);
    struct lab_state *state = lab_state_new(record);
    static const size_t places[] = {4095,  4096,   4097,   300001, 8192, 12287,
                                    12289, 131072, 131071, 262145, 1,    0};
    CHECK(count > (size_t)64 * 4096);
    for (size_t i = 0; i < countof(places); i++) {
        struct lab_state *straight = lab_state_new(record);
        lab_state_go(state, count);
        lab_state_go(state, places[i]);
        lab_state_go(straight, places[i]);
        CHECK(same_state(state, straight));
        lab_state_free(straight);
    }
    lab_state_free(state);
    lab_record_free(record);
}

TEST(a_replay_stops_at_the_last_event) {
    struct lab_record *record = record_together();
    struct lab_state *state = lab_state_new(record);
    lab_state_go(state, 1000);
    CHECK_INT(state->at, lab_record_count(record));
    ADD(record, SPAWN, 2 * LAB_S, 7, "late");
    lab_state_go(state, 1000);
    CHECK_INT(state->at, lab_record_count(record));
    CHECK(lab_state_task(state, 7) != NULL);
    lab_state_free(state);
    lab_record_free(record);
}

TEST(a_moment_comes_before_the_first_event_that_is_later) {
    struct lab_record *record = record_in_turn();
    CHECK_INT(lab_state_by(record, 0), 3);
    CHECK_INT(lab_state_by(record, LAB_S - 1), 3);
    CHECK_INT(lab_state_by(record, LAB_S), 8);
    CHECK_INT(lab_state_by(record, 9 * LAB_S), lab_record_count(record));
    lab_record_free(record);
}

// --- what a state says

static int nap(void *arg) {
    return lab_sleep(*(const lab_time *)arg);
}

static lab_time long_nap = 2 * LAB_S, short_nap = LAB_S;

static int two_naps(void *arg) {
    lab_task *tasks[2] = {lab_spawn("long", nap, &long_nap),
                          lab_spawn("short", nap, &short_nap)};
    (void)arg;
    return lab_gather(tasks, 2);
}

// A state of [body], after the last event by [time]. Owns: yours.
static struct lab_state *state_of(int (*body)(void *arg), lab_time time) {
    struct lab_record *record = record_of(body);
    struct lab_state *state = lab_state_new(record);
    lab_state_go(state, lab_state_by(record, time));
    return state;
}

static void state_drop(struct lab_state *state) {
    struct lab_record *record = (struct lab_record *)state->record;
    lab_state_free(state);
    lab_record_free(record);
}

TEST(timers_are_listed_by_their_deadlines) {
    struct lab_state *state = state_of(two_naps, LAB_MS);
    const struct lab_state_task **timers;
    CHECK_INT(lab_state_timers(state, &timers), 2);
    CHECK_INT(timers[0]->number, 3);
    CHECK_INT(timers[0]->deadline, LAB_S);
    CHECK_INT(timers[1]->deadline, 2 * LAB_S);
    lab_free(timers);
    CHECK_INT(lab_state_awaited(state, lab_state_task(state, 1), NULL, NULL),
              2);
    state_drop(state);
}

TEST(who_has_ended_is_waited_for_no_more) {
    struct lab_state *state = state_of(two_naps, LAB_S);
    CHECK_INT(lab_state_task(state, 3)->is, LAB_IS_ENDED);
    CHECK_INT(lab_state_task(state, 1)->is, LAB_IS_WAITING);
    CHECK_INT(lab_state_awaited(state, lab_state_task(state, 1), NULL, NULL),
              1);
    state_drop(state);
}

// The ready queue holds who is going to run, in that order, at each event of
// every demo: else one who is not its first would run.
static void check_order(const struct lab_comparison *comparison,
                        const struct lab_run *run) {
    struct lab_state *state = lab_state_new(run->record);
    (void)comparison;
    for (size_t n = 0; n < lab_record_count(run->record); n++) {
        const struct lab_event *event = lab_record_at(run->record, n);
        const struct lab_state_task **ready;
        lab_state_go(state, n);
        if (event->kind != LAB_EVENT_RUN)
            continue;
        size_t count = lab_state_ready(state, &ready);
        if (CHECK(count > 0))
            CHECK_INT(ready[0]->number, event->task);
        lab_free(ready);
    }
    lab_state_free(state);
}

static int nothing(void *arg) {
    (void)arg;
    return 0;
}

// A timer is overdue when another task is spawned, which runs first.
static int spawns_late(void *arg) {
    (void)arg;
    lab_task *tasks[2] = {lab_spawn("nap", nap, &short_nap)};
    LAB_TRY(lab_yield());
    lab_block(2 * LAB_S);
    tasks[1] = lab_spawn("late", nothing, NULL);
    return lab_gather(tasks, 2);
}

// Whoever is spawned now goes before one that has been ready for longer.
static int spawns_now(void *arg) {
    lab_task *tasks[3] = {lab_spawn("before", nap, &short_nap)};
    tasks[1] = lab_spawn_now("now", nap, &short_nap);
    tasks[2] = lab_spawn_now("spawns", spawns_late, arg);
    return lab_gather(tasks, 3);
}

TEST(the_first_of_the_ready_queue_is_who_runs_next) {
    with_runs(check_order);
    lab_fn *const bodies[] = {spawns_late, spawns_now};
    for (size_t i = 0; i < countof(bodies); i++) {
        struct lab_run run = {.record = record_of(bodies[i])};
        check_order(NULL, &run);
        lab_record_free(run.record);
    }
}

// --- time that passes between two events

// At 1 s the nap is over; the thread is held until 2 s.
TEST(who_is_overdue_is_ready_and_has_no_timer) {
    struct lab_state *state = state_of(spawns_late, LAB_MS);
    const struct lab_state_task *task = lab_state_task(state, 2);
    const struct lab_state_task **list;
    CHECK_INT(task->is, LAB_IS_WAITING);
    lab_state_pass(state, LAB_S - 1);
    CHECK_INT(task->is, LAB_IS_WAITING);
    CHECK_INT(state->now, LAB_S - 1);
    lab_state_pass(state, LAB_S);
    CHECK_INT(task->is, LAB_IS_READY);
    CHECK(lab_state_overdue(task));
    CHECK_INT(task->since, LAB_S);
    CHECK_INT(lab_state_timers(state, &list), 0);
    lab_free(list);
    CHECK_INT(lab_state_ready(state, &list), 1);
    lab_free(list);
    state_drop(state);
}

TEST(time_that_has_passed_is_taken_back_by_going_to_an_event) {
    struct lab_record *record = record_of(spawns_late);
    for (size_t n = 0; n < lab_record_count(record); n++) {
        struct lab_state *straight = lab_state_new(record);
        struct lab_state *around = lab_state_new(record);
        for (size_t to = 0; to <= lab_record_count(record); to++) {
            lab_state_go(straight, to);
            lab_state_go(around, n);
            lab_state_pass(around, lab_record_at(record, n)->time - 1);
            lab_state_go(around, to);
            CHECK(same_state(straight, around));
            CHECK_INT(around->now, straight->now);
        }
        lab_state_free(straight);
        lab_state_free(around);
    }
    lab_record_free(record);
}

// Deadlines in any order, of which each is passed on its own.
TEST(deadlines_pass_in_their_order) {
    enum { TASKS = 200 };
    struct lab_record *record = lab_record_new();
    struct lab_state *state = lab_state_new(record);
    uint32_t seed = 1;
    for (unsigned i = 1; i <= TASKS; i++) {
        seed = seed * 1664525 + 1013904223;
        lab_record_add(record,
                       (struct lab_event){.kind = LAB_EVENT_WAIT,
                                          .task = i,
                                          .value = 1 + (seed >> 8) % 50,
                                          .on = LAB_ON_SLEEP},
                       NULL);
    }
    lab_state_go(state, TASKS);
    for (lab_time time = 0; time <= 51; time++) {
        lab_state_pass(state, time);
        for (size_t i = 0; i < TASKS; i++) {
            const struct lab_state_task *task = lab_state_task_at(state, i);
            CHECK_INT(task->is,
                      task->deadline <= time ? LAB_IS_READY : LAB_IS_WAITING);
        }
    }
    lab_state_free(state);
    lab_record_free(record);
}

static void check_idle(const struct lab_comparison *comparison,
                       const struct lab_run *run) {
    struct lab_state *state = lab_state_new(run->record);
    (void)comparison;
    lab_state_go(state, SIZE_MAX);
    for (size_t i = 0; i < state->tasks.count; i++)
        CHECK_INT(lab_state_task_at(state, i)->is, LAB_IS_ENDED);
    CHECK_INT(state->running, 0);
    lab_state_free(state);
}

TEST(in_the_end_of_every_demo_nothing_lives) {
    with_runs(check_idle);
}

TEST(a_cancel_is_asked_for_before_it_is_heard) {
    struct lab_record *record = lab_record_new();
    struct lab_state *state = lab_state_new(record);
    ADD(record, SPAWN, 0, 1, "one");
    ADD(record, CANCEL, 0, 1, "why");
    ADD(record, DELIVER, 0, 1, NULL);
    lab_state_go(state, 2);
    CHECK(lab_state_task(state, 1)->cancelled);
    CHECK(!lab_state_task(state, 1)->delivered);
    lab_state_go(state, 3);
    CHECK(lab_state_task(state, 1)->delivered);
    lab_state_free(state);
    lab_record_free(record);
}

// Is task 1 to stop, and was it told, after [at] events?
static void check_asked(struct lab_state *state, size_t at, bool cancelled,
                        bool delivered) {
    lab_state_go(state, at);
    CHECK_INT(lab_state_task(state, 1)->cancelled, cancelled);
    CHECK_INT(lab_state_task(state, 1)->delivered, delivered);
}

TEST(a_task_is_to_stop_until_each_cancel_is_taken_back) {
    struct lab_record *record = lab_record_new();
    struct lab_state *state = lab_state_new(record);
    ADD(record, CANCEL, 0, 1, NULL);
    ADD(record, CANCEL, 0, 1, NULL);
    ADD(record, DELIVER, 0, 1, NULL);
    lab_record_add(
        record,
        (struct lab_event){.kind = LAB_EVENT_UNCANCEL, .task = 1, .value = 1},
        NULL);
    ADD(record, UNCANCEL, 0, 1, NULL);
    ADD(record, CANCEL, 0, 1, NULL);
    check_asked(state, 3, true, true);
    check_asked(state, 4, true, true);
    check_asked(state, 5, false, false);
    CHECK(lab_state_task(state, 1)->forgiven);
    check_asked(state, 6, true, false);
    check_asked(state, 4, true, true);
    lab_state_free(state);
    lab_record_free(record);
}

TEST(a_task_that_heard_of_the_cancel_of_another_has_not_heard_its_own) {
    struct lab_record *record = lab_record_new();
    struct lab_state *state = lab_state_new(record);
    ADD(record, DELIVER, 0, 1, NULL);
    ADD(record, CANCEL, 0, 1, NULL);
    check_asked(state, 2, true, false);
    lab_state_free(state);
    lab_record_free(record);
}

TEST(a_worker_has_a_job_until_that_is_done) {
    struct lab_record *record = record_pool(2);
    struct lab_state *state = lab_state_new(record);
    size_t busy = 0, most = 0;
    for (size_t n = 0; n <= lab_record_count(record); n++) {
        lab_state_go(state, n);
        busy = 0;
        for (uint32_t w = 1; w <= 2; w++)
            busy +=
                lab_state_worker(state, w) && lab_state_worker(state, w)->job;
        most = busy > most ? busy : most;
    }
    CHECK_INT(most, 2);
    CHECK_INT(busy, 0);
    for (uint32_t job = 1; job <= 8; job++)
        CHECK_INT(lab_state_job(state, job)->is, LAB_IS_ENDED);
    lab_state_free(state);
    lab_record_free(record);
}
