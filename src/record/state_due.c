// state_due.c - time that passes while nothing happens: deadlines that come
// due.
//
// A wait that ended before its deadline stays in the heap until the deadline
// has passed. Its event then shows that it is an old one.

#include "base/alloc.h"
#include "base/heap.h"
#include "record/state_internal.h"

// The key is the deadline, the sequence the event of the wait.
struct due {
    struct lab_heap_node node;
    uint32_t task;
};

struct lab_heap *lab_state_dues_new(void) {
    return lab_alloc(sizeof(struct lab_heap));
}

void lab_state_dues_free(struct lab_heap *dues) {
    lab_state_dues_forget(dues);
    lab_heap_free(dues);
    lab_free(dues);
}

void lab_state_dues_add(struct lab_heap *dues,
                        const struct lab_state_task *task) {
    if (task->deadline <= 0 || task->deadline >= LAB_FOREVER)
        return;
    struct due *due = lab_alloc(sizeof *due);
    due->node.key = task->deadline;
    due->node.sequence = task->wait;
    due->task = task->number;
    lab_heap_push(dues, &due->node);
}

// Moves the earliest to *[due], if it is not later than [until].
static bool take(struct lab_heap *dues, lab_time until, struct due *due) {
    struct lab_heap_node *node = lab_heap_least(dues);
    if (!node || node->key > until)
        return false;
    lab_heap_remove(dues, node);
    *due = *(struct due *)(void *)node;
    lab_free(node);
    return true;
}

void lab_state_dues_forget(struct lab_heap *dues) {
    struct due due;
    while (take(dues, LAB_FOREVER, &due))
        continue;
}

void lab_state_overtake(struct lab_state *state, lab_time until) {
    struct due due;
    while (take(state->dues, until, &due)) {
        struct lab_state_task *task =
            lab_numbered_find(&state->tasks, due.task);
        if (!task || task->wait != due.node.sequence ||
            !lab_is_waiting(task->is))
            continue;
        if (task->since < due.node.key)
            task->since = due.node.key;
        lab_state_turn(state, &task->is, LAB_IS_READY,
                       (struct lab_change){.who = LAB_WHO_TASK,
                                           .number = task->number,
                                           .event = task->wait,
                                           .time = task->since});
        lab_state_follow(state, task);
    }
}

void lab_state_pass(struct lab_state *state, lab_time time) {
    if (time <= state->now)
        return;
    lab_state_kin_forget(state->kin);
    lab_state_overtake(state, time);
    state->now = time;
}
