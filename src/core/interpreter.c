#include "core/interpreter_internal.h"

void lab_interpreter_init(struct interpreter *self) {
    *self = (struct interpreter){0};
    lab_list_init(&self->waiting);
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
    lab_list_push(&self->waiting, &claim->node);
    return false;
}

void lab_interpreter_drop(struct interpreter *self, struct claim *claim) {
    if (self->holder == claim)
        self->holder = NULL;
    lab_list_remove(&claim->node);
}

struct claim *lab_interpreter_grant(struct interpreter *self, lab_time now) {
    if (self->holder || lab_list_empty(&self->waiting))
        return NULL;
    struct lab_list *node = lab_list_pop(&self->waiting);
    self->holder = lab_list_item(node, struct claim, node);
    self->since = now;
    return self->holder;
}

lab_time lab_interpreter_switch(const struct interpreter *self) {
    const struct lab_list *node = self->waiting.next;
    if (!self->holder || lab_list_empty(&self->waiting))
        return LAB_FOREVER;
    const struct claim *first = lab_list_item(node, struct claim, node);
    lab_time from = first->since > self->since ? first->since : self->since;
    return from + self->slice;
}
