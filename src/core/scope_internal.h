// scope_internal.h - open timeouts and shields, private to src/core.

#ifndef LAB_CORE_SCOPE_INTERNAL_H
#define LAB_CORE_SCOPE_INTERNAL_H

#include "core/loop.h"
#include "core/scope.h"

// A timeout or a shield, from its enter to its exit. It has memory of its own,
// so nothing dangles if the function that entered it returns too early.
struct lab_scope {
    struct lab_scope *outer;
    lab_task *task;
    struct lab_timer timer;
    bool expired, shields;
};

void lab_scope_open(lab_task *task, struct lab_scope *scope, lab_time delay);
void lab_scope_close(lab_task *task, struct lab_scope *scope);

// Ends the program if [task], which ends, forgot to exit a scope.
void lab_scope_check_closed(const lab_task *task);

// Must [task] stop, considering its open scopes and its cancel?
bool lab_scope_must_stop(const lab_task *task);

// When the first of the open timeouts is over that [task] is not shielded from;
// LAB_FOREVER if there is none.
lab_time lab_scope_deadline(const lab_task *task);

#endif
