// generator.c - a body on a stack of its own, and the task that runs it now.
//
//     task's own stack     | body | ... | next | ->.
//     generator's stack    | body | ... | yield |  `-> or parked in a wait
//
// While a generator runs, the task that resumed it runs on the generator's
// stack. So the task's coroutine points there meanwhile, and a wait in the body
// parks and wakes the task as anywhere else. The task's former stack is kept in
// .caller; generators nest that way.

#include "core/generator.h"

#include "base/alloc.h"
#include "core/misuse.h"
#include "core/scope_internal.h"
#include "core/task_internal.h"

#include <string.h>

struct lab_generator {
    struct lab_coroutine
        coroutine;               // its stack is NULL before and after the body
    struct lab_coroutine caller; // of the task that resumed it
    struct lab_stacks *stacks;   // where the stack is from
    lab_generator_fn *fn;
    void *arg;
    struct lab_site site;
    const struct run *run; // in which it has its number; NULL: in none yet
    unsigned number;
    char name[32];
    const struct lab_scope *scope; // the task's, when it was resumed
    enum lab_generator_state state;
    bool closing; // every yield fails
    int result;
    int64_t out, sent;
};

// Gives it a number in the run of [task], and notes that it is there.
static void introduce(lab_generator *self, const lab_task *task) {
    if (self->run == task->run)
        return;
    self->run = task->run;
    self->number = ++task->run->generators;
    lab_task_record_text(task, LAB_EVENT_GENERATOR, self->number, 0,
                         self->name);
}

static void note(const lab_generator *self, enum lab_event_kind kind,
                 int64_t value) {
    lab_task_record(lab_self(), kind, self->number, value);
}

lab_generator *lab_generator_new_here(const char *name, lab_generator_fn *fn,
                                      void *arg) {
    lab_generator *self = lab_alloc(sizeof *self);
    const lab_task *maker = lab_task_caller();
    memccpy(self->name, name, 0, sizeof self->name - 1);
    if (maker)
        introduce(self, maker);
    self->fn = fn;
    self->arg = arg;
    self->site = lab_here;
    self->result = LAB_EINVAL;
    return self;
}

// A timeout or shield belongs to the task that entered it, and another task may
// resume the body next.
static void check_scope(const lab_generator *self) {
    if (lab_self()->scope != self->scope)
        lab_misuse(
            "the generator made at %s:%d yields or returns from within a "
            "timeout or a shield that it has entered: leave that first",
            self->site.file, self->site.line);
}

static struct lab_coroutine *body(void *arg) {
    lab_generator *self = arg;
    self->result = self->fn(self, self->arg);
    check_scope(self);
    self->state = LAB_GENERATOR_CLOSED;
    note(self, LAB_EVENT_CLOSE, self->result);
    return &self->caller;
}

static void begin(lab_generator *self, struct lab_stacks *stacks) {
    self->stacks = stacks;
    lab_coroutine_make(&self->coroutine, lab_stack_take(stacks), body, self);
}

static void end(lab_generator *self) {
    lab_stack_put(self->stacks, self->coroutine.stack);
    self->coroutine.stack = NULL;
}

// Runs the body until it yields or returns.
static int resume(lab_generator *self, int64_t sent) {
    lab_task *task = lab_self();
    if (self->state == LAB_GENERATOR_RUNNING)
        return LAB_EBUSY;
    // A stack goes back to the thread whose pool it is from.
    if (!task || (self->stacks && self->stacks != lab_loop_current->stacks))
        return LAB_EPERM;
    if (self->state == LAB_GENERATOR_CREATED)
        begin(self, lab_loop_current->stacks);
    introduce(self, task);
    note(self, LAB_EVENT_RESUME, sent);
    self->state = LAB_GENERATOR_RUNNING;
    self->scope = task->scope;
    struct lab_site here = lab_here;
    self->caller = task->coroutine;
    task->coroutine = self->coroutine;
    // Not through the task's coroutine: it is overwritten when the body parks.
    lab_coroutine_switch(&self->caller, &self->coroutine);
    task->coroutine = self->caller;
    lab_here_set(here.file, here.line);
    if (self->state == LAB_GENERATOR_CLOSED)
        end(self);
    return 0;
}

