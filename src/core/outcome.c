// outcome.c - something that ends once, and the waiters that are told.
//
// An outcome tells its waiters in the order in which they came. A waiter is
// usually on the stack of the task that waits. It then belongs to a gathering,
// which counts the outcomes that are still open:
//
//     outcome --> waiter --> gathering --> task
//     outcome --> waiter ----^

#include "core/outcome_internal.h"

#include "core/park_internal.h"

void lab_outcome_init(struct outcome *outcome) {
    lab_list_init(&outcome->waiters);
}

void lab_outcome_set(struct outcome *outcome, int result) {
    struct lab_list *node;
    outcome->over = true;
    outcome->result = result;
    while ((node = lab_list_pop(&outcome->waiters))) {
        struct waiter *waiter = lab_list_item(node, struct waiter, node);
        waiter->tell(waiter, outcome);
    }
}

// Not inlined: gcc would see a list keep the address of a local, and not that
// we wait until the list lets go of it.
__attribute__((noinline)) void lab_outcome_join(struct outcome *outcome,
                                                struct waiter *waiter,
                                                lab_tell_fn *tell,
                                                void *owner) {
    *waiter = (struct waiter){.tell = tell, .owner = owner};
    if (outcome->over)
        tell(waiter, outcome);
    else
        lab_list_push(&outcome->waiters, &waiter->node);
}

// --- gatherings

static bool enough(const struct gathering *g) {
    switch (g->when) {
    case LAB_FIRST_COMPLETED:
        return g->ended > 0;
    case LAB_FIRST_ERROR:
        return g->error || g->ended == g->joined;
    case LAB_ALL_COMPLETED:
        break;
    }
    return g->ended == g->joined;
}

// A cancel that we asked for ourselves is not a failure.
static void tell(struct waiter *waiter, struct outcome *outcome) {
    struct gathering *g = waiter->owner;
    int result = outcome->result;
    g->ended++;
    g->failed += result < 0;
    if (result < 0 && !g->error && !(g->winding_up && result == LAB_ECANCELED))
        g->error = outcome;
    if (enough(g))
        lab_task_wake(g->task, 0);
}

void lab_gathering_join(struct gathering *g, struct waiter *waiter,
                        struct outcome *outcome) {
    g->joined++;
    lab_outcome_join(outcome, waiter, tell, g);
}

void lab_gathering_join_task(struct gathering *g, struct waiter *waiter,
                             lab_task *task) {
    if (g->task && g->task->run->record)
        lab_task_note_join(g->task, task);
    lab_gathering_join(g, waiter, &task->end);
}

// Has the record say how many of several must end, until [g] is NULL.
static void need(const struct gathering *g, enum lab_event_on on) {
    lab_task *task = lab_task_self();
    if (!task || on != LAB_ON_TASKS)
        return;
    size_t count = !g ? 0 : g->when == LAB_FIRST_COMPLETED ? 1 : g->joined;
    task->need = count & LAB_NEED_MOST;
}

// A result goes before a cancel, which then was not heard yet: the next wait
// will fail.
int lab_gathering_wait(struct gathering *g, enum lab_event_on on,
                       unsigned other, lab_time deadline) {
    int rc = 0;
    need(g, on);
    while (rc == 0 && !enough(g))
        rc = lab_task_wait_unheard(on, other, deadline, LAB_ETIMEDOUT);
    need(NULL, on);
    if (rc == 0 || enough(g))
        return 0;
    if (g->task)
        lab_task_hear(g->task, rc);
    return rc;
}

int lab_gathering_wind_up(struct gathering *g, enum lab_event_on on,
                          unsigned other) {
    int rc = 0;
    g->when = LAB_ALL_COMPLETED;
    need(g, on);
    while (rc == 0 && !enough(g))
        rc = lab_task_wait_shielded(on, other);
    need(NULL, on);
    return rc;
}

// --- waiting for one

int lab_outcome_wait(struct outcome *outcome, enum lab_event_on on,
                     unsigned other) {
    struct gathering g = {.task = lab_self()};
    struct waiter waiter;
    lab_gathering_join(&g, &waiter, outcome);
    int rc = lab_gathering_wait(&g, on, other, LAB_FOREVER);
    lab_list_remove(&waiter.node);
    return rc;
}

void lab_outcome_wait_shielded(struct outcome *outcome, enum lab_event_on on,
                               unsigned other) {
    struct gathering g = {.task = lab_self()};
    struct waiter waiter;
    lab_gathering_join(&g, &waiter, outcome);
    // Negative only when a deadlock is broken, which the run reports.
    lab_ignore(lab_gathering_wind_up(&g, on, other));
    lab_list_remove(&waiter.node);
}
