#include "core/group.h"

#include "base/alloc.h"
#include "core/park_internal.h"

struct lab_group {
    struct owned owned;
    lab_task *maker;
    struct lab_list members; // of struct member, oldest first
    size_t living;
    unsigned number;
    int error;     // the first failure in time
    bool waiting;  // the maker is in lab_group_wait
    bool stopping; // takes no more members
    bool cut;      // a member has heard that it must stop
};

struct member {
    struct waiter waiter;
    struct lab_list node; // in the group's list
    lab_task *task;
};

static void free_owned(struct owned *owned) {
    lab_group *group = lab_list_item(owned, lab_group, owned);
    lab_free(group);
}

lab_group *lab_group_new(void) {
    lab_task *self = lab_self();
    if (!self)
        return NULL;
    lab_group *group = lab_alloc(sizeof *group);
    group->maker = self;
    group->number = ++self->run->groups;
    lab_list_init(&group->members);
    lab_task_own(&group->owned, free_owned);
    return group;
}

static void stop(lab_group *group, const char *reason) {
    group->stopping = true;
    lab_list_each(node, &group->members)
        lab_cancel_because(lab_list_item(node, struct member, node)->task,
                           reason);
}

// A member's error counts as read if it becomes the group's error. To end with
// a cancel is no error, whoever asked for it.
static void on_end(struct waiter *waiter, struct outcome *outcome) {
    struct member *member = lab_list_item(waiter, struct member, waiter);
    lab_group *group = waiter->owner;
    group->cut |= member->task->heard;
    lab_list_remove(&member->node);
    group->living--;
    if (outcome->result == LAB_ECANCELED) {
        lab_task_read(member->task);
    } else if (outcome->result < 0 && !group->error) {
        lab_task_read(member->task);
        group->error = outcome->result;
        stop(group, "a sibling failed");
    }
    lab_free(member);
    if (group->living == 0 && group->waiting)
        lab_task_wake(group->maker, 0);
}

int lab_group_spawn_here(lab_group *group, const char *name, lab_fn *fn,
                         void *arg) {
    lab_task *maker = group->maker;
    lab_loop_check();
    if (group->stopping || maker->returned)
        return LAB_ECANCELED;
    struct member *member = lab_alloc(sizeof *member);
    lab_task *task =
        lab_task_new(maker->run, maker, lab_here, name, fn, arg, 0);
    member->task = task;
    task->detached = true;
    lab_run_event(maker->run,
                  (struct lab_event){.kind = LAB_EVENT_JOIN,
                                     .on = LAB_ON_GROUP,
                                     .task = task->number,
                                     .other = group->number},
                  NULL);
    group->living++;
    lab_list_push(&group->members, &member->node);
    lab_outcome_join(&task->end, &member->waiter, on_end, group);
    return 0;
}

void lab_group_cancel(lab_group *group) {
    lab_loop_check();
    stop(group, "its group was cancelled");
}

size_t lab_group_living(const lab_group *group) {
    return group->living;
}

// Waits until all members have ended. A result goes before a cancel, unless the
// cancel cut something short, or the wait was refused.
static int wait_for_all(lab_group *group) {
    int rc = lab_task_check(), broken = 0;
    bool was_refused = rc < 0;
    while (rc == 0 && group->living > 0)
        rc = lab_task_wait_unheard(LAB_ON_GROUP, group->number, LAB_FOREVER, 0);
    if (!was_refused && group->living == 0)
        return 0;
    lab_task_hear(group->maker, rc);
    group->cut = false;
    stop(group, "its group's maker was stopped");
    while (broken == 0 && group->living > 0)
        broken = lab_task_wait_shielded(LAB_ON_GROUP, group->number);
    if (broken < 0)
        return broken;
    return was_refused || group->cut ? rc : 0;
}

int lab_group_wait(lab_group *group) {
    lab_task *self = lab_self();
    if (!group || group->maker != self)
        return LAB_EPERM;
    bool heard = self->heard;
    group->waiting = true;
    int rc = wait_for_all(group);
    group->waiting = false;
    if (rc == 0) // nothing was cut short, even if cancelled
        self->heard = heard;
    if (group->living > 0)
        return rc; // a deadlock was broken; our end frees the group
    if (group->error)
        rc = group->error;
    lab_list_remove(&group->owned.node);
    lab_free(group);
    return rc;
}
