#include "core/wait.h"

#include "base/alloc.h"
#include "core/park_internal.h"

#include <string.h>

// --- lab_wait

// Puts the tasks that have ended first.
static size_t partition(lab_task **tasks, size_t count) {
    lab_task **pending = lab_alloc(count * sizeof *pending);
    size_t done = 0, left = 0;
    for (size_t i = 0; i < count; i++)
        if (tasks[i]->end.over)
            tasks[done++] = tasks[i];
        else
            pending[left++] = tasks[i];
    memcpy(tasks + done, pending, left * sizeof *pending);
    lab_free(pending);
    return done;
}

static int wait_for_some(struct gathering *g, lab_task *const *tasks,
                         size_t count, lab_time deadline) {
    struct waiter *waiters = lab_alloc(count * sizeof *waiters);
    for (size_t i = 0; i < count; i++)
        lab_gathering_join_task(g, &waiters[i], tasks[i]);
    int rc = lab_gathering_wait(g, LAB_ON_TASKS, 0, deadline);
    for (size_t i = 0; i < count; i++)
        lab_list_remove(&waiters[i].node);
    lab_free(waiters);
    return rc;
}

int lab_wait(lab_task **tasks, size_t count, enum lab_when when,
             lab_time timeout) {
    struct gathering g = {.task = lab_self(), .when = when};
    LAB_TRY(lab_task_check());
    if (count == 0)
        return 0;
    for (size_t i = 0; i < count; i++)
        if (tasks[i] == g.task)
            return LAB_EDEADLK;
    int rc = wait_for_some(&g, tasks, count, lab_task_deadline(timeout));
    if (rc < 0 && rc != LAB_ETIMEDOUT)
        return rc;
    return (int)partition(tasks, count);
}

// --- as completed

struct entry {
    struct waiter waiter; // its node is in the outcome's list, or in [ended]
    lab_task *task;
};

struct lab_completed {
    struct owned owned;
    struct lab_list ended; // of struct entry, not yet handed out
    lab_task *waiting;     // the task that waits for the next, or NULL
    size_t left;           // not yet handed out
    size_t count;
    struct entry entries[];
};

static void on_end(struct waiter *waiter, struct outcome *outcome) {
    lab_completed *it = waiter->owner;
    (void)outcome;
    lab_list_push(&it->ended, &waiter->node);
    if (it->waiting)
        lab_task_wake(it->waiting, 0);
}

static void free_owned(struct owned *owned) {
    lab_completed *it = lab_list_item(owned, lab_completed, owned);
    for (size_t i = 0; i < it->count; i++)
        lab_list_remove(&it->entries[i].waiter.node);
    lab_free(it);
}

lab_completed *lab_as_completed(lab_task *const *tasks, size_t count) {
    if (!lab_self())
        return NULL;
    lab_completed *it = lab_alloc(sizeof *it + count * sizeof *it->entries);
    it->left = it->count = count;
    lab_list_init(&it->ended);
    lab_task_own(&it->owned, free_owned);
    for (size_t i = 0; i < count; i++) {
        it->entries[i].task = tasks[i];
        lab_task_note_join(lab_self(), tasks[i]);
        lab_outcome_join(&tasks[i]->end, &it->entries[i].waiter, on_end, it);
    }
    return it;
}

void lab_completed_free(lab_completed *it) {
    if (!it)
        return;
    lab_loop_check();
    lab_list_remove(&it->owned.node);
    free_owned(&it->owned);
}

// A task that ended at the same time as a cancel is handed out; the cancel is
// heard later.
static int wait_for_next(lab_completed *it) {
    lab_task *self = lab_self();
    int rc = 0;
    it->waiting = self;
    self->need = 1;
    while (rc == 0 && lab_list_empty(&it->ended))
        rc = lab_task_wait_unheard(LAB_ON_TASKS, 0, LAB_FOREVER, 0);
    self->need = 0;
    it->waiting = NULL;
    if (!lab_list_empty(&it->ended))
        return 0;
    lab_task_hear(self, rc);
    return rc;
}

int lab_completed_next(lab_completed *it, lab_task **task) {
    if (!it)
        return LAB_EPERM;
    if (it->left == 0) {
        lab_completed_free(it);
        return 0;
    }
    LAB_TRY(lab_task_check());
    if (it->waiting)
        return LAB_EBUSY;
    LAB_TRY(wait_for_next(it));
    struct lab_list *node = lab_list_pop(&it->ended);
    *task = lab_list_item(node, struct entry, waiter.node)->task;
    it->left--;
    return 1;
}
