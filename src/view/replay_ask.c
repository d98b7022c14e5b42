// replay_ask.c - what can be asked of a state: who is ready, whose timer is
// next, who is waited for. Such lists are made when they are asked for, so that
// an event costs the same however many tasks there are.

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

static void visit_joined(const struct lab_replay *replay,
                         const struct lab_replay_task *task,
                         struct visiting *v) {
    for (size_t i = task->join_from; i < task->join_to; i++) {
        const struct lab_event *event = lab_record_at(replay->record, i);
        if (event->kind == LAB_EVENT_JOIN && event->task == task->number &&
            event->on != LAB_ON_GROUP)
            visit(v, lab_replay_task(replay, event->other));
    }
}

static bool belongs(const struct lab_replay_task *member,
                    const struct lab_replay_task *task) {
    return task->on == LAB_ON_GROUP
               ? member->group && member->group == task->other
               : member->parent == task->number;
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
    else if (task->on == LAB_ON_CHILDREN || task->on == LAB_ON_GROUP)
        for (size_t i = 0; i < replay->tasks.count; i++)
            if (belongs(lab_replay_task_at(replay, i), task))
                visit(&v, lab_replay_task_at(replay, i));
    return v.count;
}
