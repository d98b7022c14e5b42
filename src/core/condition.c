#include "core/condition.h"

#include "core/line_internal.h"
#include "core/park_internal.h"

void lab_condition_init(struct lab_condition *condition,
                        struct lab_lock *lock) {
    *condition = (struct lab_condition){.lock = lock};
    lab_list_init(&condition->waiting);
}

static bool is_ours(const struct lab_lock *lock) {
    lab_task *self = lab_task_caller();
    return self && lock->holder == lab_task_number(self);
}

int lab_condition_wait(struct lab_condition *condition) {
    LAB_TRY(lab_task_check());
    if (!is_ours(condition->lock))
        return LAB_EINVAL;
    // The release makes another task ready but does not run it, so nobody can
    // notify before we are in line.
    lab_lock_release(condition->lock);
    struct line_waiter me = {.kind = LAB_ON_CONDITION};
    me.other = lab_run_number(lab_self()->run, me.kind, &condition->number);
    int rc = lab_line_wait(&condition->waiting, &me, LAB_FOREVER);
    LAB_TRY(lab_lock_acquire_shielded(condition->lock));
    return rc;
}

int lab_condition_wait_for(struct lab_condition *condition,
                           bool (*holds)(void *arg), void *arg) {
    LAB_TRY(lab_task_check());
    if (!is_ours(condition->lock))
        return LAB_EINVAL;
    while (!holds(arg))
        LAB_TRY(lab_condition_wait(condition));
    return 0;
}

int lab_condition_notify(struct lab_condition *condition, size_t count) {
    lab_loop_check();
    if (!is_ours(condition->lock))
        return LAB_EINVAL;
    int woken = 0;
    while (count-- > 0 && lab_line_wake(&condition->waiting, 0))
        woken++;
    return woken;
}

int lab_condition_notify_all(struct lab_condition *condition) {
    return lab_condition_notify(condition, SIZE_MAX);
}
