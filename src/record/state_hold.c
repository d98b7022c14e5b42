// state_hold.c - who holds a lock, a mutex or the interpreter lock, who holds
// the permits of a semaphore, and which threads wait.
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
    worker->was = worker->is;
    worker->wanted = state->time;
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

static void hold_mutex(struct lab_state *state, const struct lab_event *event) {
    struct lab_state_mutex *mutex =
        lab_numbered_need(&state->mutexes, event->other);
    mutex->holder = event->worker;
    go_on(state, event);
}

// --- the interpreter lock

// A thread that slept has woken; one that computed continues.
static enum lab_is with_lock(uint8_t was) {
    return was == LAB_IS_BLOCKED ? LAB_IS_RUNNING : (enum lab_is)was;
}

static lab_time later(lab_time held_till, lab_time by) {
    return held_till ? lab_time_plus(held_till, by) : 0;
}

static struct lab_state_task *running(const struct lab_state *state) {
    return state->running ? lab_numbered_find(&state->tasks, state->running)
                          : NULL;
}

// The loop's thread stands still, and with it the task that has it.
static void stop_loop(struct lab_state *state) {
    struct lab_state_task *task = running(state);
    state->interpreter.was = state->loop;
    state->interpreter.wanted = state->time;
    if (task) {
        task->wait_kind = LAB_ON_INTERPRETER;
        task->other = 0;
        lab_state_turn_task(state, task, LAB_IS_WAITING, false);
    }
    lab_state_turn_loop(state, LAB_IS_WAITING);
}

static void continue_loop(struct lab_state *state) {
    struct lab_state_task *task = running(state);
    enum lab_is is = with_lock(state->interpreter.was);
    if (state->loop != LAB_IS_WAITING)
        return;
    if (task && task->is == LAB_IS_WAITING &&
        task->wait_kind == LAB_ON_INTERPRETER) {
        task->held_till =
            later(task->held_till, state->time - state->interpreter.wanted);
        lab_state_turn_task(state, task, is, false);
    }
    lab_state_turn_loop(state, is);
}

static void continue_worker(const struct lab_state *state,
                            struct lab_state_worker *worker) {
    if (worker->is != LAB_IS_WAITING || worker->wait_kind != LAB_ON_INTERPRETER)
        return;
    worker->held_till = later(worker->held_till, state->time - worker->wanted);
    lab_state_turn_worker(state, worker, with_lock(worker->was));
}

static void hold_interpreter(struct lab_state *state,
                             const struct lab_event *event) {
    // Under the real clock what threads do is written a little later.
    if (event->time >= state->interpreter.since) {
        state->interpreter.held = true;
        state->interpreter.worker = event->worker;
        state->interpreter.since = event->time;
    }
    if (event->worker)
        continue_worker(state, worker_of(state, event));
    else
        continue_loop(state);
}

// --- all of them

void lab_state_on_want(struct lab_state *state, const struct lab_event *event) {
    if (event->on != LAB_ON_INTERPRETER)
        wait_for(state, event, LAB_ON_MUTEX);
    else if (event->worker)
        wait_for(state, event, LAB_ON_INTERPRETER);
    else
        stop_loop(state);
}

void lab_state_on_hold(struct lab_state *state, const struct lab_event *event) {
    if (event->on == LAB_ON_SEMAPHORE) {
        take(state, event->other, event->task);
        return;
    }
    if (event->on == LAB_ON_MUTEX) {
        hold_mutex(state, event);
        return;
    }
    if (event->on == LAB_ON_INTERPRETER) {
        hold_interpreter(state, event);
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

const struct lab_state_worker *lab_state_holder(const struct lab_state *state,
                                                unsigned on, uint32_t number) {
    const struct lab_state_mutex *mutex =
        lab_numbered_find(&state->mutexes, number);
    if (on == LAB_ON_INTERPRETER)
        return lab_state_worker(state, state->interpreter.worker);
    return on == LAB_ON_MUTEX && mutex ? lab_state_worker(state, mutex->holder)
                                       : NULL;
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
