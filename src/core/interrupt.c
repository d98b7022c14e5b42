// interrupt.c - the second Ctrl-C: which task did not stop at the first?
//
//     the loop is held            the handler interrupts its thread, and with
//                                 it the task or virtual worker that runs
//     the loop runs, but a job    each thread is asked by a signal, and one
//     in a worker does not stop   that has a job reports it
//
// Only a thread itself knows where in its code it is.

#include "core/interrupt_internal.h"

#include "base/alloc.h"
#include "base/die.h"
#include "core/last_words_internal.h"
#include "core/pool_internal.h"

#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/types.h>
#include <unistd.h>

// The threads, as the kernel numbers them; 0 is a free slot.
enum { THREADS_MOST = 1024, NO_SLOT = THREADS_MOST };
static _Atomic pid_t threads[THREADS_MOST];
static _Thread_local size_t slot = NO_SLOT;

static atomic_int unasked; // how many threads have not answered yet

void lab_interrupt_thread_init(void) {
    for (slot = 0; slot < THREADS_MOST; slot++) {
        pid_t none = 0;
        if (atomic_compare_exchange_strong(&threads[slot], &none, gettid()))
            return;
    }
}

void lab_interrupt_thread_term(void) {
    if (slot < THREADS_MOST)
        atomic_store(&threads[slot], 0);
}

_Noreturn static void end_with(const char *why, void *context) {
    lab_last_words("was stopped", why, context);
    _exit(LAB_EXIT_INTERRUPTED);
}

static void answer(int signal, siginfo_t *info, void *context) {
    static atomic_flag is_told;
    (void)signal;
    (void)info;
    if (!lab_worker_current || !lab_worker_current->job)
        atomic_fetch_sub(&unasked, 1);
    else if (!atomic_flag_test_and_set(&is_told))
        end_with("its job went on after Ctrl-C came twice", context);
    for (;;)
        pause();
}

// Returns if no thread has a job. SIGABRT is used because none blocks it.
static void ask_threads(void) {
    struct sigaction action = {.sa_sigaction = answer,
                               .sa_flags = SA_SIGINFO | SA_ONSTACK};
    sigaction(SIGABRT, &action, NULL);
    for (size_t i = 0; i < countof(threads); i++) {
        pid_t thread = atomic_load(&threads[i]);
        atomic_fetch_add(&unasked, 1);
        if (!thread || tgkill(getpid(), thread, SIGABRT) < 0)
            atomic_fetch_sub(&unasked, 1);
    }
    while (atomic_load(&unasked) > 0)
        sched_yield();
}

void lab_interrupt_end(bool is_unseen, void *context) {
    const lab_loop *loop = lab_loop_current;
    bool runs = loop && (loop->running || loop->worker);
    if ((is_unseen && !runs) || !lab_last_words_begin())
        return;
    lab_die_restore();
    if (is_unseen)
        end_with("it held the loop while Ctrl-C came twice", context);
    ask_threads();
    end_with("it went on after Ctrl-C came twice", context);
}
