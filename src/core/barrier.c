#include "core/barrier.h"

#include "core/line_internal.h"
#include "core/misuse.h"
#include "core/park_internal.h"

void lab_barrier_init(struct lab_barrier *barrier, size_t parties) {
    if (parties == 0)
        lab_misuse("a barrier needs at least 1 party, not 0");
    *barrier = (struct lab_barrier){.parties = parties};
    lab_list_init(&barrier->waiting);
}

// Counts us in, and says whether all have come. A cancelled task does not count
// itself out, so when there seem to be enough, the tasks that still wait are
// counted. To count them each time would take quadratic time.
static bool all_are_there(struct lab_barrier *barrier) {
    if (++barrier->arrived >= barrier->parties)
        barrier->arrived = 1 + lab_line_length(&barrier->waiting);
    return barrier->arrived >= barrier->parties;
}

static void dismiss(struct lab_barrier *barrier) {
    barrier->arrived = 0;
    lab_line_wake_all(&barrier->waiting, LAB_EBROKEN);
}

int lab_barrier_wait(struct lab_barrier *barrier) {
    LAB_TRY(lab_task_check());
    if (barrier->broken)
        return LAB_EBROKEN;
    if (!all_are_there(barrier)) {
        struct line_waiter me = {.kind = LAB_ON_BARRIER};
        me.other = lab_run_number(lab_self()->run, me.kind, &barrier->number);
        return lab_line_wait(&barrier->waiting, &me, LAB_FOREVER);
    }
    int index = 0;
    while (lab_line_wake(&barrier->waiting, index))
        index++;
    barrier->arrived = 0;
    return index;
}

size_t lab_barrier_waiting(const struct lab_barrier *barrier) {
    return lab_line_length(&barrier->waiting);
}

void lab_barrier_abort(struct lab_barrier *barrier) {
    lab_loop_check();
    barrier->broken = true;
    dismiss(barrier);
}

void lab_barrier_reset(struct lab_barrier *barrier) {
    lab_loop_check();
    barrier->broken = false;
    dismiss(barrier);
}
