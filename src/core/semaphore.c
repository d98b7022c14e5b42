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

// While a task waits there is no free permit, because each goes to the first
// that waits. So a task that finds one overtakes nobody.
int lab_semaphore_acquire(struct lab_semaphore *semaphore) {
    LAB_TRY(lab_task_check());
    if (semaphore->value > 0) {
        semaphore->value--;
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
    if (!lab_line_wake(&semaphore->waiting, 0))
        semaphore->value++;
    return 0;
}
