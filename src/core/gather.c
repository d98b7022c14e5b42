// gather.c - waiting for tasks that we are responsible for: if the wait ends
// before they do, they are stopped, and have ended when it returns.

#include "base/alloc.h"
#include "core/park_internal.h"

// Why the tasks are told to stop.
static const char *reason(int rc) {
    if (rc == LAB_ETIMEDOUT)
        return "timed out";
    return rc < 0 ? "its awaiter was stopped" : "a sibling failed";
}

// A task that ended before it heard its cancel was not cut short: its result is
// as good as if we had been cancelled a little later.
static bool all_unheard(lab_task *const *tasks, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (tasks[i]->heard)
            return false;
    return true;
}

// Stops the tasks that still run, and waits until they have ended, whatever
// happens: they use memory of the caller. Returns [rc], or 0 if none was cut
// short by it.
static int wind_up(struct gathering *g, lab_task *const *tasks, size_t count,
                   int rc) {
    bool was_refused = g->winding_up;
    g->winding_up = rc < 0;
    for (size_t i = 0; i < count; i++)
        lab_cancel_because(tasks[i], reason(rc));
    int broken = count == 1
                     ? lab_gathering_wind_up(g, LAB_ON_TASK, tasks[0]->number)
                     : lab_gathering_wind_up(g, LAB_ON_TASKS, 0);
    if (broken < 0)
        return broken;
    return !was_refused && all_unheard(tasks, count) ? 0 : rc;
}

// Waits as [g]'s .when says. Returns 0 if the condition was met, else the
// reason; [g] has the failure, if there was one.
static int wait_for_all(struct gathering *g, lab_task *const *tasks,
                        size_t count, struct waiter *waiters,
                        lab_time deadline) {
    lab_task *self = lab_self();
    int rc = lab_task_check();
    if (rc == LAB_EPERM)
        return rc;
    for (size_t i = 0; i < count; i++)
        if (tasks[i] == self)
            return LAB_EDEADLK;
    bool heard = self->heard;
    g->task = self;
    g->winding_up = rc < 0; // a refused wait fails in any case
    for (size_t i = 0; i < count; i++)
        if (count == 1)
            lab_gathering_join(g, &waiters[i], &tasks[i]->end);
        else
            lab_gathering_join_task(g, &waiters[i], tasks[i]);
    if (rc == 0)
        rc = count == 1 ? lab_gathering_wait(g, LAB_ON_TASK, tasks[0]->number,
                                             deadline)
                        : lab_gathering_wait(g, LAB_ON_TASKS, 0, deadline);
    if (g->ended < g->joined)
        rc = wind_up(g, tasks, count, rc);
    for (size_t i = 0; i < count; i++)
        lab_list_remove(&waiters[i].node);
    if (rc == 0) // our own wait was not cut short either
        self->heard = heard;
    return rc;
}

static int gather(struct gathering *g, lab_task *const *tasks, size_t count) {
    struct waiter *waiters = lab_alloc(count * sizeof *waiters);
    int rc = wait_for_all(g, tasks, count, waiters, LAB_FOREVER);
    lab_free(waiters);
    return rc;
}

int lab_gather(lab_task *const *tasks, size_t count) {
    struct gathering g = {.when = LAB_FIRST_ERROR};
    int rc = gather(&g, tasks, count);
    if (!g.error)
        return rc;
    lab_task_read(lab_list_item(g.error, lab_task, end));
    return g.error->result;
}

int lab_gather_all(lab_task *const *tasks, size_t count) {
    struct gathering g = {.when = LAB_ALL_COMPLETED};
    int rc = gather(&g, tasks, count);
    if (rc < 0)
        return rc;
    for (size_t i = 0; i < count; i++)
        lab_task_read(tasks[i]);
    return (int)g.failed;
}

// The result of one task, after a wait for it that returned [rc].
static int result(struct gathering *g, lab_task *task, int rc) {
    if (rc < 0 && !g->error)
        return rc;
    lab_task_read(task);
    return task->end.result;
}

int lab_await(lab_task *task) {
    struct gathering g = {.when = LAB_ALL_COMPLETED};
    struct waiter waiter;
    int rc = wait_for_all(&g, &task, 1, &waiter, LAB_FOREVER);
    return result(&g, task, rc);
}

int lab_wait_for(lab_task *task, lab_time timeout) {
    struct gathering g = {.when = LAB_ALL_COMPLETED};
    struct waiter waiter;
    int rc = wait_for_all(&g, &task, 1, &waiter, lab_task_deadline(timeout));
    // A task that must also stop must not take this for a mere timeout.
    if (rc == LAB_ETIMEDOUT && lab_task_must_stop(lab_self()))
        rc = LAB_ECANCELED;
    return result(&g, task, rc);
}

int lab_await_shielded(lab_task *task) {
    LAB_TRY(lab_task_check());
    if (task == lab_self())
        return LAB_EDEADLK;
    LAB_TRY(lab_outcome_wait(&task->end, LAB_ON_TASK, task->number));
    lab_task_read(task);
    return task->end.result;
}
