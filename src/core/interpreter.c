#include "core/interpreter_internal.h"

#include "core/pool_internal.h"
#include "core/task_internal.h"

void lab_interpreter_init(struct interpreter *self, struct run *run,
                          lab_time slice) {
    *self = (struct interpreter){.run = run, .slice = slice};
    lab_list_init(&self->waiting);
}

// The task that [claim] is for: that of its job, or the loop's; 0 if none.
static uint32_t task_of(const struct claim *claim) {
    const lab_task *task = lab_loop_current->running;
    if (claim->worker)
        task = claim->worker->job ? claim->worker->job->asker : NULL;
    return task ? task->number : 0;
}

static void note(const struct interpreter *self, enum lab_event_kind kind,
                 const struct claim *claim) {
    if (!self->run->record)
        return;
    struct lab_event event = {
        .time = lab_run_time(self->run),
        .kind = (uint8_t)kind,
        .on = LAB_ON_INTERPRETER,
        .task = task_of(claim),
        .worker = claim->worker ? (uint16_t)claim->worker->number : 0,
        .line = lab_run_location(self->run, claim->worker ? claim->worker->here
                                                          : lab_here),
    };
    lab_record_add(self->run->record, event, NULL);
}

static void note_holder(struct interpreter *self) {
    if (self->holder && self->told != self->holder)
        note(self, LAB_EVENT_HOLD, self->holder);
    self->told = self->holder;
}

bool lab_interpreter_take(struct interpreter *self, struct claim *claim,
                          lab_time now) {
    if (self->holder == claim)
        return true;
    if (!self->holder && lab_list_empty(&self->waiting)) {
        self->holder = claim;
        self->since = now;
        return true;
    }
    claim->since = now;
    note_holder(self);
    note(self, LAB_EVENT_WANT, claim);
    lab_list_push(&self->waiting, &claim->node);
    return false;
}

void lab_interpreter_drop(struct interpreter *self, struct claim *claim) {
    if (self->holder == claim)
        self->holder = self->told = NULL;
    lab_list_remove(&claim->node);
}

struct claim *lab_interpreter_grant(struct interpreter *self, lab_time now) {
    if (self->holder || lab_list_empty(&self->waiting))
        return NULL;
    struct lab_list *node = lab_list_pop(&self->waiting);
    self->holder = lab_list_item(node, struct claim, node);
    self->since = now;
    note_holder(self);
    return self->holder;
}

lab_time lab_interpreter_switch(const struct interpreter *self) {
    const struct lab_list *node = self->waiting.next;
    if (!self->holder || lab_list_empty(&self->waiting))
        return LAB_FOREVER;
    const struct claim *first = lab_list_item(node, struct claim, node);
    lab_time from = first->since > self->since ? first->since : self->since;
    return lab_time_plus(from, self->slice);
}
