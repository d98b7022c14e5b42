// signal.c - signals, from the handler to the loop.
//
// A handler may do next to nothing, so it notes that the signal came and ends
// the loop's wait; the loop then calls whoever watches. Meanwhile lab_block
// and virtual runs can see an interrupt that the loop has not got to yet.

#include "core/signal_internal.h"

#include "base/alloc.h"
#include "core/crash_internal.h"
#include "core/loop_internal.h"
#include "core/real_internal.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>

static _Atomic uint64_t came; // bit n: signal n
static _Atomic(struct real *) target;

static struct {
    lab_signal_fn *fn;
    void *arg;
} watchers[64];

static uint64_t bit(int signal) {
    return (uint64_t)1 << signal;
}

static void on_signal(int signal) {
    int saved = errno;
    struct real *real = atomic_load(&target);
    atomic_fetch_or(&came, bit(signal));
    if (real)
        lab_real_nudge(real);
    errno = saved;
}

void lab_signal_watch(int signal, lab_signal_fn *fn, void *arg) {
    lab_loop *loop = lab_loop_current;
    struct sigaction action = {.sa_handler = fn ? on_signal : SIG_DFL,
                               .sa_flags = SA_ONSTACK};
    if (fn)
        atomic_store(&target, lab_real_of(loop));
    watchers[signal].fn = fn;
    watchers[signal].arg = arg;
    // No SA_RESTART: a thread that is held by lab_block must hear of it.
    lab_crash_mask(&action.sa_mask);
    sigaction(signal, &action, NULL);
}

void lab_signal_forget(struct real *real) {
    if (atomic_load(&target) != real)
        return;
    for (int signal = 1; signal < (int)countof(watchers); signal++)
        if (watchers[signal].fn)
            lab_signal_watch(signal, NULL, NULL);
    atomic_store(&target, NULL);
    atomic_store(&came, 0);
}

bool lab_signal_any(void) {
    return atomic_load_explicit(&came, memory_order_relaxed);
}

bool lab_signal_pending(int signal) {
    return atomic_load_explicit(&came, memory_order_relaxed) & bit(signal);
}

bool lab_signal_take(int signal) {
    return atomic_fetch_and(&came, ~bit(signal)) & bit(signal);
}

void lab_signal_dispatch(void) {
    if (!lab_signal_any())
        return;
    for (int signal = 1; signal < (int)countof(watchers); signal++)
        if (lab_signal_take(signal) && watchers[signal].fn)
            watchers[signal].fn(signal, watchers[signal].arg);
}
