#include "core/state.h"

#include "base/alloc.h"
#include "base/die.h"

#include <string.h>

static void record_text(lab_task *task, enum lab_event_kind kind,
                        unsigned other, int64_t value, const char *text) {
    struct run *run = task->run;
    if (run->record)
        lab_run_event(run,
                      (struct lab_event){.kind = (uint8_t)kind,
                                         .on = task->on,
                                         .task = task->number,
                                         .other = other,
                                         .value = value},
                      text);
}

static void record(lab_task *task, enum lab_event_kind kind, unsigned other,
                   int64_t value) {
    record_text(task, kind, other, value, NULL);
}

// The running task's number, if it belongs to [run]; else 0: the loop, or
// another run.
static unsigned number_in(const struct run *run) {
    lab_task *self = lab_self();
    return self && self->run == run ? self->number : 0;
}

// --- life

static void record_spawn(const lab_task *task) {
    struct run *run = task->run;
    const lab_task *parent = task->parent;
    if (run->record)
        lab_run_event(run,
                      (struct lab_event){.kind = LAB_EVENT_SPAWN,
                                         .task = task->number,
                                         .other = parent && parent->run == run
                                                      ? parent->number
                                                      : 0},
                      task->name);
}

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
    lab_list_init(&task->owned);
    lab_outcome_init(&task->end);
    if (parent) {
        lab_list_push(&parent->children, &task->sibling);
        parent->living++;
    }
    record_spawn(task);
    lab_turn_add(task);
    return task;
}

static void free_children(lab_task *task) {
    struct lab_list *node;
    while ((node = lab_list_pop(&task->children)))
        lab_task_free(lab_list_item(node, lab_task, sibling));
}

// To stop because one was asked to is no failure.
static bool was_asked(const lab_task *task, int result) {
    return result == LAB_ECANCELED && task->cancelled;
}

// Of a deadlock the run speaks itself.
static bool failed_unread(const lab_task *task) {
    int rc = task->end.result;
    return rc < 0 && !task->end.read && !task->run->deadlocked &&
           !was_asked(task, rc);
}

void lab_task_read(lab_task *task) {
    int rc = task->end.result;
    if (rc < 0 && !task->end.read && !was_asked(task, rc))
        record(task, LAB_EVENT_READ, number_in(task->run), rc);
    task->end.read = true;
}

void lab_task_free(lab_task *task) {
    lab_assert(task->state == LAB_TASK_ENDED);
    if (failed_unread(task)) {
        record(task, LAB_EVENT_UNREAD, 0, task->end.result);
        lab_run_unread(task);
    }
    lab_list_remove(&task->sibling);
    free_children(task);
    lab_free(task);
}

void lab_task_note_join(lab_task *task, const lab_task *awaited) {
    if (task->run == awaited->run && !awaited->end.over)
        record(task, LAB_EVENT_JOIN, awaited->number, 0);
}

void lab_task_own(struct owned *owned, void (*free)(struct owned *owned)) {
    owned->free = free;
    lab_list_push(&lab_loop_current->running->owned, &owned->node);
}

static void free_owned(lab_task *task) {
    struct lab_list *node;
    while ((node = lab_list_pop(&task->owned))) {
        struct owned *owned = lab_list_item(node, struct owned, node);
        owned->free(owned);
    }
}

static void cancel_children(lab_task *task) {
    lab_list_each(node, &task->children)
        lab_cancel_because(lab_list_item(node, lab_task, sibling),
                           "its parent returned");
}

// The rest of a task's life once its body has returned: its children end
// first, and then it tells who waits for it.
static void finish(lab_task *task, int result) {
    lab_scope_check_closed(task);
    task->returned = true;
    if (task->living)
        cancel_children(task);
    while (task->living)
        lab_ignore(lab_task_wait_shielded(LAB_ON_CHILDREN, 0));
    free_owned(task);
    free_children(task);
    if (result < 0 && !was_asked(task, result))
        record(task, LAB_EVENT_RAISE, 0, result);
    record(task, LAB_EVENT_END, 0, result);
    task->state = LAB_TASK_ENDED;
    lab_task *parent = task->parent;
    if (parent && --parent->living == 0 && parent->state == LAB_TASK_WAITING &&
        parent->on == LAB_ON_CHILDREN)
        lab_task_wake(parent, 0);
    lab_outcome_set(&task->end, result);
}

struct lab_coroutine *lab_task_body(void *arg) {
    lab_task *task = arg;
    lab_loop *loop = lab_loop_current;
    lab_turn_arrived(loop);
    finish(task, task->fn(task->arg));
    struct lab_coroutine *to = lab_turn_next(loop);
    loop->left = task;
    return to;
}

