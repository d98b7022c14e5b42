// crash.c - from a signal that ends the program to a sentence about it.
//
//     signal --> hooks: terminal, temporary files --> who ran, and where
//            --> the signal again, which now does what it always does
//
// Everything here runs in a signal handler. So nothing is allocated, and no
// lock is taken that the interrupted code may hold.

#include "core/crash.h"

#include "base/alloc.h"
#include "base/die.h"
#include "base/error.h"
#include "base/write.h"
#include "core/crash_internal.h"
#include "core/interrupt_internal.h"
#include "core/last_words_internal.h"
#include "core/pool_internal.h"
#include "core/sanitizer.h"
#include "core/signal_internal.h"
#include "core/task_internal.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

// The handler needs a stack of its own: the other one may be full.
enum { ALT_SIZE = 64 * 1024 };

static _Thread_local void *alternative;
static _Thread_local volatile bool in_libuv;
// The lowest address of this thread's own stack, and the size of the guard
// below it; 0 where they are not known.
static _Thread_local uintptr_t stack_low;
static _Thread_local size_t stack_guard;

// What the processor or the kernel objects to in the running code.
static const struct fault {
    int signal;
    const char *name, *what;
} faults[] = {
    {SIGSEGV, "SIGSEGV", "it used memory that is not its own"},
    {SIGBUS, "SIGBUS", "it used memory that has nothing behind it"},
    {SIGFPE, "SIGFPE", "it divided by zero, or the quotient did not fit"},
    {SIGILL, "SIGILL", "it ran an illegal instruction"},
    {SIGTRAP, "SIGTRAP", "it ran into a breakpoint"},
    {SIGSYS, "SIGSYS", "it made a system call that it may not, such as fork()"},
    {SIGABRT, "SIGABRT", "it called abort()"},
};

void lab_crash_mask(sigset_t *mask) {
    sigfillset(mask);
    for (size_t i = 0; i < countof(faults); i++)
        sigdelset(mask, faults[i].signal);
}

// --- crashes

static bool is_guard(const struct lab_stack *stack, const void *address) {
    return stack && lab_stack_guards(stack, address);
}

// The size of the stack that [address] lies just below; 0 if there is none.
static size_t overflowed(const void *address) {
    const struct worker *worker = lab_worker_self();
    const lab_task *task = lab_last_task();
    if (worker && is_guard(worker->coroutine.stack, address))
        return worker->coroutine.stack->size;
    if (!worker && task && is_guard(task->coroutine.stack, address))
        return task->coroutine.stack->size;
    return 0;
}

static bool is_below_thread(const void *address) {
    return stack_low && (uintptr_t)address < stack_low &&
           stack_low - (uintptr_t)address <= stack_guard;
}

// Writes what happened to [why]. The address says more than the signal, but
// only if the kernel gave one.
static void explain(const struct fault *fault, const siginfo_t *info, char *why,
                    size_t size) {
    enum { NEAR_NULL = 4096 };
    bool has_address = fault->signal == SIGSEGV && info->si_code > 0 &&
                       info->si_code != SI_KERNEL;
    size_t stack = has_address ? overflowed(info->si_addr) : 0;
    const char *what = fault->what;
    if (has_address && (uintptr_t)info->si_addr < NEAR_NULL)
        what = "it used a null pointer";
    if (has_address && is_below_thread(info->si_addr))
        what = "it overflowed its stack";
    if (stack)
        snprintf(why, size, "it overflowed its %zu KiB stack (%s)",
                 stack / 1024, fault->name);
    else
        snprintf(why, size, "%s (%s)", what, fault->name);
}

// The [error] that libuv got before it gave up.
static void end_if_refused(int error) {
    char line[160];
    if (error != EMFILE && error != ENFILE && error != ENOMEM &&
        error != ENOSPC)
        return;
    int n = snprintf(line, sizeof line,
                     "looplab: the event loop cannot continue: %s\n",
                     lab_error_text(-error));
    lab_write_whole(STDERR_FILENO, line, (size_t)n);
    _exit(LAB_EXIT_OS);
}

void lab_crash_in_libuv(bool is_inside) {
    in_libuv = is_inside;
}

// Another process may have sent the signal; it then knows why.
static bool is_own(const siginfo_t *info) {
    return info->si_code > 0 || info->si_code == SI_TIMER ||
           info->si_pid == getpid();
}

static const struct fault *fault_of(int signal) {
    for (size_t i = 0; i < countof(faults); i++)
        if (faults[i].signal == signal)
            return &faults[i];
    return NULL;
}

// Ends the program as the signal does without a handler.
static void end_by(int number) {
    signal(number, SIG_DFL);
    raise(number);
}

// A closed terminal or a kill is obeyed even if a task never gives way.
static void end_overdue(int overdue, void *context) {
    lab_last_words("was stopped", "it held the loop, and looplab was to end",
                   context);
    end_by(overdue);
}

// The timer of limit.c: the running task never lets the loop stop it.
static void end_overtime(void *context) {
    lab_last_words("was stopped",
                   "it held the loop for too much machine time; "
                   "--limit=time:T allows more",
                   context);
    _exit(LAB_EXIT_BUG);
}

static void say_why(int signal, const siginfo_t *info, void *context) {
    const struct fault *fault = fault_of(signal);
    char why[96];
    if (signal == SIGXCPU)
        lab_last_words("was stopped",
                       "the limit of processor time is used up (ulimit -t)",
                       context);
    if (!fault)
        return;
    explain(fault, info, why, sizeof why);
    lab_last_words("crashed", why, context);
}

// --- an interrupt that comes too late

static atomic_bool is_done;
static atomic_int late; // interrupts since then

