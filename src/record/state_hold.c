// state_hold.c - who holds a lock, and who holds the permits of a semaphore.
//
//     semaphore.first --> hold --> hold --> hold <-- semaphore.last
//                         t2       t3       t2
//
// A hold is one permit of one task; the one that is held longest comes first.
// Holds that are over stay in the list of all, in no chain.

#include "record/state_internal.h"

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

void lab_state_on_hold(struct lab_state *state, const struct lab_event *event) {
    if (event->on == LAB_ON_SEMAPHORE) {
        take(state, event->other, event->task);
        return;
    }
    struct lab_state_lock *lock =
        lab_numbered_need(&state->locks, event->other);
    lock->holder = event->task;
}

// Where others release than those who acquire, nobody is said to hold anything:
// the permits are then no seats, but count something.
void lab_state_on_release(struct lab_state *state,
                          const struct lab_event *event) {
    if (event->on != LAB_ON_SEMAPHORE)
        return;
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