// Resumes a body that has begun or may begin, and returns how that ended.
static int go_on(lab_generator *self, int64_t sent, int64_t *value) {
    if (self->state == LAB_GENERATOR_RUNNING)
        return LAB_EBUSY;
    if (self->state == LAB_GENERATOR_CLOSED || self->closing)
        return LAB_EOF;
    self->sent = sent;
    LAB_TRY(resume(self, sent));
    if (self->state == LAB_GENERATOR_CLOSED)
        return self->result < 0 ? self->result : LAB_EOF;
    if (value)
        *value = self->out;
    return 0;
}

int lab_generator_next(lab_generator *self, int64_t *value) {
    return go_on(self, 0, value);
}

int lab_generator_send(lab_generator *self, int64_t sent, int64_t *value) {
    if (self->state == LAB_GENERATOR_CREATED)
        return LAB_EINVAL;
    return go_on(self, sent, value);
}

// --- from the body

// Does the body of [self] run, and not one that it has resumed?
static bool inside(const lab_generator *self) {
    lab_task *task = lab_self();
    return task && self->coroutine.stack &&
           task->coroutine.stack == self->coroutine.stack;
}

int lab_generator_yield(lab_generator *self, int64_t value, int64_t *sent) {
    if (!inside(self))
        return LAB_EINVAL;
    check_scope(self);
    self->out = value;
    self->state = LAB_GENERATOR_SUSPENDED;
    note(self, LAB_EVENT_YIELD, value);
    lab_coroutine_switch(&self->coroutine, &self->caller);
    if (self->closing)
        return LAB_ECANCELED;
    if (sent)
        *sent = self->sent;
    return 0;
}

int lab_generator_yield_from(lab_generator *self, lab_generator *inner) {
    int64_t value, sent;
    int rc = lab_generator_next(inner, &value);
    while (rc == 0) {
        rc = lab_generator_yield(self, value, &sent);
        if (rc < 0) {
            LAB_TRY(lab_generator_close(inner));
            return rc;
        }
        rc = lab_generator_send(inner, sent, &value);
    }
    return rc == LAB_EOF ? lab_generator_result(inner) : rc;
}

// --- the end

int lab_generator_close(lab_generator *self) {
    if (self->state == LAB_GENERATOR_CREATED) {
        self->state = LAB_GENERATOR_CLOSED;
        self->result = LAB_ECANCELED;
        if (lab_self() && lab_self()->run == self->run)
            note(self, LAB_EVENT_CLOSE, self->result);
    }
    if (self->state == LAB_GENERATOR_CLOSED)
        return 0;
    bool before = self->closing;
    self->closing = true;
    int rc = resume(self, 0);
    if (rc < 0) { // it has not heard of it
        self->closing = before;
        return rc;
    }
    if (self->state != LAB_GENERATOR_CLOSED)
        return LAB_EBUSY;
    return self->result < 0 && self->result != LAB_ECANCELED ? self->result : 0;
}

void lab_generator_free(lab_generator *self) {
    if (!self)
        return;
    lab_ignore(lab_generator_close(self)); // to know the error, close it first
    if (self->state != LAB_GENERATOR_CLOSED)
        lab_misuse("the generator made at %s:%d cannot be freed: its body %s",
                   self->site.file, self->site.line,
                   self->state == LAB_GENERATOR_RUNNING ? "runs"
                   : lab_self()
                       ? "yields, although the yield that it was in has "
                         "returned LAB_ECANCELED"
                       : "has begun, and only a task can close it");
    lab_free(self);
}

// --- what can be asked

enum lab_generator_state lab_generator_state(const lab_generator *self) {
    return self->state;
}

int lab_generator_result(const lab_generator *self) {
    return self->result;
}
