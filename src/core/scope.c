// scope.c - a task's open scopes are a chain, from the innermost outwards:
//
//     task.scope --> timeout --> shield --> timeout --> task.cancelled
//
// Whether the task must stop is decided from the left: a timeout that is over
// says yes, a shield says no, and without either the cancel decides.

#include "core/scope_internal.h"

#include "base/alloc.h"
#include "core/misuse.h"
#include "core/park_internal.h"

bool lab_scope_must_stop(const lab_task *task) {
    for (const struct lab_scope *at = task->scope; at; at = at->outer) {
        if (at->expired)
            return true;
        if (at->shields)
            return false;
    }
    return task->cancelled;
}

lab_time lab_scope_deadline(const lab_task *task) {
    lab_time first = LAB_FOREVER;
    for (const struct lab_scope *at = task->scope; at; at = at->outer) {
        const struct lab_heap_node *node = &at->timer.node;
        if (lab_heap_holds(node) && node->key < first)
            first = node->key;
        if (at->shields)
            break;
    }
    return first;
}

// The time of [scope] was over at the loop time [at].
static void expire(struct lab_scope *scope, lab_time at) {
    scope->expired = true;
    lab_task_note_timeout(scope->task, at);
    lab_task_stop(scope->task);
}

static void on_timer(struct lab_timer *timer) {
    struct lab_scope *scope = lab_list_item(timer, struct lab_scope, timer);
    lab_task_note_timer(scope->task, timer->node.key);
    expire(scope, timer->node.key);
}

static void start(struct lab_scope *scope, lab_time delay) {
    if (delay <= 0)
        scope->expired = true;
    else if (delay != LAB_FOREVER)
        lab_timer_set(lab_loop_current, &scope->timer,
                      lab_task_deadline_of(scope->task, delay), on_timer);
}

void lab_scope_open(lab_task *task, struct lab_scope *scope, lab_time delay) {
    *scope = (struct lab_scope){.outer = task->scope, .task = task};
    task->scope = scope;
    start(scope, delay);
}

void lab_scope_close(lab_task *task, struct lab_scope *scope) {
    task->scope = scope->outer;
    lab_heap_remove(&lab_loop_current->timers, &scope->timer.node);
}

// --- mistakes

static _Noreturn void die(const lab_task *task, const char *what) {
    lab_misuse(
        "task #%u \"%s\", spawned at %s:%d, %s. Every enter needs its "
        "exit, in the opposite order; between them there is no return and "
        "no LAB_TRY",
        task->number, task->name, task->site.file, task->site.line, what);
}

void lab_scope_check_closed(const lab_task *task) {
    if (task->scope)
        die(task, "has returned from within a timeout or a shield");
}

static lab_task *enterer(void) {
    lab_task *self = lab_self();
    if (!self)
        lab_misuse("a timeout or a shield was entered or left outside of a "
                   "task: neither a job in a pool nor a callback has any");
    return self;
}

// --- entering and leaving

static struct lab_scope *enter(lab_time delay) {
    lab_task *self = enterer();
    struct lab_scope *scope = lab_alloc(sizeof *scope);
    lab_scope_open(self, scope, delay);
    return scope;
}

// Returns whether the time was over.
static bool leave(struct lab_scope *scope) {
    lab_task *self = enterer();
    if (scope && self->scope == scope) {
        bool expired = scope->expired;
        lab_scope_close(self, scope);
        lab_task_forgive(self);
        lab_free(scope);
        return expired;
    }
    die(self, "leaves a timeout or a shield that is not its innermost");
}

void lab_timeout_enter(struct lab_timeout *timeout, lab_time delay) {
    *timeout = (struct lab_timeout){.scope = enter(delay)};
}

int lab_timeout_exit(struct lab_timeout *timeout, int rc) {
    timeout->expired = leave(timeout->scope);
    timeout->scope = NULL;
    bool is_ours = timeout->expired && !lab_task_must_stop(lab_self());
    return is_ours && rc == LAB_ECANCELED ? LAB_ETIMEDOUT : rc;
}

bool lab_timeout_expired(const struct lab_timeout *timeout) {
    return timeout->scope ? timeout->scope->expired : timeout->expired;
}

// The wait that [task] is in has another deadline now: the record has it again,
// with that.
static void note_deadline(const lab_task *task) {
    struct lab_record *record = task->run->record;
    lab_time until = lab_scope_deadline(task);
    const struct lab_heap_node *own = &task->timer.node;
    if (lab_heap_holds(own) && own->key < until)
        until = own->key;
    for (size_t i = record ? lab_record_count(record) : 0; i > 0; i--) {
        struct lab_event event = *lab_record_at(record, i - 1);
        if (event.kind != LAB_EVENT_WAIT || event.task != task->number)
            continue;
        event.time = lab_run_time(task->run);
        event.value =
            until == LAB_FOREVER ? 0 : lab_run_from_loop(task->run, until);
        lab_record_add(record, event, NULL);
        return;
    }
}

bool lab_timeout_reschedule(struct lab_timeout *timeout, lab_time delay) {
    struct lab_scope *scope = timeout->scope;
    lab_loop_check();
    if (lab_timeout_expired(timeout) || !scope)
        return false;
    lab_heap_remove(&lab_loop_current->timers, &scope->timer.node);
    if (delay <= 0) // its task may be waiting: another may call this
        expire(scope, lab_loop_time(lab_loop_current));
    else
        start(scope, delay);
    if (scope->task->state == LAB_TASK_WAITING)
        note_deadline(scope->task);
    return true;
}

void lab_shield_enter(struct lab_shield *shield) {
    shield->scope = enter(LAB_FOREVER);
    shield->scope->shields = true;
}

void lab_shield_exit(struct lab_shield *shield) {
    leave(shield->scope);
    shield->scope = NULL;
}

// --- the same for a function

int lab_within(lab_time delay, lab_fn *fn, void *arg) {
    struct lab_timeout timeout;
    lab_timeout_enter(&timeout, delay);
    return lab_timeout_exit(&timeout, fn(arg));
}

int lab_shielded(lab_fn *fn, void *arg) {
    struct lab_shield shield;
    lab_shield_enter(&shield);
    int rc = fn(arg);
    lab_shield_exit(&shield);
    return rc;
}
