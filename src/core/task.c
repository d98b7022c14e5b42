#include "core/state.h"

#include "base/alloc.h"
#include "base/die.h"

#include <string.h>

static void record(lab_task *task, enum lab_event_kind kind, unsigned other,
                   int64_t value) {
    struct run *run = task->run;
    if (run->record)
        lab_run_event(run,
                      (struct lab_event){.kind = (uint8_t)kind,
                                         .on = task->on,
                                         .task = task->number,
                                         .other = other,
                                         .value = value},
                      NULL);
}

// --- giving the thread to another

// Whatever runs after a switch first puts back the stack that a dead task
// left: it could not do so itself while standing on it.
static void arrived(lab_loop *loop) {
    if (loop->left) {
        lab_stack_put(loop->stacks, loop->left);
        loop->left = NULL;
    }
}

static lab_coroutine_fn body;

// Under a schedule every task that is ready may be next, not only those that
// were when the turn began: else some orders could never be seen.
static struct lab_list *choose(lab_loop *loop) {
    struct lab_list *node;
    size_t ready = 0;
    if (lab_signal_pending(SIGINT))
        return NULL; // the loop must see it, though its turn might not end
    while ((node = lab_list_pop(&loop->ready)))
        lab_list_push(&loop->batch, node);
    lab_list_each(at, &loop->batch)
        ready++;
    if (ready == 0)
        return NULL;
    size_t skip = ready > 1 ? lab_schedule_choose(loop->schedule, ready) : 0;
    node = loop->batch.next;
    while (skip-- > 0)
        node = node->next;
    lab_list_remove(node);
    return node;
}

// The next task of this turn, with a stack to run on; NULL if the turn is
// over.
static lab_task *next(lab_loop *loop) {
    struct lab_list *node =
        loop->schedule ? choose(loop) : lab_list_pop(&loop->batch);
    if (!node)
        return NULL;
    lab_task *task = lab_list_item(node, lab_task, node);
    if (task->state == TASK_NEW) {
        struct lab_stack *stack =
            task->stack_size
                ? lab_stack_take_deep(loop->stacks, task->stack_size)
                : lab_stack_take(loop->stacks);
        lab_coroutine_make(&task->coroutine, stack, body, task);
    }
    return task;
}

static struct lab_coroutine *chosen(lab_loop *loop) {
    lab_task *task = next(loop);
    loop->running = task;
    if (!task)
        return &loop->context;
    task->state = TASK_RUNNING;
    record(task, LAB_EVENT_RUN, 0, 0);
    return &task->coroutine;
}

// Tasks switch to each other directly: going through the loop in between
// would double the cost.
static void give_way(lab_loop *loop, lab_task *task) {
    struct lab_coroutine *to = chosen(loop);
    if (to == &task->coroutine)
        return; // a schedule may choose who has just given way
    lab_coroutine_switch(&task->coroutine, to);
    arrived(loop);
}

void lab_task_run_ready(lab_loop *loop) {
    struct lab_list *node;
    while ((node = lab_list_pop(&loop->batch))) // only if it was cut short
        lab_list_push(&loop->ready, node);
    if (lab_list_empty(&loop->ready))
        return;
    loop->batch = loop->ready;
    loop->batch.next->prev = loop->batch.prev->next = &loop->batch;
    lab_list_init(&loop->ready);
    lab_coroutine_switch(&loop->context, chosen(loop));
    arrived(loop);
}

static void make_ready(lab_task *task) {
    lab_list_push(&lab_loop_current->ready, &task->node);
}

// --- life

lab_task *lab_task_new(struct run *run, lab_task *parent, struct lab_site site,
                       const char *name, lab_fn *fn, void *arg, size_t size) {
    lab_task *task = lab_alloc(sizeof *task);
    task->run = run;
    task->number = ++run->tasks;
    task->parent = parent;
    task->site = site;
    task->fn = fn;
    task->arg = arg;
    task->stack_size = size;
    memccpy(task->name, name, 0, sizeof task->name - 1);
    lab_list_init(&task->children);
    lab_outcome_init(&task->end);
    if (parent) {
        lab_list_push(&parent->children, &task->sibling);
        parent->living++;
    }
    if (run->record)
        lab_run_event(run,
                      (struct lab_event){.kind = LAB_EVENT_SPAWN,
                                         .task = task->number,
                                         .other = parent && parent->run == run
                                                      ? parent->number
                                                      : 0},
                      task->name);
    make_ready(task);
    return task;
}

static void free_children(lab_task *task) {
    struct lab_list *node;
    while ((node = lab_list_pop(&task->children)))
        lab_task_free(lab_list_item(node, lab_task, sibling));
}

void lab_task_free(lab_task *task) {
    lab_assert(task->state == TASK_ENDED);
    lab_list_remove(&task->sibling);
    free_children(task);
    lab_free(task);
}

static void cancel_children(lab_task *task) {
    lab_list_each(node, &task->children)
        lab_cancel(lab_list_item(node, lab_task, sibling));
}

// The rest of a task's life once its body has returned: its children end
// first, and then it tells who waits for it.
static void finish(lab_task *task, int result) {
    if (task->living)
        cancel_children(task);
    while (task->living)
        lab_ignore(lab_task_wait_shielded(LAB_ON_CHILDREN, 0));
    free_children(task);
    record(task, LAB_EVENT_END, 0, result);
    task->state = TASK_ENDED;
    lab_task *parent = task->parent;
    if (parent && --parent->living == 0 && parent->state == TASK_WAITING &&
        parent->on == LAB_ON_CHILDREN)
        lab_task_wake(parent, 0);
    lab_outcome_set(&task->end, result);
}

