#include "core/gate_internal.h"

#include "base/alloc.h"
#include "core/pool_internal.h"
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
};

struct gate *lab_gate_new(lab_time slice) {
    struct gate *gate = lab_alloc(sizeof *gate);
    gate->slice = slice;
    pthread_mutex_init(&gate->lock, NULL);
    pthread_cond_init(&gate->turn, NULL);
    return gate;
}

void lab_gate_free(struct gate *gate) {
    pthread_cond_destroy(&gate->turn);
    pthread_mutex_destroy(&gate->lock);
    lab_free(gate);
}

void lab_gate_enter(struct gate *gate) {
    if (!gate)
        return;
    pthread_mutex_lock(&gate->lock);
    uint64_t ticket = gate->next++;
    if (ticket != gate->inside) {
        if (atomic_fetch_add(&gate->waiting, 1) == 0)
            gate->asked = lab_clock_machine();
        while (ticket != gate->inside)
            pthread_cond_wait(&gate->turn, &gate->lock);
        atomic_fetch_sub(&gate->waiting, 1);
    }
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
