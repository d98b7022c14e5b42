// child.c - from a program's name to a process, its pipes and its end.
//
//     fork --> the child: a group, limits, descriptors, exec
//          --> we: a poll for each pipe and one for the process itself
//
// libuv's uv_spawn could set neither the limit of memory nor the signal that
// the kernel sends when the parent dies, and both must be there before the
// program begins.

#include "core/child.h"

#include "base/alloc.h"
#include "base/die.h"
#include "base/list.h"
#include "base/write.h"
#include "core/loop_internal.h"
#include "core/park_internal.h"
#include "core/real_internal.h"
#include "core/stray_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <uv.h>

// One descriptor of ours that is watched until it is over.
struct watch {
    uv_poll_t poll;
    struct lab_child *child; // NULL once that is freed
    enum lab_child_from from;
    int fd;
};

enum { PIPES = 3, EXIT = PIPES, WATCHES };

struct lab_child {
    struct lab_child_options options;
    pid_t pid;
    struct watch *watches[WATCHES]; // NULL: over
    lab_task *waiter;
    lab_loop *loop;
    bool has_ended;
    int failed; // what was written could not be read: why
    struct lab_child_end end;
};

// --- the child, up to exec

struct plan {
    const struct lab_child_options *options;
    char **environment;
    int pipes[PIPES][2]; // of output, errors and record: to read, to write
    int told[2];         // why it could not begin
    pid_t parent;
};

// Nothing is overwritten before it has got its place: first all go above.
static int place(const struct plan *plan) {
    enum { ABOVE = 16 };
    const struct lab_child_options *options = plan->options;
    if (options->has_terminal) {
        close_range(STDERR_FILENO + 1, ~0u, CLOSE_RANGE_CLOEXEC);
        return 0;
    }
    int none = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (none < 0)
        return -errno;
    int input = options->has_input ? STDIN_FILENO : none;
    int output = options->output ? options->output : plan->pipes[0][1];
    int given[] = {options->input ? options->input : input, output,
                   options->joins_errors ? output : plan->pipes[1][1],
                   options->file ? options->file : none, plan->pipes[2][1]};
    size_t count = options->output ? STDERR_FILENO + 1 : countof(given);
    for (size_t i = 0; i < count; i++)
        if ((given[i] = fcntl(given[i], F_DUPFD_CLOEXEC, ABOVE)) < 0)
            return -errno;
    for (size_t i = 0; i < count; i++)
        if (dup2(given[i], (int)i) < 0)
            return -errno;
    // Where the kernel cannot, it is one that was meant to be closed.
    close_range((unsigned)count, ~0u, CLOSE_RANGE_CLOEXEC);
    return 0;
}

static int end_signal(const struct lab_child_options *options) {
    return options->ends_on ? options->ends_on : SIGKILL;
}

static void limit(uint64_t memory) {
    struct rlimit bytes = {memory, memory}, none = {0, 0};
    if (memory)
        setrlimit(RLIMIT_DATA, &bytes);
    setrlimit(RLIMIT_CORE, &none);
}

