// state_go.c - goes to any moment, and keeps copies of the state on the way.
//
//     events   0 ------- 4096 ------- 8192 ------- 12288 ---- n
//     copies             [1]          [2]          [3]
//
// Going back to n starts from the last copy before it. When the copies become
// too many or too large, every other one is dropped and the step between them
// doubles, so that their cost is bounded for every record.

#include "record/state.h"

#include "base/alloc.h"
#include "record/state_internal.h"

#include <string.h>

enum { SHOTS_MOST = 64, FIRST_STEP = 4096 };
#define BYTES_MOST ((size_t)64 << 20)

struct lab_state_shots {
    struct lab_state shots[SHOTS_MOST];
    size_t count, step;
};

// --- states, whole

static void copy_state(struct lab_state *to, const struct lab_state *from) {
    *to = *from;
    for (size_t i = 0; i < countof(to->lists); i++)
        to->lists[i] = lab_numbered_copy(&from->lists[i]);
}

static void free_state(struct lab_state *state) {
    for (size_t i = 0; i < countof(state->lists); i++)
        lab_numbered_free(&state->lists[i]);
}

// Resets the state to its beginning. The record, the listener and the copies
// stay.
static void begin_state(struct lab_state *state) {
    *state = (struct lab_state){
        .record = state->record,
        .labels = state->labels,
        .listener = state->listener,
        .arg = state->arg,
        .shots = state->shots,
        .kin = state->kin,
        .wakes = state->wakes,
        .dues = state->dues,
        .tasks.size = sizeof(struct lab_state_task),
        .jobs.size = sizeof(struct lab_state_job),
        .workers.size = sizeof(struct lab_state_worker),
        .pools.size = sizeof(struct lab_state_pool),
        .locks.size = sizeof(struct lab_state_lock),
        .gauges.size = sizeof(struct lab_state_gauge),
        .generators.size = sizeof(struct lab_state_generator),
        .semaphores.size = sizeof(struct lab_state_semaphore),
        .mutexes.size = sizeof(struct lab_state_mutex),
        .holds.size = sizeof(struct lab_state_hold),
    };
}

static size_t bytes_of(const struct lab_state *state) {
    size_t bytes = 0;
    for (size_t i = 0; i < countof(state->lists); i++)
        bytes += state->lists[i].count * state->lists[i].size;
    return bytes;
}

// --- copies

// Drops every other copy: those at odd multiples of the step.
static void thin(struct lab_state_shots *shots) {
    size_t kept = 0;
    for (size_t i = 0; i < shots->count; i++)
        if (i % 2)
            shots->shots[kept++] = shots->shots[i];
        else
            free_state(&shots->shots[i]);
    shots->count = kept;
    shots->step *= 2;
}

// Keeps a copy of the state if one is due here.
static void keep(const struct lab_state *state) {
    struct lab_state_shots *shots = state->shots;
    if (state->at != (shots->count + 1) * shots->step)
        return;
    // States only grow, so all are smaller than this one.
    while (shots->count > 0 &&
           (shots->count == SHOTS_MOST ||
            bytes_of(state) * (shots->count + 1) > BYTES_MOST))
        thin(shots);
    if (state->at == (shots->count + 1) * shots->step)
        copy_state(&shots->shots[shots->count++], state);
}

static void go_back(struct lab_state *state, size_t at) {
    const struct lab_state_shots *shots = state->shots;
    size_t i = at / shots->step;
    if (i > shots->count)
        i = shots->count;
    free_state(state);
    lab_state_kin_forget(state->kin);
    lab_state_dues_forget(state->dues);
    if (i == 0)
        begin_state(state);
    else
        copy_state(state, &shots->shots[i - 1]);
    for (size_t j = 0; j < state->tasks.count; j++) {
        const struct lab_state_task *task = lab_state_task_at(state, j);
        if (lab_is_waiting(task->is))
            lab_state_dues_add(state->dues, task);
    }
}

// --- what others call

struct lab_state *lab_state_new(const struct lab_record *record) {
    struct lab_state *state = lab_alloc(sizeof *state);
    state->record = record;
    state->shots = lab_alloc(sizeof *state->shots);
    state->shots->step = FIRST_STEP;
    state->labels = lab_labels_new(record);
    state->kin = lab_state_kin_new();
    state->wakes = lab_state_wakes_new();
    state->dues = lab_state_dues_new();
    begin_state(state);
    return state;
}

void lab_state_free(struct lab_state *state) {
    if (!state)
        return;
    for (size_t i = 0; i < state->shots->count; i++)
        free_state(&state->shots->shots[i]);
    lab_free(state->shots);
    lab_labels_free(state->labels);
    lab_state_kin_free(state->kin);
    lab_state_wakes_free(state->wakes);
    lab_state_dues_free(state->dues);
    free_state(state);
    lab_free(state);
}

void lab_state_go(struct lab_state *state, size_t at) {
    bool passed = at == state->at && state->now > state->time;
    if (at < state->at || passed)
        go_back(state, at);
    while (state->at < at && lab_state_next(state))
        keep(state);
}

// Earlier builds wrote no DEADLOCK. Instead the loop gave this reason when it
// cancelled the first task.
static bool is_deadlock(const struct lab_record *record,
                        const struct lab_event *event) {
    const char *text = lab_record_text(record, event);
    return event->kind == LAB_EVENT_DEADLOCK ||
           (event->kind == LAB_EVENT_CANCEL && event->other == 0 &&
            strcmp(text, "deadlock: every task waits") == 0);
}

size_t lab_state_deadlock(const struct lab_record *record) {
    for (size_t i = 0; i < lab_record_count(record); i++)
        if (is_deadlock(record, lab_record_at(record, i)))
            return i;
    return SIZE_MAX;
}

size_t lab_state_by(const struct lab_record *record, lab_time time) {
    size_t at = 0;
    while (at < lab_record_count(record) &&
           lab_record_at(record, at)->time <= time)
        at++;
    return at;
}
