// gather.c - outcomes, and waiting for one or several of them.
//
// An outcome keeps a list of waiters. A waiter lies on the stack of the task
// that waits and belongs to its gathering, which counts what is still left:
//
//     outcome --> waiter --> gathering --> task
//     outcome --> waiter ----^

#include "core/state.h"

#include "base/alloc.h"

void lab_outcome_init(struct outcome *outcome) {
    lab_list_init(&outcome->waiters);
}

void lab_outcome_set(struct outcome *outcome, int result) {
    struct lab_list *node;
    outcome->over = true;
    outcome->result = result;
    while ((node = lab_list_pop(&outcome->waiters))) {
        struct gathering *g =
            lab_list_item(node, struct waiter, node)->gathering;
        if (result < 0 && !g->error)
            g->error = result;
        if (--g->left == 0 || g->error)
            lab_task_wake(g->task, 0);
    }
}

// Adds a waiter for [outcome], unless it is over already. Not inlined: gcc
// would see a list keep the address of a local, and not that we wait here
// until the list lets go of it.
__attribute__((noinline)) static void
join(struct gathering *g, struct waiter *waiter, struct outcome *outcome) {
    *waiter = (struct waiter){.gathering = g};
    if (outcome->over) {
        if (outcome->result < 0 && !g->error)
            g->error = outcome->result;
        return;
    }
    g->left++;
    lab_list_push(&outcome->waiters, &waiter->node);
}

int lab_outcome_wait(struct outcome *outcome, enum lab_event_on on,
                     unsigned other) {
    struct gathering g = {.task = lab_self()};
    struct waiter waiter;
    int rc = 0;
    join(&g, &waiter, outcome);
    while (g.left && rc == 0)
        rc = lab_task_wait(on, other, LAB_FOREVER, 0);
    lab_list_remove(&waiter.node);
    return rc;
}

void lab_outcome_wait_shielded(struct outcome *outcome, enum lab_event_on on,
                               unsigned other) {
    struct gathering g = {.task = lab_self()};
    struct waiter waiter;
    join(&g, &waiter, outcome);
    while (g.left && lab_task_wait_shielded(on, other) == 0)
        ;
    lab_list_remove(&waiter.node);
}

// Stops the tasks that still run, and waits for that whatever happens: they
// use what the caller owns.
static void wind_up(struct gathering *g, lab_task *const *tasks,
                    struct waiter *waiters, size_t count) {
    for (size_t i = 0; i < count; i++)
        lab_cancel(tasks[i]);
    while (g->left && lab_task_wait_shielded(LAB_ON_TASKS, 0) == 0)
        ;
    for (size_t i = 0; i < count; i++)
        lab_list_remove(&waiters[i].node);
}

static int gather(lab_task *const *tasks, size_t count,
                  struct waiter *waiters) {
    lab_task *self = lab_self();
    struct gathering g = {.task = self};
    if (!self)
        return LAB_EPERM;
    int rc = self->cancelled ? LAB_ECANCELED : 0;
    for (size_t i = 0; i < count; i++)
        if (tasks[i] == self)
            return LAB_EDEADLK;
    for (size_t i = 0; i < count; i++)
        join(&g, &waiters[i], &tasks[i]->end);
    while (rc == 0 && g.left && !g.error)
        rc = count == 1
                 ? lab_task_wait(LAB_ON_TASK, tasks[0]->number, LAB_FOREVER, 0)
                 : lab_task_wait(LAB_ON_TASKS, 0, LAB_FOREVER, 0);
    if (rc < 0 || g.error)
        wind_up(&g, tasks, waiters, count);
    return rc < 0 ? rc : g.error;
}

int lab_gather(lab_task *const *tasks, size_t count) {
    struct waiter *waiters = lab_alloc(count * sizeof *waiters);
    int rc = gather(tasks, count, waiters);
    lab_free(waiters);
    return rc;
}

int lab_await(lab_task *task) {
    struct waiter waiter;
    int rc = gather(&task, 1, &waiter);
    return rc < 0 ? rc : task->end.result;
}