// --- waiting and waking

void lab_task_note_timer(lab_task *task, lab_time at) {
    record(task, LAB_EVENT_TIMER, 0, lab_run_from_loop(task->run, at));
}

static void on_timer(struct lab_timer *timer) {
    lab_task *task = lab_list_item(timer, lab_task, timer);
    lab_task_note_timer(task, timer->node.key);
    lab_task_wake(task, task->timer_result);
}

static void park(lab_task *task, enum lab_event_on on, unsigned other,
                 lab_time deadline) {
    task->state = LAB_TASK_WAITING;
    task->on = (uint8_t)on;
    record(task, LAB_EVENT_WAIT, other, deadline);
    lab_turn_give_way(task);
}

void lab_task_hear(lab_task *task, int rc) {
    if (rc != LAB_ECANCELED || !task->cancelled || task->heard)
        return;
    task->heard = true;
    record(task, LAB_EVENT_DELIVER, 0, 0);
}

// How many waits in a row may be refused to a task that must stop, before it
// lets others run at each; and how many more, before it is a bug.
enum { PATIENCE = 10000 };

// Tells [task] that it must stop, or nothing can end its wait. One that never
// listens would be alone on the thread for ever, or never let a run end.
static void refuse(lab_task *task) {
    lab_task_hear(task, LAB_ECANCELED);
    if (++task->refused <= PATIENCE)
        return;
    if (task->refused > 2 * PATIENCE)
        lab_die(LAB_EXIT_BUG,
                "task #%u \"%s\", spawned at %s:%d, ignores that it must stop: "
                "%d waits in a row have failed, and it goes on. Let it return "
                "when a wait fails, as LAB_TRY does",
                task->number, task->name, task->site.file, task->site.line,
                2 * PATIENCE);
    task->state = LAB_TASK_READY;
    task->on = LAB_ON_NOTHING;
    record(task, LAB_EVENT_WAIT, 0, 0);
    lab_turn_add(task);
    lab_turn_give_way(task);
}

int lab_task_check(void) {
    lab_task *task = lab_self();
    if (!task)
        return LAB_EPERM; // a worker, or a callback
    if (!lab_task_must_stop(task))
        return 0;
    refuse(task);
    return LAB_ECANCELED;
}

void lab_task_forgive(lab_task *task) {
    if (task->refused > PATIENCE && !lab_task_must_stop(task))
        task->refused = PATIENCE;
}

// What the wait that is over has come to.
static int woken(lab_task *task) {
    int result = task->wake_result;
    // Who is told to stop as well shall not take it for a mere timeout.
    if (result == LAB_ETIMEDOUT && lab_task_must_stop(task))
        result = LAB_ECANCELED;
    if (result == LAB_EDEADLK) {
        refuse(task); // a shield around it may make it try for ever
    } else {
        task->refused = 0;
    }
    return result;
}

int lab_task_wait_unheard(enum lab_event_on on, unsigned other,
                          lab_time deadline, int late) {
    lab_loop *loop = lab_loop_current;
    LAB_TRY(lab_task_check());
    lab_task *task = loop->running;
    lab_time until = 0;
    if (deadline != LAB_FOREVER) {
        task->timer_result = late;
        lab_timer_set(loop, &task->timer, deadline, on_timer);
        until = lab_run_from_loop(task->run, deadline);
    }
    park(task, on, other, until);
    return woken(task);
}

int lab_task_wait(enum lab_event_on on, unsigned other, lab_time deadline,
                  int late) {
    int rc = lab_task_wait_unheard(on, other, deadline, late);
    if (rc == LAB_ECANCELED)
        lab_task_hear(lab_loop_current->running, rc);
    return rc;
}

int lab_task_wait_shielded(enum lab_event_on on, unsigned other) {
    lab_task *task = lab_loop_current->running;
    struct lab_scope shield;
    lab_scope_open(task, &shield, LAB_FOREVER);
    shield.shields = true;
    park(task, on, other, 0);
    lab_scope_close(task, &shield);
    return task->wake_result;
}

bool lab_task_wake(lab_task *task, int result) {
    lab_loop *loop = lab_loop_current;
    if (task->state != LAB_TASK_WAITING)
        return false;
    lab_heap_remove(&loop->timers, &task->timer.node);
    task->state = LAB_TASK_READY;
    task->wake_result = result;
    lab_turn_add(task);
    record(task, LAB_EVENT_WAKE, number_in(task->run), result);
    return true;
}

