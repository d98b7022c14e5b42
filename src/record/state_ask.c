// state_ask.c - questions about a state: who is ready, whose timer is next, who
// is waited for. Such lists are made when somebody asks, so that an event costs
// the same with many tasks as with few. Which task belongs to which is kept
// until the state changes, so that it can be asked about every task.

#include "base/alloc.h"
#include "base/error.h"
#include "record/state_internal.h"

#include <stdlib.h>

const char *lab_state_name(const struct lab_state *state, uint32_t index) {
    return index ? lab_record_text(state->record,
                                   lab_record_at(state->record, index - 1))
                 : "";
}

// --- lists of tasks

static bool is_ready(const struct lab_state_task *task) {
    return lab_is_ready(task->is);
}

static bool has_timer(const struct lab_state_task *task) {
    return lab_is_waiting(task->is) && task->deadline && !task->due;
}

static int compare(uint32_t one, uint32_t two) {
    return one < two ? -1 : one > two;
}

// Overdue tasks come last: the loop looks at its timers after all tasks in its
// queue have run.
static int by_place(const void *a, const void *b) {
    const struct lab_state_task *one = *(const struct lab_state_task *const *)a;
    const struct lab_state_task *two = *(const struct lab_state_task *const *)b;
    bool overdue = lab_state_overdue(one);
    if (overdue != lab_state_overdue(two))
        return overdue ? 1 : -1;
    if (overdue && one->deadline != two->deadline)
        return one->deadline < two->deadline ? -1 : 1;
    if (one->place != two->place)
        return one->place < two->place ? -1 : 1;
    return compare(one->number, two->number);
}

// Of two equal deadlines the one that was set first is due first. The task that
// set it had run first, and each time a task becomes ready it gets a place.
static int by_deadline(const void *a, const void *b) {
    const struct lab_state_task *one = *(const struct lab_state_task *const *)a;
    const struct lab_state_task *two = *(const struct lab_state_task *const *)b;
    if (one->deadline != two->deadline)
        return one->deadline < two->deadline ? -1 : 1;
    return by_place(a, b);
}

static size_t list_tasks(const struct lab_state *state,
                         bool (*wanted)(const struct lab_state_task *task),
                         int (*order)(const void *a, const void *b),
                         const struct lab_state_task ***list) {
    size_t count = 0, kept = 0;
    for (size_t i = 0; i < state->tasks.count; i++)
        count += wanted(lab_state_task_at(state, i));
    *list = lab_alloc((count + 1) * sizeof **list);
    for (size_t i = 0; kept < count; i++)
        if (wanted(lab_state_task_at(state, i)))
            (*list)[kept++] = lab_state_task_at(state, i);
    qsort(*list, count, sizeof **list, order);
    return count;
}

size_t lab_state_ready(const struct lab_state *state,
                       const struct lab_state_task ***list) {
    return list_tasks(state, is_ready, by_place, list);
}

size_t lab_state_timers(const struct lab_state *state,
                        const struct lab_state_task ***list) {
    return list_tasks(state, has_timer, by_deadline, list);
}

// --- who waits for whom

struct visiting {
    lab_state_visit *visit;
    void *arg;
    size_t count;
};

static void visit(struct visiting *v, const struct lab_state_task *task) {
    if (!task || task->is == LAB_IS_ENDED)
        return;
    v->count++;
    if (v->visit)
        v->visit(v->arg, task);
}

// Without a visitor, the caller only asks whether it is none, one, or more.
static bool knows_enough(const struct visiting *v) {
    return !v->visit && v->count > 1;
}

static void visit_joined(const struct lab_state *state,
                         const struct lab_state_task *task,
                         struct visiting *v) {
    for (size_t i = task->join_from; i < task->join_to; i++) {
        if (knows_enough(v))
            break;
        const struct lab_event *event = lab_record_at(state->record, i);
        if (event->kind == LAB_EVENT_JOIN && event->task == task->number &&
            event->on != LAB_ON_GROUP)
            visit(v, lab_state_task(state, event->other));
    }
}

// --- children and members

// A task, and whose child or member it is.
struct kin {
    uint32_t owner;
    const struct lab_state_task *task;
};

// All tasks in the order of their parents, and in that of their groups; among
// equals in that of their numbers.
struct lab_state_kin {
    struct kin *lists[2]; // NULL: not known
};

