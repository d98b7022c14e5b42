// signal.c - signals, from the handler to the loop.
//
// A handler may do almost nothing, so it notes that the signal came and ends
// the loop's wait; the loop then calls the watching function. Meanwhile
// lab_block and virtual runs can see an interrupt that the loop has not seen
// yet.

#include "core/signal_internal.h"

#include "base/alloc.h"
#include "core/crash_internal.h"
#include "core/interrupt_internal.h"
#include "core/loop_internal.h"
#include "core/real_internal.h"
#include "record/clock.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <unistd.h>

// For how many seconds what was told to end may go on.
enum { PATIENCE = 1 };

static _Atomic uint64_t came; // bit n: signal n
static _Atomic(struct real *) target;
static _Atomic lab_time
    unanswered;               // when an interrupt came; 0: none is unanswered
static atomic_int interrupts; // unanswered, each soon after the one before

static struct {
    lab_signal_fn *fn; // NULL: not watched
    void *arg;
    struct sigaction before; // what the signal did then
} watchers[64];

static uint64_t bit(int signal) {
    return (uint64_t)1 << signal;
}

static bool tells_to_end(int signal) {
    return signal == SIGTERM || signal == SIGHUP;
}

// What a first interrupt stops needs a moment to end, so a second one only says
// that nobody will wait longer than that. A third one means at once.
static void count_interrupt(bool is_unseen, void *context) {
    lab_time now = lab_clock_machine();
    lab_time before = atomic_exchange(&unanswered, now);
    if (!before || now - before > LAB_S)
        atomic_store(&interrupts, 0);
    int count = atomic_fetch_add(&interrupts, 1) + 1;
    if (count == 2)
        alarm(PATIENCE);
    else if (count > 2)
        lab_interrupt_end(is_unseen, context);
}

void lab_signal_force(void) {
    lab_interrupt_end(false, NULL);
}

static void on_signal(int signal, siginfo_t *info, void *context) {
    int saved = errno;
    struct real *real = atomic_load(&target);
    bool unseen = atomic_fetch_or(&came, bit(signal)) & bit(signal);
    (void)info;
    if (signal == SIGINT)
        count_interrupt(unseen, context);
    if (tells_to_end(signal))
        alarm(PATIENCE);
    if (real)
        lab_real_nudge(real);
    errno = saved;
}

static void watch(int signal, lab_signal_fn *fn, void *arg) {
    bool is_new = !watchers[signal].fn;
    struct sigaction action = {.sa_sigaction = on_signal,
                               .sa_flags = SA_ONSTACK | SA_SIGINFO};
    atomic_store(&target, lab_real_of(lab_loop_current));
    watchers[signal].fn = fn;
    watchers[signal].arg = arg;
    // No SA_RESTART: it must end the sleep of a thread held by lab_block.
    lab_crash_mask(&action.sa_mask);
    if (is_new)
        sigaction(signal, &action, &watchers[signal].before);
}

static void unwatch(int signal) {
    if (!watchers[signal].fn)
        return;
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
    lab_signal_answered();
}

int lab_signal_overdue(void) {
    return lab_signal_pending(SIGTERM)  ? SIGTERM
           : lab_signal_pending(SIGHUP) ? SIGHUP
                                        : 0;
}

bool lab_signal_unheeded(void) {
    return atomic_load(&interrupts) > 1;
}

// The alarm ends first, and then what it was for: one that came in between
// would be nobody's, and end the program as such. Another interrupt may come
// here.
void lab_signal_answered(void) {
    atomic_store(&unanswered, 0);
    if (lab_signal_unheeded() && !lab_signal_overdue())
        alarm(0);
    if (atomic_exchange(&interrupts, 0) > 1 && !lab_signal_overdue())
        alarm(0);
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
    for (int signal = 1; signal < (int)countof(watchers); signal++) {
        if (tells_to_end(signal) && lab_signal_pending(signal))
            alarm(0); // it is heard; first, as above
        if (lab_signal_take(signal) && watchers[signal].fn)
            watchers[signal].fn(signal, watchers[signal].arg);
    }
}
