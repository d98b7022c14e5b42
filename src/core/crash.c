#include "core/crash.h"

#include "base/alloc.h"
#include "base/die.h"
#include "base/error.h"
#include "base/write.h"
#include "core/crash_internal.h"
#include "core/sanitizer.h"
#include "core/task_internal.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

// The handler needs a stack of its own: the usual reason to be here is that
// the other one is full.
enum { ALT_SIZE = 64 * 1024 };

static _Thread_local void *alternative;
static _Thread_local volatile bool in_libuv;

static void put(const char *text) {
    lab_write_whole(STDERR_FILENO, text, strlen(text));
}

// Of the task that runs, and of the virtual worker that runs instead of it.
static void name_overflow(const void *address) {
    lab_loop *loop = lab_loop_current;
    lab_task *task = loop ? loop->running : NULL;
    char line[160];
    if (!task || !task->coroutine.stack ||
        !lab_stack_guards(task->coroutine.stack, address))
        return;
    snprintf(line, sizeof line,
             "looplab: task #%u %s overflowed its %zu KiB stack "
             "(spawned at %s:%d)\n",
             task->number, task->name, task->coroutine.stack->size / 1024,
             task->site.file, task->site.line);
    put(line);
}

// The [error] that libuv got before it gave up.
static void end_if_refused(int error) {
    char line[160];
    if (error != EMFILE && error != ENFILE && error != ENOMEM &&
        error != ENOSPC)
        return;
    snprintf(line, sizeof line, "looplab: the event loop cannot go on: %s\n",
             lab_error_text(-error));
    put(line);
    _exit(LAB_EXIT_OS);
}

void lab_crash_in_libuv(bool is_inside) {
    in_libuv = is_inside;
}

static void on_crash(int signal, siginfo_t *info, void *context) {
    int error = errno;
    (void)context;
    lab_die_restore();
    if (signal == SIGABRT && in_libuv)
        end_if_refused(error);
    if (signal == SIGSEGV || signal == SIGBUS)
        name_overflow(info->si_addr);
    raise(signal); // SA_RESETHAND: now the default
}

void lab_crash_thread_init(void) {
    alternative = mmap(NULL, ALT_SIZE, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    stack_t stack = {.ss_sp = alternative, .ss_size = ALT_SIZE};
    if (alternative != MAP_FAILED)
        sigaltstack(&stack, NULL);
}

void lab_crash_thread_term(void) {
    stack_t none = {.ss_flags = SS_DISABLE};
    sigaltstack(&none, NULL);
    munmap(alternative, ALT_SIZE);
}

void lab_crash_init(void) {
    static const int crashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGQUIT};
    struct sigaction action = {
        .sa_sigaction = on_crash,
        .sa_flags = SA_SIGINFO | SA_ONSTACK | (int)SA_RESETHAND | SA_NODEFER,
    };
    sigaction(SIGABRT, &action, NULL);
    if (LAB_SANITIZED)
        return;
    lab_crash_thread_init();
    for (size_t i = 0; i < countof(crashes); i++)
        sigaction(crashes[i], &action, NULL);
}
