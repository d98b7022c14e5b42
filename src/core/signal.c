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
    lab_signal_fn *fn; // NULL: nobody watches
    void *arg;
    struct sigaction before; // what the signal did then
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

static void watch(int signal, lab_signal_fn *fn, void *arg) {
    bool is_new = !watchers[signal].fn;
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_ONSTACK};
    atomic_store(&target, lab_real_of(lab_loop_current));
    watchers[signal].fn = fn;
    watchers[signal].arg = arg;
    // No SA_RESTART: a thread that is held by lab_block must hear of it.
    lab_crash_mask(&action.sa_mask);
    if (is_new)
        sigaction(signal, &action, &watchers[signal].before);
}

static void unwatch(int signal) {
    if (watchers[signal].fn)
        sigaction(signal, &watchers[signal].before, NULL);
    watchers[signal].fn = NULL;
}

void lab_signal_watch(int signal, lab_signal_fn *fn, void *arg) {
    if (fn)
        watch(signal, fn, arg);
    else
        unwatch(signal);
}

void lab_signal_forget(struct real *real) {
    if (atomic_load(&target) != real)
        return;
    for (int signal = 1; signal < (int)countof(watchers); signal++)
        unwatch(signal);
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
