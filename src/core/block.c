#include "core/block.h"

#include "core/block_internal.h"
#include "core/gate_internal.h"
#include "core/pool_internal.h"
#include "core/say_internal.h"
#include "core/signal_internal.h"
#include "core/task_internal.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <time.h>

// An interrupt that the loop has not seen yet, because it is held, counts for
// the run that holds it. So does a cancel that the task which started the run
// has not heard of yet, because it would have been the next to run.
static bool must_stop(const struct run *run) {
    const lab_task *starter = run->root->parent;
    return lab_signal_pending(SIGINT) || (starter && starter->cancelled);
}

static bool interrupted(struct run *run) {
    if (!lab_worker_current && must_stop(run))
        atomic_store(&run->interrupted, true);
    return atomic_load(&run->interrupted);
}

// Sleeps with the loop's thread held. The interrupt is unblocked only during
// the sleep itself, so that one that comes just before it is not missed.
static void hold_loop(struct run *run, lab_time time) {
    lab_time until = lab_time_after(lab_clock_machine(), time);
    sigset_t interrupt, before, open;
    sigemptyset(&interrupt);
    sigaddset(&interrupt, SIGINT);
    pthread_sigmask(SIG_BLOCK, &interrupt, &before);
    open = before;
    sigdelset(&open, SIGINT);
    // The clock is read before the look: TSan keeps a signal back until a call.
    lab_time left = until - lab_clock_machine();
    while (left > 0 && !interrupted(run)) {
        struct timespec span = {left / LAB_S, left % LAB_S};
        ppoll(NULL, 0, &span, &open);
        left = until - lab_clock_machine();
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

static void sleep_loop(struct run *run, lab_time time) {
    struct gate *gate = lab_gate_current();
    lab_gate_leave(gate);
    hold_loop(run, time);
    lab_gate_enter(gate);
}

static lab_time cpu_time(void) {
    struct timespec used;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return used.tv_sec * LAB_S + used.tv_nsec;
}

void lab_block_compute(struct run *run, lab_time time) {
    lab_time until = lab_time_after(cpu_time(), time);
    volatile uint64_t x = 1;
    struct gate *gate = lab_gate_current();
    while (cpu_time() < until && !interrupted(run)) {
        for (int i = 0; i < 2000; i++)
            x = x * 6364136223846793005u + 1;
        lab_gate_give_on(gate);
    }
}

static void hold(struct run *run, lab_time time, bool computing) {
    struct worker *worker = lab_worker_self();
    if (worker)
        worker->pool->crew->hold(worker, time, computing);
    else if (run->is_virtual)
        lab_world_hold(lab_loop_current, time, computing);
    else if (computing)
        lab_block_compute(run, lab_run_lasts(run, time));
    else
        sleep_loop(run, lab_run_lasts(run, time));
}

static void block(lab_time time, bool computing) {
    enum lab_event_on on = computing ? LAB_ON_BURN : LAB_ON_BLOCK;
    struct run *run = lab_run_checked();
    // No time is a moment at which another worker may be the next.
    bool gives_way = time == 0 && run->is_virtual && lab_worker_self();
    if (time <= 0 && !gives_way)
        return;
    lab_note(LAB_EVENT_BLOCK, on, time, NULL);
    hold(run, time, computing);
    lab_note(LAB_EVENT_UNBLOCK, on, time, NULL);
}

void lab_block(lab_time time) {
    block(time, false);
}

void lab_burn(lab_time time) {
    block(time, true);
}
