#include "core/lock.h"

#include "core/line_internal.h"
#include "core/park_internal.h"

void lab_lock_init(struct lab_lock *lock) {
    *lock = (struct lab_lock){0};
    lab_list_init(&lock->waiting);
}

// Records which task holds the lock, once others wait for it.
static void tell(struct lab_lock *lock, struct run *run) {
    lab_run_number(run, LAB_ON_LOCK, &lock->number);
    if (lock->told == lock->holder)
        return;
    lock->told = lock->holder;
    lab_run_event(run,
                  (struct lab_event){.kind = LAB_EVENT_HOLD,
                                     .on = LAB_ON_LOCK,
                                     .task = lock->holder,
                                     .other = lock->number},
                  NULL);
}

static int acquire(struct lab_lock *lock, bool shielded) {
    unsigned self = lab_task_number(lab_self());
    if (lock->holder == self)
        return LAB_EDEADLK;
    if (!lock->holder) {
        lock->holder = self;
        return 0;
    }
    tell(lock, lab_self()->run);
    struct line_waiter me = {.kind = LAB_ON_LOCK, .other = lock->number};
    return shielded ? lab_line_wait_shielded(&lock->waiting, &me)
                    : lab_line_wait(&lock->waiting, &me, LAB_FOREVER);
}

int lab_lock_acquire(struct lab_lock *lock) {
    LAB_TRY(lab_task_check());
    return acquire(lock, false);
}

int lab_lock_acquire_shielded(struct lab_lock *lock) {
    return lab_self() ? acquire(lock, true) : LAB_EPERM;
}

int lab_lock_release(struct lab_lock *lock) {
    lab_loop_check();
    lab_task *self = lab_task_caller();
    if (!self || lock->holder != lab_task_number(self))
        return LAB_EINVAL;
    const struct line_waiter *next = lab_line_wake(&lock->waiting, 0);
    lock->holder = next ? lab_task_number(next->task) : 0;
    if (next)
        tell(lock, self->run);
    return 0;
}

bool lab_lock_held(const struct lab_lock *lock) {
    return lock->holder != 0;
}
