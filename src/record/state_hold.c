// state_hold.c - who holds a lock or a mutex, who holds the permits of a
// semaphore, and which workers wait.
//
//     semaphore.first --> hold --> hold --> hold <-- semaphore.last
//                         t2       t3       t2
//
// A hold is one permit of one task; the one that is held longest comes first.
// Holds that are over stay in the list of all, in no chain.

#include "record/state_internal.h"

// --- permits

static struct lab_state_hold *hold_at(const struct lab_state *state,
                                      uint32_t number) {
    return number ? lab_numbered_at(&state->holds, number - 1) : NULL;
}

static void take(struct lab_state *state, uint32_t number, uint32_t task) {
    uint32_t next = (uint32_t)state->holds.count + 1;
    struct lab_state_hold *hold = lab_numbered_need(&state->holds, next);
    struct lab_state_semaphore *semaphore =
        lab_numbered_need(&state->semaphores, number);
    hold->task = task;
    hold->before = semaphore->last;
    if (semaphore->last)
        hold_at(state, semaphore->last)->next = next;
    else
        semaphore->first = next;
    semaphore->last = next;
}

static void unlink_hold(const struct lab_state *state,
                        struct lab_state_semaphore *semaphore,
                        const struct lab_state_hold *hold) {
    if (hold->before)
        hold_at(state, hold->before)->next = hold->next;
    else
        semaphore->first = hold->next;
    if (hold->next)
        hold_at(state, hold->next)->before = hold->before;
    else
        semaphore->last = hold->before;
}

// --- workers

static struct lab_state_worker *worker_of(struct lab_state *state,
                                          const struct lab_event *event) {
    return lab_numbered_need(&state->workers, event->worker);
}

static void wait_for(struct lab_state *state, const struct lab_event *event,
                     enum lab_event_on kind) {
    struct lab_state_worker *worker = worker_of(state, event);
    worker->wait_kind = (uint8_t)kind;
    worker->awaited = event->other;
    lab_state_turn_worker(state, worker, LAB_IS_WAITING);
}

static void go_on(struct lab_state *state, const struct lab_event *event) {
    struct lab_state_worker *worker = worker_of(state, event);
    if (worker->is == LAB_IS_WAITING)
        lab_state_turn_worker(state, worker, LAB_IS_RUNNING);
}

void lab_state_on_ask(struct lab_state *state, const struct lab_event *event) {
    wait_for(state, event, LAB_ON_TASK);
}

void lab_state_on_answer(struct lab_state *state,
                         const struct lab_event *event) {
    go_on(state, event);
}

void lab_state_on_want(struct lab_state *state, const struct lab_event *event) {
    wait_for(state, event, LAB_ON_MUTEX);
}

static void hold_mutex(struct lab_state *state, const struct lab_event *event) {
    struct lab_state_mutex *mutex =
        lab_numbered_need(&state->mutexes, event->other);
    mutex->holder = event->worker;
    go_on(state, event);
}

// --- all of them

void lab_state_on_hold(struct lab_state *state, const struct lab_event *event) {
    if (event->on == LAB_ON_SEMAPHORE) {
        take(state, event->other, event->task);
        return;
    }
    if (event->on == LAB_ON_MUTEX) {
        hold_mutex(state, event);
        return;
    }
    struct lab_state_lock *lock =
        lab_numbered_need(&state->locks, event->other);
    lock->holder = event->task;
}

// Where others release than those who acquire, nobody is said to hold anything:
// the permits are then no seats, but count something.
static void give_back(struct lab_state *state, const struct lab_event *event) {
    struct lab_state_semaphore *semaphore =
        lab_numbered_need(&state->semaphores, event->other);
    struct lab_state_hold *hold = hold_at(state, semaphore->first);
    while (hold && hold->task != event->task)
        hold = hold_at(state, hold->next);
    if (hold)
        unlink_hold(state, semaphore, hold);
    else
        semaphore->counts = true;
}

void lab_state_on_release(struct lab_state *state,
                          const struct lab_event *event) {
    struct lab_state_mutex *mutex;
    if (event->on == LAB_ON_SEMAPHORE) {
        give_back(state, event);
    } else if (event->on == LAB_ON_MUTEX) {
        mutex = lab_numbered_need(&state->mutexes, event->other);
        mutex->holder = 0;
    }
}

const struct lab_state_worker *
lab_state_waiting_worker(const struct lab_state *state, uint32_t job) {
    const struct lab_state_job *its = lab_state_job(state, job);
    const struct lab_state_worker *worker =
        its ? lab_state_worker(state, its->worker) : NULL;
    return worker && worker->is == LAB_IS_WAITING && worker->job == job ? worker
                                                                        : NULL;
}

const struct lab_state_worker *
lab_state_mutex_holder(const struct lab_state *state, uint32_t number) {
    const struct lab_state_mutex *mutex =
        lab_numbered_find(&state->mutexes, number);
    return mutex ? lab_state_worker(state, mutex->holder) : NULL;
}

void lab_state_holders(const struct lab_state *state, uint32_t number,
                       bool (*visit)(void *arg, uint32_t task), void *arg) {
    const struct lab_state_semaphore *semaphore =
        lab_numbered_find(&state->semaphores, number);
    if (!semaphore || semaphore->counts)
        return;
    const struct lab_state_hold *hold = hold_at(state, semaphore->first);
    while (hold && visit(arg, hold->task))
        hold = hold_at(state, hold->next);
}