void lab_crash_work_done(void) {
    atomic_store(&is_done, true);
}

static bool is_too_late(int signal) {
    if (signal != SIGINT || !atomic_load(&is_done))
        return false;
    if (atomic_fetch_add(&late, 1) > 0)
        _exit(LAB_EXIT_INTERRUPTED);
    return true;
}

static void on_end(int signal, siginfo_t *info, void *context) {
    int error = errno;
    if (is_too_late(signal)) {
        errno = error;
        return;
    }
    if (signal == SIGALRM && !lab_signal_overdue() && lab_signal_unheeded()) {
        lab_interrupt_end(lab_signal_pending(SIGINT), context);
        return;
    }
    if (lab_last_words_begin()) {
        lab_die_restore();
        if (signal == SIGABRT && in_libuv)
            end_if_refused(error);
        if (signal == SIGALRM && lab_signal_overdue())
            end_overdue(lab_signal_overdue(), context);
        if (signal == SIGVTALRM && info->si_code == SI_TIMER)
            end_overtime(context);
        if (is_own(info))
            say_why(signal, info, context);
    }
    end_by(signal);
}

// --- a demo that ends the program itself

static atomic_bool may_exit;

void lab_crash_may_exit(bool may) {
    atomic_store(&may_exit, may);
}

// exit() calls this last, because lab_crash_init registered it first: buffered
// output is already written. A leak checker would run after it and report what
// lab_die has no time to free.
static void on_exit_called(void) {
    int status = lab_die_status();
    if (status == 0 && atomic_load(&may_exit))
        return;
    if (status == 0) {
        lab_die_restore();
        lab_last_words("called exit()", "a run ends when its body returns",
                       NULL);
    }
    fflush(stdout);
    _exit(status ? status : LAB_EXIT_BUG);
}

// --- installing the handlers

// The guard of a thread's stack lies below what pthreads call the stack. That
// is learned once for each thread, as for the first one all its mappings are
// read.
static void learn_stack(void) {
    pthread_attr_t attributes;
    void *low;
    size_t size;
    if (stack_low || pthread_getattr_np(pthread_self(), &attributes) != 0)
        return;
    if (pthread_attr_getstack(&attributes, &low, &size) == 0 &&
        pthread_attr_getguardsize(&attributes, &stack_guard) == 0)
        stack_low = (uintptr_t)low;
    pthread_attr_destroy(&attributes);
}

static void take_alternative(void) {
    alternative = mmap(NULL, ALT_SIZE, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    stack_t stack = {.ss_sp = alternative, .ss_size = ALT_SIZE};
    if (alternative != MAP_FAILED)
        sigaltstack(&stack, NULL);
}

void lab_crash_thread_init(void) {
    learn_stack();
    take_alternative();
    lab_interrupt_thread_init();
}

void lab_crash_thread_term(void) {
    lab_interrupt_thread_term();
    stack_t none = {.ss_flags = SS_DISABLE};
    sigaltstack(&none, NULL);
    munmap(alternative, ALT_SIZE);
}

// Does [signal] end a program by default? SIGPIPE and SIGXFSZ do, but here a
// failed write reports those.
static bool ends(int signal) {
    static const int harmless[] = {SIGCHLD, SIGCONT, SIGTSTP,  SIGTTIN,
                                   SIGTTOU, SIGURG,  SIGWINCH, SIGSTOP,
                                   SIGKILL, SIGPIPE, SIGXFSZ};
    for (size_t i = 0; i < countof(harmless); i++)
        if (harmless[i] == signal)
            return false;
    return true;
}

// A handler that was set before ours, by a profiler or nohup, is kept. A
// sanitizer's handlers for faults are kept only in a sanitized build.
static bool is_ours(int signal, const struct sigaction *before) {
    if (fault_of(signal))
        return !LAB_SANITIZED || signal == SIGABRT;
    return !(before->sa_flags & SA_SIGINFO) && before->sa_handler == SIG_DFL;
}

// One call for each of 60 signals, as nearly none had a handler before.
static void handle(int signal, const struct sigaction *action) {
    struct sigaction before;
    if (ends(signal) && sigaction(signal, action, &before) == 0 &&
        !is_ours(signal, &before))
        sigaction(signal, &before, NULL);
}

// If the two limits of processor time are equal, as "ulimit -t" sets them, the
// kernel kills the program without a signal we can catch. So we ask to be told
// shortly before.
static void precede_limit(void) {
    enum { EARLY = 500 * LAB_MS };
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL,
                             .sigev_signo = SIGXCPU};
    struct rlimit limit;
    timer_t timer;
    if (getrlimit(RLIMIT_CPU, &limit) < 0 || limit.rlim_cur == RLIM_INFINITY ||
        limit.rlim_cur < limit.rlim_max || limit.rlim_cur == 0 ||
        timer_create(CLOCK_PROCESS_CPUTIME_ID, &event, &timer) < 0)
        return;
    struct itimerspec at = {.it_value = {.tv_sec = (time_t)limit.rlim_cur - 1,
                                         .tv_nsec = LAB_S - EARLY}};
    timer_settime(timer, TIMER_ABSTIME, &at, NULL);
}

void lab_crash_init(void) {
    struct sigaction action = {
        .sa_sigaction = on_end,
        // No SA_RESETHAND: another thread that crashes meanwhile would end the
        // program before the first has spoken.
        .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER,
    };
    atexit(on_exit_called);
    lab_ignore(at_quick_exit(on_exit_called)); // it is one of a few
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    if (!LAB_SANITIZED)
        take_alternative();
    for (int signal = 1; signal <= SIGRTMAX; signal++)
        handle(signal, &action);
    precede_limit();
}
