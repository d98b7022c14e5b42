#include "core/task_internal.h"

#include "base/alloc.h"
#include "base/die.h"
#include "core/misuse.h"
#include "core/park_internal.h"
#include "core/printed_internal.h"
#include "core/turn_internal.h"
#include "record/record_internal.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void lab_task_record_text(const lab_task *task, enum lab_event_kind kind,
                          unsigned other, int64_t value, const char *text) {
    lab_run_event(task->run,
                  (struct lab_event){.kind = (uint8_t)kind,
                                     .on = task->wait_kind,
                                     .task = task->number,
                                     .other = other,
                                     .value = value},
                  text);
}

void lab_task_record_at(const lab_task *task, lab_time at,
                        enum lab_event_kind kind, unsigned other,
                        int64_t value) {
    lab_task_record_here(task, at, kind, other, value);
}

unsigned lab_task_number_in(const struct run *run) {
    const lab_task *self = lab_task_self();
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
    lab_task *task = lab_slab_take(lab_loop_current->tasks);
    task->run = run;
    task->number = ++run->tasks;
    task->parent = parent;
    // The parts of a demo note no lines: see lab.h.
    task->site = site.file || !parent ? site : parent->site;
    task->fn = fn;
    task->arg = arg;
    task->stack_size = (unsigned)size;
    for (size_t i = 0; i < sizeof task->name - 1 && name[i]; i++)
        task->name[i] = name[i]; // most are so short that a call takes longer
    lab_list_init(&task->children);
    lab_list_init(&task->owned);
    lab_outcome_init(&task->end);
    if (parent) {
        lab_list_push(&parent->children, &task->sibling);
        parent->living++;
    }
    record_spawn(task);
    lab_turn_add(lab_loop_current, task);
    return task;
}

static void free_children(lab_task *task) {
    struct lab_list *node;
    while ((node = lab_list_pop(&task->children)))
        lab_task_free(lab_list_item(node, lab_task, sibling));
}

// Stopping on request is not a failure.
static bool was_asked(const lab_task *task, int result) {
    return result == LAB_ECANCELED && task->cancelled;
}

// The run reports deadlocks; this does not.
static bool failed_unread(const lab_task *task) {
    int rc = task->end.result;
    return rc < 0 && !task->end.read && !task->run->deadlocked &&
           !was_asked(task, rc);
}

void lab_task_read_failure(lab_task *task) {
    int rc = task->end.result;
    if (!was_asked(task, rc))
        lab_task_record(task, LAB_EVENT_READ, lab_task_number_in(task->run),
                        rc);
}

void lab_task_free(lab_task *task) {
    lab_assert(task->state == LAB_TASK_ENDED);
    if (failed_unread(task)) {
        lab_task_record(task, LAB_EVENT_UNREAD, 0, task->end.result);
        lab_run_unread(task);
    }
    lab_list_remove(&task->sibling);
    free_children(task);
    lab_free(task->printed);
    lab_slab_put(lab_loop_current->tasks, task);
}

void lab_task_note_join(lab_task *task, const lab_task *awaited) {
    if (task->run == awaited->run && !awaited->end.over)
        lab_task_record(task, LAB_EVENT_JOIN, awaited->number, 0);
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

// The rest of a task's life once its body has returned: its children end first,
// and then its waiters are told.
static void finish(lab_task *task, int result) {
    lab_scope_check_closed(task);
    if (task->run->options->captures_output)
        lab_printed_end();
    task->returned = true;
    if (task->living)
        cancel_children(task);
    while (task->living)
        lab_ignore(lab_task_wait_shielded(LAB_ON_CHILDREN, 0));
    free_owned(task);
    free_children(task);
    if (result < 0 && !was_asked(task, result))
        lab_task_record(task, LAB_EVENT_RAISE, 0, result);
    // No call makes it return; its last one is over, and may be far from here.
    lab_here_set(NULL, 0);
    lab_task_record(task, LAB_EVENT_END, 0, result);
    task->state = LAB_TASK_ENDED;
    lab_task *parent = task->parent;
    if (parent && --parent->living == 0 && parent->state == LAB_TASK_WAITING &&
        parent->wait_kind == LAB_ON_CHILDREN)
        lab_task_wake(parent, 0);
    lab_outcome_set(&task->end, result);
}

struct lab_coroutine *lab_task_body(void *arg) {
    lab_task *task = arg;
    lab_loop *loop = lab_loop_current;
    struct lab_coroutine *to;
    lab_turn_arrived(loop);
    do {
        finish(task, task->fn(task->arg));
        to = lab_turn_replace(loop, task);
        task = loop->running;
    } while (!to);
    return to;
}

// --- what can be asked

// The running task, for functions that cannot return an error.
static lab_task *spawner(const char *name) {
    lab_task *self = lab_self();
    if (!self)
        lab_misuse("\"%s\" was spawned outside of a task: neither a job in a "
                   "pool nor a callback can spawn",
                   name);
    return self;
}

lab_task *lab_spawn_here(const char *name, lab_fn *fn, void *arg) {
    return lab_spawn_deep_here(name, fn, arg, 0);
}

lab_task *lab_spawn_named_here(lab_fn *fn, void *arg, const char *format, ...) {
    char name[sizeof((lab_task){0}).name];
    va_list args;
    va_start(args, format);
    vsnprintf(name, sizeof name, format, args);
    va_end(args);
    return lab_spawn_here(name, fn, arg);
}

lab_task *lab_spawn_now_here(const char *name, lab_fn *fn, void *arg) {
    lab_task *self = spawner(name), *task = lab_spawn_here(name, fn, arg);
    self->state = LAB_TASK_READY;
    self->wait_kind = LAB_ON_BEGIN;
    lab_turn_lend(self);
    return task;
}

lab_task *lab_spawn_deep_here(const char *name, lab_fn *fn, void *arg,
                              size_t size) {
    enum { DEEPEST = 1 << 30 };
    lab_task *self = spawner(name);
    if (size > DEEPEST)
        lab_misuse("\"%s\" was spawned with a stack of %zu bytes; 1 GiB is the "
                   "most",
                   name, size);
    if (size <= LAB_STACK_SIZE)
        size = 0; // the usual one will do
    return lab_task_new(self->run, self, lab_here_get(), name, fn, arg, size);
}

lab_task *lab_task_caller(void) {
    return lab_loop_current && !lab_loop_current->worker
               ? lab_loop_current->running
               : NULL;
}

lab_task *lab_self(void) {
    return lab_task_self();
}

void lab_task_detach(lab_task *task) {
    lab_loop_check();
    task->detached = true;
    if (task->state == LAB_TASK_ENDED)
        lab_task_free(task);
}

int lab_task_result(lab_task *task) {
    lab_loop_check();
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
