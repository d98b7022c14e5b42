// state_due.c - time that passes while nothing happens: deadlines that come
// due.
//
// The deadlines of waits are in a binary heap, the earliest first.
// A wait that ended before its deadline stays in the heap until that has
// passed; who takes it out sees by its event that it is an old one.

#include "base/alloc.h"
#include "record/state_internal.h"

struct lab_state_dues {
    struct lab_state_due *items;
    size_t count, room;
};

struct lab_state_dues *lab_state_dues_new(void) {
    return lab_alloc(sizeof(struct lab_state_dues));
}

void lab_state_dues_free(struct lab_state_dues *dues) {
    lab_free(dues->items);
    lab_free(dues);
}

void lab_state_dues_forget(struct lab_state_dues *dues) {
    dues->count = 0;
}

// Of equal deadlines the one that was set first is due first.
static bool before(const struct lab_state_due *a,
                   const struct lab_state_due *b) {
    return a->deadline != b->deadline ? a->deadline < b->deadline
                                      : a->event < b->event;
}

void lab_state_dues_add(struct lab_state_dues *dues, struct lab_state_due due) {
    if (due.deadline <= 0 || due.deadline >= LAB_FOREVER)
        return;
    dues->items =
        lab_grow(dues->items, dues->count, &dues->room, sizeof *dues->items);
    size_t at = dues->count++;
    while (at > 0 && before(&due, &dues->items[(at - 1) / 2])) {
        dues->items[at] = dues->items[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    dues->items[at] = due;
}

bool lab_state_dues_take(struct lab_state_dues *dues, lab_time until,
                         struct lab_state_due *due) {
    if (dues->count == 0 || dues->items[0].deadline > until)
        return false;
    *due = dues->items[0];
    struct lab_state_due last = dues->items[--dues->count];
    size_t at = 0, next;
    while ((next = 2 * at + 1) < dues->count) {
        if (next + 1 < dues->count &&
            before(&dues->items[next + 1], &dues->items[next]))
            next++;
        if (before(&last, &dues->items[next]))
            break;
        dues->items[at] = dues->items[next];
        at = next;
    }
    if (dues->count > 0)
        dues->items[at] = last;
    return true;
}

// --- what that makes of tasks

void lab_state_overtake(struct lab_state *state, lab_time until) {
    struct lab_state_due due;
    while (lab_state_dues_take(state->dues, until, &due)) {
        struct lab_state_task *task =
            lab_numbered_find(&state->tasks, due.task);
        if (!task || task->wait != due.event || !lab_is_waiting(task->is))
            continue;
        task->since = due.deadline > task->since ? due.deadline : task->since;
        lab_state_turn(state, &task->is, LAB_IS_READY,
                       (struct lab_change){.who = LAB_WHO_TASK,
                                           .number = task->number,
                                           .event = due.event,
                                           .time = task->since});
    }
}

void lab_state_pass(struct lab_state *state, lab_time time) {
    if (time <= state->now)
        return;
    lab_state_kin_forget(state->kin);
    lab_state_overtake(state, time);
    state->now = time;
}
