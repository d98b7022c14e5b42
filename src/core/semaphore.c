#include "core/semaphore.h"

#include "core/line_internal.h"
#include "core/park_internal.h"

static void init(struct lab_semaphore *semaphore, size_t value, size_t bound) {
    *semaphore = (struct lab_semaphore){.value = value, .bound = bound};
    lab_list_init(&semaphore->waiting);
}

void lab_semaphore_init(struct lab_semaphore *semaphore, size_t value) {
    init(semaphore, value, SIZE_MAX);
}

void lab_semaphore_init_bounded(struct lab_semaphore *semaphore, size_t value) {
    init(semaphore, value, value);
}

// Notes that a permit comes to, or from, the task of [number]; 0: a callback.
static void note(struct lab_semaphore *semaphore, enum lab_event_kind kind,
                 unsigned task) {
    struct run *run = lab_run_acting();
    if (run && run->record)
        lab_run_note(run, kind, LAB_ON_SEMAPHORE,
                     lab_run_number(run, LAB_ON_SEMAPHORE, &semaphore->number),
                     task, 0);
}

// While a task waits there is no free permit, because each goes to the first
// that waits. So a task that finds one overtakes nobody.
int lab_semaphore_acquire(struct lab_semaphore *semaphore) {
    LAB_TRY(lab_task_check());
    if (semaphore->value > 0) {
        semaphore->value--;
        note(semaphore, LAB_EVENT_HOLD, lab_task_number(lab_self()));
        return 0;
    }
    struct line_waiter me = {.kind = LAB_ON_SEMAPHORE};
    me.other = lab_run_number(lab_self()->run, me.kind, &semaphore->number);
    return lab_line_wait(&semaphore->waiting, &me, LAB_FOREVER);
}

int lab_semaphore_release(struct lab_semaphore *semaphore) {
    lab_loop_check();
    if (semaphore->value == semaphore->bound)
        return LAB_EINVAL;
    const lab_task *self = lab_task_caller();
    note(semaphore, LAB_EVENT_RELEASE, self ? lab_task_number(self) : 0);
    const struct line_waiter *next = lab_line_wake(&semaphore->waiting, 0);
    if (next)
        note(semaphore, LAB_EVENT_HOLD, lab_task_number(next->task));
    else
        semaphore->value++;
    return 0;
}