struct lab_state_kin *lab_state_kin_new(void) {
    return lab_alloc(sizeof(struct lab_state_kin));
}

void lab_state_kin_forget(struct lab_state_kin *kin) {
    lab_free(kin->lists[0]);
    lab_free(kin->lists[1]);
    *kin = (struct lab_state_kin){0};
}

void lab_state_kin_free(struct lab_state_kin *kin) {
    lab_state_kin_forget(kin);
    lab_free(kin);
}

static int by_owner(const void *a, const void *b) {
    const struct kin *one = a, *two = b;
    int order = compare(one->owner, two->owner);
    return order ? order : compare(one->task->number, two->task->number);
}

static struct kin *list_kin(const struct lab_state *state, bool groups) {
    size_t count = state->tasks.count;
    struct kin *list = lab_alloc((count + 1) * sizeof *list);
    for (size_t i = 0; i < count; i++) {
        const struct lab_state_task *task = lab_state_task_at(state, i);
        list[i] = (struct kin){groups ? task->group : task->parent, task};
    }
    qsort(list, count, sizeof *list, by_owner);
    return list;
}

// Visits the children of task [owner], or the members of that group.
static void visit_kin(const struct lab_state *state, uint32_t owner,
                      bool groups, struct visiting *v) {
    struct kin **list = &state->kin->lists[groups];
    size_t low = 0, high = state->tasks.count;
    if (!*list)
        *list = list_kin(state, groups);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if ((*list)[middle].owner < owner)
            low = middle + 1;
        else
            high = middle;
    }
    while (low < state->tasks.count && (*list)[low].owner == owner &&
           !knows_enough(v))
        visit(v, (*list)[low++].task);
}

static void visit_holder(const struct lab_state *state, uint32_t lock,
                         struct visiting *v) {
    const struct lab_state_lock *its = lab_state_lock(state, lock);
    if (its)
        visit(v, lab_state_task(state, its->holder));
}

// The task for which a mutex or the interpreter lock is held; 0 if it is not.
static uint32_t holding_task(const struct lab_state *state, unsigned on,
                             uint32_t number) {
    if (on == LAB_ON_INTERPRETER && lab_state_loop_interprets(state))
        return state->running;
    const struct lab_state_worker *holder = lab_state_holder(state, on, number);
    const struct lab_state_job *its =
        holder ? lab_state_job(state, holder->job) : NULL;
    return its ? its->task : 0;
}

// The task that [job] waits for: the one that the loop runs for it, or for
// which what it waits for is held; 0 if it does not wait.
static uint32_t awaited_by_job(const struct lab_state *state, uint32_t job) {
    const struct lab_state_worker *worker =
        lab_state_waiting_worker(state, job);
    if (worker && worker->wait_kind == LAB_ON_TASK)
        return worker->awaited;
    return worker ? holding_task(state, worker->wait_kind, worker->awaited) : 0;
}

struct holders {
    const struct lab_state *state;
    struct visiting *v;
};

static bool visit_one_holder(void *arg, uint32_t task) {
    const struct holders *holders = arg;
    visit(holders->v, lab_state_task(holders->state, task));
    return !knows_enough(holders->v);
}

// Who holds the permits can give one back; of the rest, who will.
static void visit_causes(const struct lab_state *state,
                         const struct lab_state_task *task,
                         struct visiting *v) {
    enum lab_wait_class class = lab_wait_kind(task->wait_kind)->class;
    struct holders holders = {state, v};
    if (task->wait_kind == LAB_ON_SEMAPHORE)
        lab_state_holders(state, task->other, visit_one_holder, &holders);
    if (v->count > 0 || (class != LAB_WAIT_LINE && class != LAB_WAIT_INSIDE))
        return;
    const struct lab_event *ending = lab_state_ending(state, task);
    if (ending && ending->other != task->number)
        visit(v, lab_state_task(state, ending->other));
}