// Handlers are gone after exec; what is ignored would stay so.
static void forget_signals(void) {
    sigset_t none;
    for (int number = 1; number <= SIGRTMAX; number++)
        signal(number, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

_Noreturn static void begin(const struct plan *plan) {
    char **words = plan->options->words;
    int told = fcntl(plan->told[1], F_DUPFD_CLOEXEC, 5), rc = -errno;
    if (!plan->options->has_terminal)
        setsid();
    prctl(PR_SET_PDEATHSIG, end_signal(plan->options));
    if (getppid() != plan->parent)
        _exit(LAB_EXIT_OS);
    if (told >= 0 && (rc = place(plan)) == 0) {
        limit(plan->options->memory);
        forget_signals();
        if (plan->options->ignored)
            signal(plan->options->ignored, SIG_IGN);
        execvpe(words[0], words, plan->environment);
        rc = -errno;
    }
    lab_write_some(told < 0 ? plan->told[1] : told, &rc, sizeof rc);
    _exit(LAB_EXIT_OS);
}

// --- starting it

static bool names_same(const char *one, const char *two) {
    size_t n = strcspn(one, "=");
    return strncmp(one, two, n + 1) == 0;
}

static bool is_replaced(const char *own, const char *const *more) {
    for (; more && *more; more++)
        if (names_same(*more, own))
            return true;
    return false;
}

// Our environment with [more] in it, as one block to free; the strings are
// borrowed.
static char **make_environment(const char *const *more) {
    size_t count = 0, room = 1;
    for (char **at = environ; *at; at++)
        room++;
    for (const char *const *at = more; at && *at; at++)
        room++;
    char **made = lab_alloc(room * sizeof *made);
    for (char **at = environ; *at; at++)
        if (!is_replaced(*at, more))
            made[count++] = *at;
    for (const char *const *at = more; at && *at; at++)
        made[count++] = (char *)*at;
    return made;
}

static void close_pair(const int pair[2]) {
    for (int i = 0; i < 2; i++)
        if (pair[i] >= 0)
            close(pair[i]);
}

// Until exec the child has our handlers, which must not run in it.
static pid_t fork_quietly(const struct plan *plan) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pid_t pid = fork();
    if (pid == 0)
        begin(plan);
    int error = errno;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return pid < 0 ? -error : pid;
}

// Waits, for the moment it takes, until the child has begun or cannot.
static int hear(int fd) {
    int rc = 0;
    ssize_t n;
    do
        n = read(fd, &rc, sizeof rc);
    while (n < 0 && errno == EINTR);
    return n == sizeof rc ? rc : 0;
}

static pid_t start(struct plan *plan) {
    pid_t pid = fork_quietly(plan);
    if (pid < 0)
        return pid;
    close(plan->told[1]);
    plan->told[1] = -1;
    int rc = hear(plan->told[0]);
    if (rc < 0)
        waitpid(pid, NULL, 0);
    return rc < 0 ? rc : pid;
}

static int make_pipes(struct plan *plan) {
    int(*all[])[2] = {&plan->pipes[0], &plan->pipes[1], &plan->pipes[2],
                      &plan->told};
    for (size_t i = 0; i < countof(all); i++)
        (*all[i])[0] = (*all[i])[1] = -1;
    for (size_t i = 0; i < countof(all); i++)
        if (pipe2(*all[i], O_CLOEXEC) < 0)
            return -errno;
    return 0;
}

// --- reading what it writes

static void on_closed(uv_handle_t *handle) {
    struct watch *watch = lab_list_item(handle, struct watch, poll);
    close(watch->fd);
    lab_free(watch);
}

static void end_watch(struct lab_child *child, size_t index) {
    struct watch *watch = child->watches[index];
    if (!watch)
        return;
    child->watches[index] = NULL;
    watch->child = NULL;
    uv_close((uv_handle_t *)&watch->poll, on_closed);
}

static char bytes[1 << 16]; // read, and passed on; the loop's thread's alone

static ssize_t read_some(int fd) {
    ssize_t n;
    do
        n = read(fd, bytes, sizeof bytes);
    while (n < 0 && errno == EINTR);
    return n;
}

// Passes on up to [most] of the bytes that have come. Returns false when no
// more will come.
static bool pass_on(const struct watch *watch, size_t most) {
    const struct lab_child_options *options = &watch->child->options;
    size_t sum = 0;
    ssize_t n = 1;
    while (sum < most && (n = read_some(watch->fd)) > 0) {
        sum += (size_t)n;
        if (options->on_bytes)
            options->on_bytes(options->arg, watch->from, bytes, (size_t)n);
    }
    if (n < 0 && errno != EAGAIN)
        watch->child->failed = -errno;
    return n > 0 || (n < 0 && errno == EAGAIN);
}

static void on_readable(uv_poll_t *poll, int status, int events) {
    struct watch *watch = lab_list_item(poll, struct watch, poll);
    struct lab_child *child = watch->child;
    (void)events;
    if (status < 0 || !pass_on(watch, 1 << 16))
        for (size_t i = 0; i < PIPES; i++)
            if (child->watches[i] == watch)
                end_watch(child, i);
}

// What it has left behind may hold its pipes for ever: they are killed, and
// then there is no more than a pipe can hold.
static void on_exit_seen(uv_poll_t *poll, int status, int events) {
    enum { PIPE_MOST = 1 << 20 };
    struct lab_child *child = lab_list_item(poll, struct watch, poll)->child;
    siginfo_t info = {0};
    (void)status;
    (void)events;
    waitid(P_PID, (id_t)child->pid, &info, WEXITED | WNOWAIT);
    kill(-child->pid, SIGKILL);
    waitpid(child->pid, NULL, 0);
    lab_stray_forget(child->pid);
    bool exited = info.si_code == CLD_EXITED;
    child->end.status = exited ? info.si_status : -1;
    child->end.signal = exited ? 0 : info.si_status;
    for (size_t i = 0; i < PIPES; i++)
        if (child->watches[i])
            pass_on(child->watches[i], PIPE_MOST);
    for (size_t i = 0; i < WATCHES; i++)
        end_watch(child, i);
    child->has_ended = true;
    if (child->waiter)
        lab_task_wake(child->waiter, child->failed);
    if (child->options.on_end)
        child->options.on_end(child->options.arg);
}

static int watch(struct lab_child *child, size_t index, int fd,
                 enum lab_child_from from) {
    struct watch *made = lab_alloc(sizeof *made);
    *made = (struct watch){.child = child, .from = from, .fd = fd};
    int rc =
        uv_poll_init(lab_real_uv(lab_real_of(child->loop)), &made->poll, fd);
    if (rc < 0) {
        close(fd);
        lab_free(made);
        return rc;
    }
    child->watches[index] = made;
    return uv_poll_start(&made->poll, UV_READABLE | UV_DISCONNECT,
                         index == EXIT ? on_exit_seen : on_readable);
}

static int watch_all(struct lab_child *child, struct plan *plan) {
    static const enum lab_child_from from[] = {
        LAB_CHILD_OUTPUT, LAB_CHILD_ERRORS, LAB_CHILD_RECORD};
    int pidfd = (int)syscall(SYS_pidfd_open, child->pid, 0);
    int rc = pidfd < 0 ? -errno : watch(child, EXIT, pidfd, 0);
    for (size_t i = 0; i < PIPES && rc == 0; i++) {
        rc = watch(child, i, plan->pipes[i][0], from[i]);
        plan->pipes[i][0] = -1;
    }
    return rc;
}

int lab_child_start(struct lab_child **out,
                    const struct lab_child_options *options) {
    struct plan plan = {.options = options, .parent = getpid()};
    if (lab_stray_is_full())
        return LAB_EAGAIN;
    int rc = make_pipes(&plan);
    plan.environment = make_environment(options->more);
    pid_t pid = rc < 0 ? rc : start(&plan);
    lab_free(plan.environment);
    if (pid > 0) {
        struct lab_child *child = lab_alloc(sizeof *child);
        *child = (struct lab_child){
            .options = *options, .pid = pid, .loop = lab_loop_current};
        lab_stray_lead(pid, end_signal(options));
        rc = watch_all(child, &plan);
        if (rc < 0)
            lab_child_close(child);
        else
            *out = child;
    }
    for (size_t i = 0; i < PIPES; i++)
        close_pair(plan.pipes[i]);
    close_pair(plan.told);
    return pid < 0 ? pid : rc;
}

// --- waiting for it

int lab_child_wait(struct lab_child *child, lab_time timeout) {
    if (child->has_ended)
        return child->failed;
    lab_time deadline = timeout == LAB_FOREVER
                            ? LAB_FOREVER
                            : lab_loop_time(child->loop) + timeout;
    child->waiter = lab_self();
    child->loop->outside++;
    int rc = lab_task_wait(LAB_ON_IO, 0, deadline, LAB_ETIMEDOUT);
    child->loop->outside--;
    child->waiter = NULL;
    return rc;
}

void lab_child_kill(struct lab_child *child, int signal) {
    if (!child->has_ended)
        kill(-child->pid, signal);
}

void lab_child_tell(struct lab_child *child, int signal) {
    if (!child->has_ended)
        kill(child->pid, signal);
}

int lab_child_number(const struct lab_child *child) {
    return child->has_ended ? 0 : child->pid;
}

struct lab_child_end lab_child_how(const struct lab_child *child) {
    return child->end;
}

struct lab_child_end lab_child_close(struct lab_child *child) {
    if (!child->has_ended) {
        kill(-child->pid, SIGKILL);
        kill(child->pid, SIGKILL); // it may not have made its group yet
        while (waitpid(child->pid, &child->end.status, 0) < 0 && errno == EINTR)
            ;
        child->end = (struct lab_child_end){-1, SIGKILL};
        lab_stray_forget(child->pid);
    }
    for (size_t i = 0; i < WATCHES; i++)
        end_watch(child, i);
    struct lab_child_end end = child->end;
    lab_free(child);
    return end;
}
