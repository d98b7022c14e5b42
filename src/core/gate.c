#include "core/gate_internal.h"

#include "base/alloc.h"
#include "core/pool_internal.h"
#include "core/say_internal.h"
#include "core/task_internal.h"
#include "record/clock.h"

#include <pthread.h>
#include <stdatomic.h>

struct gate {
    lab_time slice;
    atomic_int waiting;
    pthread_mutex_t lock;  // guards the rest
    pthread_cond_t turn;   // [inside] has changed
    uint64_t inside, next; // tickets: who may be inside; who comes next
    lab_time since, asked; // when that one entered, and others began to wait
    struct worker *holder; // that one; NULL if it is the loop
    bool told;             // the record says so
    struct real *real;     // the loop's
    struct run *run; // whose record has what the loop does; NULL: it has ended
};

struct gate *lab_gate_new(const lab_pool *pool) {
    struct gate *gate = lab_alloc(sizeof *gate);
    gate->slice = pool->slice;
    gate->real = pool->real;
    gate->run = pool->run;
    pthread_mutex_init(&gate->lock, NULL);
    pthread_cond_init(&gate->turn, NULL);
    return gate;
}

void lab_gate_free(struct gate *gate) {
    pthread_cond_destroy(&gate->turn);
    pthread_mutex_destroy(&gate->lock);
    lab_free(gate);
}

void lab_gate_forget(struct gate *gate, const struct run *run) {
    pthread_mutex_lock(&gate->lock);
    if (gate->run == run)
        gate->run = NULL;
    pthread_mutex_unlock(&gate->lock);
}

// What [worker] does, or the loop if that is NULL. Inside the lock, so that all
// is noted in the order in which it happens. A note of another thread's is
// opened before that has ended its job, so the run is still there then.
static void note(const struct gate *gate, enum lab_event_kind kind,
                 const struct worker *worker) {
    struct run *run = worker ? worker->pool->run : gate->run;
    bool ends_before =
        lab_worker_current && !worker && run != lab_worker_current->pool->run;
    if (!run || !run->record || ends_before)
        return;
    struct lab_event event = {.time = lab_run_time(run),
                              .kind = (uint8_t)kind,
                              .on = LAB_ON_INTERPRETER};
    if (worker) {
        event.task = worker->job->asker->number;
        event.worker = (uint16_t)worker->number;
    }
    if (lab_worker_current)
        lab_note_later(run, gate->real, event);
    else
        lab_record_add(run->record, event, NULL);
}

// Waits for the turn of [ticket].
static void wait(struct gate *gate, uint64_t ticket) {
    if (atomic_fetch_add(&gate->waiting, 1) == 0)
        gate->asked = lab_clock_machine();
    if (!gate->told)
        note(gate, LAB_EVENT_HOLD, gate->holder);
    gate->told = true;
    note(gate, LAB_EVENT_WANT, lab_worker_current);
    while (ticket != gate->inside)
        pthread_cond_wait(&gate->turn, &gate->lock);
    note(gate, LAB_EVENT_HOLD, lab_worker_current);
    atomic_fetch_sub(&gate->waiting, 1);
}

void lab_gate_enter(struct gate *gate) {
    if (!gate)
        return;
    pthread_mutex_lock(&gate->lock);
    uint64_t ticket = gate->next++;
    bool waits = ticket != gate->inside;
    if (waits)
        wait(gate, ticket);
    gate->holder = lab_worker_current;
    gate->told = waits;
    gate->since = lab_clock_machine();
    pthread_mutex_unlock(&gate->lock);
}

void lab_gate_leave(struct gate *gate) {
    if (!gate)
        return;
    pthread_mutex_lock(&gate->lock);
    gate->inside++;
    pthread_cond_broadcast(&gate->turn);
    pthread_mutex_unlock(&gate->lock);
}

void lab_gate_give_on(struct gate *gate) {
    if (!gate ||
        atomic_load_explicit(&gate->waiting, memory_order_relaxed) == 0)
        return;
    lab_time now = lab_clock_machine();
    pthread_mutex_lock(&gate->lock);
    lab_time from = gate->asked > gate->since ? gate->asked : gate->since;
    pthread_mutex_unlock(&gate->lock);
    if (now - from < gate->slice)
        return;
    lab_gate_leave(gate);
    lab_gate_enter(gate);
}

struct gate *lab_gate_current(void) {
    if (lab_worker_current)
        return lab_worker_current->pool->gate;
    return lab_loop_current ? lab_loop_current->gate : NULL;
}
