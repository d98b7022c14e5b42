// replay_ask.c - what can be asked of a state: who is ready, whose timer is
// next, who is waited for. Such lists are made when they are asked for, so that
// an event costs the same however many tasks there are. Who belongs to whom is
// kept until the state changes, so that it may be asked of every task.

#include "base/alloc.h"
#include "view/replaying.h"

#include <stdlib.h>

const struct lab_replay_task *lab_replay_task(const struct lab_replay *replay,
                                              uint32_t number) {
    return lab_replay_find(&replay->tasks, number);
}

const struct lab_replay_job *lab_replay_job(const struct lab_replay *replay,
                                            uint32_t number) {
    return lab_replay_find(&replay->jobs, number);
}

const struct lab_replay_worker *
lab_replay_worker(const struct lab_replay *replay, uint32_t number) {
    return lab_replay_find(&replay->workers, number);
}

const struct lab_replay_lock *lab_replay_lock(const struct lab_replay *replay,
                                              uint32_t number) {
    return lab_replay_find(&replay->locks, number);
}

const struct lab_replay_task *
lab_replay_task_at(const struct lab_replay *replay, size_t index) {
    return (const void *)(replay->tasks.items + index * replay->tasks.size);
}

const char *lab_replay_name(const struct lab_replay *replay, uint32_t index) {
    return index ? lab_record_text(replay->record,
                                   lab_record_at(replay->record, index - 1))
                 : "";
}

bool lab_replay_is_ready(const struct lab_replay_task *task) {
    return task->state == LAB_REPLAY_NEW || task->state == LAB_REPLAY_READY;
}

static bool has_timer(const struct lab_replay_task *task) {
    return task->state == LAB_REPLAY_WAITING && task->deadline && !task->due;
}

static int by_place(const void *a, const void *b) {
    const struct lab_replay_task *one =
        *(const struct lab_replay_task *const *)a;
    const struct lab_replay_task *two =
        *(const struct lab_replay_task *const *)b;
    if (one->place != two->place)
        return one->place < two->place ? -1 : 1;
    return one->number < two->number ? -1 : one->number > two->number;
}

// Of equal deadlines the one that was set first is due first, and who set it
// first had run first; a task that is ready gets a place each time.
static int by_deadline(const void *a, const void *b) {
    const struct lab_replay_task *one =
        *(const struct lab_replay_task *const *)a;
    const struct lab_replay_task *two =
        *(const struct lab_replay_task *const *)b;
    if (one->deadline != two->deadline)
        return one->deadline < two->deadline ? -1 : 1;
    return by_place(a, b);
}

static size_t list_tasks(const struct lab_replay *replay,
                         bool (*wanted)(const struct lab_replay_task *task),
                         int (*order)(const void *a, const void *b),
                         const struct lab_replay_task ***list) {
    size_t count = 0, kept = 0;
    for (size_t i = 0; i < replay->tasks.count; i++)
        count += wanted(lab_replay_task_at(replay, i));
    *list = lab_alloc((count + 1) * sizeof **list);
    for (size_t i = 0; kept < count; i++)
        if (wanted(lab_replay_task_at(replay, i)))
            (*list)[kept++] = lab_replay_task_at(replay, i);
    qsort(*list, count, sizeof **list, order);
    return count;
}

size_t lab_replay_ready(const struct lab_replay *replay,
                        const struct lab_replay_task ***list) {
    return list_tasks(replay, lab_replay_is_ready, by_place, list);
}

size_t lab_replay_timers(const struct lab_replay *replay,
                         const struct lab_replay_task ***list) {
    return list_tasks(replay, has_timer, by_deadline, list);
}

// --- who waits for whom

struct visiting {
    lab_replay_visit *visit;
    void *arg;
    size_t count;
};

static void visit(struct visiting *v, const struct lab_replay_task *task) {
    if (!task || task->state == LAB_REPLAY_ENDED)
        return;
    v->count++;
    if (v->visit)
        v->visit(v->arg, task);
}

// Whoever does not visit wants to know no more than this.
static bool knows_enough(const struct visiting *v) {
    return !v->visit && v->count > 1;
}

static void visit_joined(const struct lab_replay *replay,
                         const struct lab_replay_task *task,
                         struct visiting *v) {
    for (size_t i = task->join_from; i < task->join_to; i++) {
        if (knows_enough(v))
            break;
        const struct lab_event *event = lab_record_at(replay->record, i);
        if (event->kind == LAB_EVENT_JOIN && event->task == task->number &&
            event->on != LAB_ON_GROUP)
            visit(v, lab_replay_task(replay, event->other));
    }
}

// --- children and members

// All tasks in the order of their parents, and in that of their groups; among
// equals in that of their numbers.
struct lab_replay_kin {
    const struct lab_replay_task **by_parent, **by_group; // NULL: not known
};

struct lab_replay_kin *lab_replay_kin_new(void) {
    return lab_alloc(sizeof(struct lab_replay_kin));
}

void lab_replay_kin_forget(struct lab_replay_kin *kin) {
    lab_free(kin->by_parent);
    lab_free(kin->by_group);
    *kin = (struct lab_replay_kin){0};
}

void lab_replay_kin_free(struct lab_replay_kin *kin) {
    lab_replay_kin_forget(kin);
    lab_free(kin);
}

static int compare(uint32_t one, uint32_t two) {
    return one < two ? -1 : one > two;
}

static int by_parent(const void *a, const void *b) {
    const struct lab_replay_task *one =
        *(const struct lab_replay_task *const *)a;
    const struct lab_replay_task *two =
        *(const struct lab_replay_task *const *)b;
    int order = compare(one->parent, two->parent);
    return order ? order : compare(one->number, two->number);
}

static int by_group(const void *a, const void *b) {
    const struct lab_replay_task *one =
        *(const struct lab_replay_task *const *)a;
    const struct lab_replay_task *two =
        *(const struct lab_replay_task *const *)b;
    int order = compare(one->group, two->group);
    return order ? order : compare(one->number, two->number);
}

static bool is_there(const struct lab_replay_task *task) {
    (void)task;
    return true;
}

static uint32_t owner_of(const struct lab_replay_task *task, bool groups) {
    return groups ? task->group : task->parent;
}

// Visits the children of task [owner], or the members of that group.
static void visit_kin(const struct lab_replay *replay, uint32_t owner,
                      bool groups, struct visiting *v) {
    struct lab_replay_kin *kin = replay->kin;
    const struct lab_replay_task ***list =
        groups ? &kin->by_group : &kin->by_parent;
    size_t low = 0, high = replay->tasks.count;
    if (!*list)
        list_tasks(replay, is_there, groups ? by_group : by_parent, list);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (owner_of((*list)[middle], groups) < owner)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < replay->tasks.count && !knows_enough(v); low++) {
        if (owner_of((*list)[low], groups) != owner)
            break;
        visit(v, (*list)[low]);
    }
}

size_t lab_replay_awaited(const struct lab_replay *replay,
                          const struct lab_replay_task *task,
                          lab_replay_visit *fn, void *arg) {
    struct visiting v = {fn, arg, 0};
    if (task->state != LAB_REPLAY_WAITING)
        return 0;
    if (task->on == LAB_ON_TASK)
        visit(&v, lab_replay_task(replay, task->other));
    else if (task->on == LAB_ON_TASKS)
        visit_joined(replay, task, &v);
    else if (task->on == LAB_ON_CHILDREN)
        visit_kin(replay, task->number, false, &v);
    else if (task->on == LAB_ON_GROUP && task->other)
        visit_kin(replay, task->other, true, &v);
    return v.count;
}