void lab_task_stop(lab_task *task) {
    if (lab_task_must_stop(task))
        lab_task_wake(task, LAB_ECANCELED);
}

void lab_cancel_because(lab_task *task, const char *reason) {
    if (task->state == LAB_TASK_ENDED || task->cancelled)
        return;
    task->cancelled = true;
    task->reason = reason;
    record_text(task, LAB_EVENT_CANCEL, number_in(task->run), 0, reason);
    lab_task_stop(task);
}

void lab_cancel(lab_task *task) {
    lab_cancel_because(task, NULL);
}

lab_time lab_task_deadline(lab_time delay) {
    if (delay == LAB_FOREVER || !lab_self())
        return LAB_FOREVER;
    lab_time now = lab_loop_time(lab_loop_current);
    lab_time lasts = lab_run_lasts(lab_self()->run, delay > 0 ? delay : 0);
    // A delay beyond the end of time is one without end.
    return lasts < LAB_FOREVER - now ? now + lasts : LAB_FOREVER - 1;
}

int lab_sleep(lab_time time) {
    if (time <= 0)
        return lab_yield();
    // A sleeper is no deadlock, however long it sleeps.
    if (time == LAB_FOREVER)
        time--;
    return lab_task_wait(LAB_ON_SLEEP, 0, lab_task_deadline(time), 0);
}

int lab_sleep_until(lab_time time) {
    lab_task *task = lab_self();
    if (!task)
        return LAB_EPERM;
    lab_time now = lab_run_time(task->run);
    return time > now ? lab_sleep(time - now) : lab_yield();
}

int lab_yield(void) {
    lab_loop *loop = lab_loop_current;
    LAB_TRY(lab_task_check());
    lab_task *task = loop->running;
    task->state = LAB_TASK_READY;
    task->wake_result = 0;
    task->on = LAB_ON_NOTHING;
    record(task, LAB_EVENT_WAIT, 0, 0);
    lab_turn_add(task);
    lab_turn_give_way(task);
    if (lab_task_must_stop(task))
        task->wake_result = LAB_ECANCELED;
    lab_task_hear(task, task->wake_result);
    return woken(task);
}

// --- what can be asked

// The running task, which something is asked of that has no way to fail.
static lab_task *spawner(const char *name) {
    lab_task *self = lab_self();
    if (!self)
        lab_die(LAB_EXIT_BUG,
                "\"%s\" was spawned outside of a task: a job in "
                "a pool cannot spawn, nor can a callback",
                name);
    return self;
}

lab_task *lab_spawn_here(const char *name, lab_fn *fn, void *arg) {
    return lab_spawn_deep_here(name, fn, arg, 0);
}

lab_task *lab_spawn_deep_here(const char *name, lab_fn *fn, void *arg,
                              size_t size) {
    lab_task *self = spawner(name);
    return lab_task_new(self->run, self, lab_here, name, fn, arg, size);
}

lab_task *lab_task_caller(void) {
    return lab_loop_current && !lab_loop_current->worker
               ? lab_loop_current->running
               : NULL;
}

lab_task *lab_self(void) {
    lab_task *task = lab_task_caller();
    return task && !lab_loop_current->calling ? task : NULL;
}

void lab_task_detach(lab_task *task) {
    task->detached = true;
    if (task->state == LAB_TASK_ENDED)
        lab_task_free(task);
}

int lab_task_result(lab_task *task) {
    if (!task->end.over)
        return LAB_EINVAL;
    lab_task_read(task);
    return task->end.result;
}

bool lab_task_done(const lab_task *task) {
    return task->end.over;
}

bool lab_task_cancelled(const lab_task *task) {
    return task->cancelled;
}

const char *lab_task_cancel_reason(const lab_task *task) {
    return task->reason ? task->reason : "";
}

const char *lab_task_name(const lab_task *task) {
    return task->name;
}

unsigned lab_task_number(const lab_task *task) {
    return task->number;
}

enum lab_task_state lab_task_state(const lab_task *task) {
    return task->state;
}

struct lab_site lab_task_site(const lab_task *task) {
    return task->site;
}

lab_task *lab_task_parent(const lab_task *task) {
    return task->number > 1 ? task->parent : NULL;
}

lab_task *lab_task_child(const lab_task *task, const lab_task *child) {
    const struct lab_list *next =
        child ? child->sibling.next : task->children.next;
    if (next == &task->children)
        return NULL;
    return lab_list_item(next, lab_task, sibling);
}