size_t lab_state_awaited(const struct lab_state *state,
                         const struct lab_state_task *task, lab_state_visit *fn,
                         void *arg) {
    struct visiting v = {fn, arg, 0};
    if (!lab_is_waiting(task->is))
        return 0;
    if (task->wait_kind == LAB_ON_TASK)
        visit(&v, lab_state_task(state, task->other));
    else if (task->wait_kind == LAB_ON_TASKS)
        visit_joined(state, task, &v);
    else if (task->wait_kind == LAB_ON_CHILDREN)
        visit_kin(state, task->number, false, &v);
    else if (task->wait_kind == LAB_ON_GROUP && task->other)
        visit_kin(state, task->other, true, &v);
    else if (task->wait_kind == LAB_ON_LOCK)
        visit_holder(state, task->other, &v);
    else if (task->wait_kind == LAB_ON_JOB)
        visit(&v, lab_state_task(state, awaited_by_job(state, task->other)));
    else if (task->wait_kind == LAB_ON_INTERPRETER)
        visit(&v, lab_state_task(state,
                                 holding_task(state, LAB_ON_INTERPRETER, 0)));
    else
        visit_causes(state, task, &v);
    return v.count;
}

// Is what [task] waits for over?
static bool is_over(const struct lab_state *state,
                    const struct lab_state_task *task) {
    const struct lab_state_job *job = lab_state_job(state, task->other);
    if (task->wait_kind == LAB_ON_JOB)
        return job && job->is == LAB_IS_ENDED;
    return task->due ||
           (lab_wait_kind(task->wait_kind)->class == LAB_WAIT_TASK &&
            lab_state_awaited(state, task, NULL, NULL) == 0);
}

bool lab_state_can_run(const struct lab_state *state,
                       const struct lab_state_task *task) {
    return task->is != LAB_IS_ENDED &&
           (!lab_is_waiting(task->is) || is_over(state, task));
}

bool lab_state_is_stuck(const struct lab_state *state) {
    bool lives = false;
    // The loop knew whether a stream leads outside. Earlier records do not.
    if (state->at == lab_state_deadlock(state->record))
        return true;
    for (size_t i = 0; i < state->jobs.count; i++)
        if (lab_state_job_at(state, i)->is != LAB_IS_ENDED)
            return false;
    for (size_t i = 0; i < state->tasks.count; i++) {
        const struct lab_state_task *task = lab_state_task_at(state, i);
        if (has_timer(task) || lab_state_waits_outside(task) ||
            lab_state_can_run(state, task))
            return false;
        lives = lives || task->is != LAB_IS_ENDED;
    }
    return lives;
}

bool lab_state_ended_cancelled(const struct lab_state_task *task) {
    return task->is == LAB_IS_ENDED && task->result == LAB_ECANCELED &&
           (task->cancelled || task->forgiven);
}

bool lab_state_waits_inside(const struct lab_state_task *task) {
    if (task->is != LAB_IS_WAITING)
        return false;
    switch (lab_wait_kind(task->wait_kind)->class) {
    case LAB_WAIT_TASK:
    case LAB_WAIT_LINE:
    case LAB_WAIT_INSIDE:
        return true;
    case LAB_WAIT_OUTSIDE:
        return task->where == LAB_WHERE_INSIDE;
    case LAB_WAIT_THREAD:
    case LAB_WAIT_TIME:
    case LAB_WAIT_JOB:
        break;
    }
    return false;
}

bool lab_state_waits_outside(const struct lab_state_task *task) {
    return lab_is_waiting(task->is) &&
           lab_wait_kind(task->wait_kind)->class == LAB_WAIT_OUTSIDE &&
           task->where != LAB_WHERE_INSIDE;
}

bool lab_state_needs_all(const struct lab_state *state,
                         const struct lab_state_task *task) {
    if (task->wait_kind == LAB_ON_SEMAPHORE)
        return lab_state_awaited(state, task, NULL, NULL) < 2;
    if (task->wait_kind != LAB_ON_TASKS)
        return true;
    size_t all = 0, left = 0;
    for (size_t i = task->join_from; i < task->join_to; i++) {
        const struct lab_event *event = lab_record_at(state->record, i);
        if (event->kind != LAB_EVENT_JOIN || event->task != task->number ||
            event->on == LAB_ON_GROUP)
            continue;
        const struct lab_state_task *other =
            lab_state_task(state, event->other);
        all++;
        left += other && other->is != LAB_IS_ENDED;
    }
    // Where the record does not say how many are needed, the last one left is.
    return task->need ? task->need >= all : left < 2;
}