static struct lab_coroutine *body(void *arg) {
    lab_task *task = arg;
    lab_loop *loop = lab_loop_current;
    arrived(loop);
    finish(task, task->fn(task->arg));
    struct lab_coroutine *to = chosen(loop);
    loop->left = task->coroutine.stack;
    return to;
}

// --- waiting and waking

static void on_timer(struct lab_timer *timer) {
    lab_task *task = lab_list_item(timer, lab_task, timer);
    lab_task_wake(task, task->timer_result);
}

static void park(lab_task *task, enum lab_event_on on, unsigned other,
                 lab_time deadline) {
    task->state = TASK_WAITING;
    task->on = (uint8_t)on;
    record(task, LAB_EVENT_WAIT, other, deadline);
    give_way(lab_loop_current, task);
}

int lab_task_wait(enum lab_event_on on, unsigned other, lab_time deadline,
                  int late) {
    lab_loop *loop = lab_loop_current;
    lab_task *task = lab_self();
    if (!task)
        return LAB_EPERM; // a worker, or a callback
    if (task->cancelled)
        return LAB_ECANCELED;
    lab_time until = 0;
    if (deadline != LAB_FOREVER) {
        task->timer_result = late;
        lab_timer_set(loop, &task->timer, deadline, on_timer);
        until = lab_run_from_loop(task->run, deadline);
    }
    park(task, on, other, until);
    return task->wake_result;
}

int lab_task_wait_shielded(enum lab_event_on on, unsigned other) {
    lab_task *task = lab_loop_current->running;
    task->shielded = true;
    park(task, on, other, 0);
    task->shielded = false;
    return task->wake_result;
}

// The running task's number, if it belongs to [run]; else 0: the loop, or
// another run.
static unsigned number_in(const struct run *run) {
    lab_task *self = lab_self();
    return self && self->run == run ? self->number : 0;
}

bool lab_task_wake(lab_task *task, int result) {
    lab_loop *loop = lab_loop_current;
    if (task->state != TASK_WAITING)
        return false;
    lab_heap_remove(&loop->timers, &task->timer.node);
    task->state = TASK_READY;
    task->wake_result = result;
    make_ready(task);
    record(task, LAB_EVENT_WAKE, number_in(task->run), result);
    return true;
}

void lab_cancel(lab_task *task) {
    if (task->state == TASK_ENDED || task->cancelled)
        return;
    task->cancelled = true;
    record(task, LAB_EVENT_CANCEL, number_in(task->run), 0);
    if (!task->shielded)
        lab_task_wake(task, LAB_ECANCELED);
}

int lab_sleep(lab_time time) {
    if (time <= 0)
        return lab_yield();
    lab_task *task = lab_self();
    if (!task)
        return LAB_EPERM;
    lab_time now = lab_loop_time(lab_loop_current);
    lab_time lasts = lab_run_lasts(task->run, time);
    // A sleep beyond the end of time is one without end.
    lab_time deadline =
        lasts < LAB_FOREVER - now ? now + lasts : LAB_FOREVER - 1;
    return lab_task_wait(LAB_ON_SLEEP, 0, deadline, 0);
}

int lab_yield(void) {
    lab_loop *loop = lab_loop_current;
    lab_task *task = lab_self();
    if (!task)
        return LAB_EPERM;
    if (task->cancelled)
        return LAB_ECANCELED;
    task->state = TASK_READY;
    task->wake_result = 0;
    task->on = LAB_ON_NOTHING;
    record(task, LAB_EVENT_WAIT, 0, 0);
    make_ready(task);
    give_way(loop, task);
    return task->cancelled ? LAB_ECANCELED : 0;
}

// --- what can be asked

// The running task, which something is asked of that has no way to fail.
static lab_task *spawner(const char *name) {
    lab_task *self = lab_self();
    if (!self)
        lab_die(LAB_EXIT_BUG,
                "\"%s\" was spawned outside of a task: a job in "
                "a pool cannot spawn",
                name);
    return self;
}

lab_task *lab_spawn_at(struct lab_site site, const char *name, lab_fn *fn,
                       void *arg) {
    lab_task *self = spawner(name);
    return lab_task_new(self->run, self, site, name, fn, arg, 0);
}

lab_task *lab_spawn_deep(const char *name, lab_fn *fn, void *arg, size_t size) {
    lab_task *self = spawner(name);
    return lab_task_new(self->run, self, (struct lab_site){__FILE__, __LINE__},
                        name, fn, arg, size);
}

lab_task *lab_self(void) {
    return lab_loop_current && !lab_loop_current->worker
               ? lab_loop_current->running
               : NULL;
}

int lab_task_result(const lab_task *task) {
    return task->end.over ? task->end.result : LAB_EINVAL;
}

bool lab_task_done(const lab_task *task) {
    return task->end.over;
}

bool lab_task_cancelled(const lab_task *task) {
    return task->cancelled;
}

const char *lab_task_name(const lab_task *task) {
    return task->name;
}

unsigned lab_task_number(const lab_task *task) {
    return task->number;
}
