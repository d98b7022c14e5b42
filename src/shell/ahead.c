#include "shell/ahead.h"

#include "shell/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { DROPPED_MOST = 4096 };

// Changed by the handler, or while SIGIO is blocked.
static struct {
    volatile int fd; // -1: nobody reads ahead
    volatile bool keeps, kept;
    volatile size_t count;
    char bytes[LAB_AHEAD_MOST];
    volatile size_t dropped_count;
    char dropped[DROPPED_MOST]; // by Ctrl-C, and not told yet
    lab_signal_fn *fn;          // who hears of keys, or NULL
    void *arg;
    struct sigaction before;   // what SIGIO did
    struct sigaction original; // and before the editor came
} ahead = {.fd = -1};

// Keeps the last of the first [n] bytes, which are dropped, to tell of them.
static void keep_dropped(size_t n) {
    size_t kept = n < DROPPED_MOST ? n : DROPPED_MOST;
    if (ahead.dropped_count + kept > DROPPED_MOST)
        ahead.dropped_count = 0;
    memcpy(ahead.dropped + ahead.dropped_count, ahead.bytes + n - kept, kept);
    ahead.dropped_count += kept;
}

// Finds the last Ctrl-C among the last [n] bytes. Unless it is kept, drops what
// was typed up to it, and raises SIGINT. That is blocked, so its handler does
// not interrupt us.
static void take_interrupt(size_t n) {
    size_t from = ahead.count - n;
    const char *at = memrchr(ahead.bytes + from, LAB_CTRL_C, n);
    if (!at)
        return;
    if (!ahead.keeps) {
        size_t used = (size_t)(at + 1 - ahead.bytes);
        keep_dropped(used - 1);
        memmove(ahead.bytes, at + 1, ahead.count - used);
        ahead.count -= used;
    }
    ahead.kept = ahead.keeps;
    raise(SIGINT);
}

// Reads what there is. Safe in a signal handler. In the background the
// terminal is the shell's, and reading would stop us.
static void collect(void) {
    while (ahead.count < LAB_AHEAD_MOST && lab_terminal_ours()) {
        ssize_t n = read(ahead.fd, ahead.bytes + ahead.count,
                         LAB_AHEAD_MOST - ahead.count);
        if (n <= 0)
            break;
        ahead.count += (size_t)n;
        take_interrupt((size_t)n);
    }
}

// Whoever watched SIGIO before hears of it, too, and wakes the editor.
static void on_keys(int signal, siginfo_t *info, void *context) {
    int saved = errno;
    if (info->si_code <= 0) { // not the terminal's, but another process's
        sigaction(SIGIO, &ahead.original, NULL);
        raise(SIGIO);
        return;
    }
    if (ahead.fd >= 0)
        collect();
    if (ahead.before.sa_flags & SA_SIGINFO)
        ahead.before.sa_sigaction(signal, info, context);
    errno = saved;
}

// Blocks SIGIO and SIGINT, or unblocks them.
static void block(bool on) {
    sigset_t both;
    sigemptyset(&both);
    sigaddset(&both, SIGIO);
    sigaddset(&both, SIGINT);
    pthread_sigmask(on ? SIG_BLOCK : SIG_UNBLOCK, &both, NULL);
}

// One that is pending would do what SIGIO did before, and that is to kill.
static void forget_pending(void) {
    struct timespec now = {0, 0};
    sigset_t keys;
    sigemptyset(&keys);
    sigaddset(&keys, SIGIO);
    while (sigtimedwait(&keys, NULL, &now) > 0)
        continue;
}

void lab_ahead_init(void) {
    sigaction(SIGIO, NULL, &ahead.original);
}

void lab_ahead_listen(lab_signal_fn *fn, void *arg) {
    ahead.fn = fn;
    ahead.arg = arg;
}

void lab_ahead_begin(int fd, const char *bytes, size_t n, bool keeps) {
    struct sigaction action = {.sa_sigaction = on_keys,
                               .sa_flags =
                                   SA_RESTART | SA_ONSTACK | SA_SIGINFO};
    lab_signal_watch(SIGIO, ahead.fn, ahead.arg);
    block(true);
    sigemptyset(&action.sa_mask);
    sigaddset(&action.sa_mask, SIGINT);
    sigaction(SIGIO, &action, &ahead.before);
    ahead.fd = fd;
    ahead.keeps = keeps;
    ahead.count = n < LAB_AHEAD_MOST ? n : LAB_AHEAD_MOST;
    memcpy(ahead.bytes, bytes, ahead.count);
    take_interrupt(ahead.count);
    fcntl(fd, F_SETOWN, getpid());
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_ASYNC);
    collect(); // what came meanwhile
    block(false);
    if (ahead.fn)
        ahead.fn(SIGIO, ahead.arg);
}

int lab_ahead_fd(void) {
    return ahead.fd;
}

void lab_ahead_take(struct lab_text *bytes) {
    block(true);
    lab_text_write(bytes, ahead.bytes, ahead.count);
    ahead.count = 0;
}

void lab_ahead_go_on(void) {
    block(false);
}

void lab_ahead_look(struct lab_text *bytes) {
    block(true);
    lab_text_write(bytes, ahead.bytes, ahead.count);
    block(false);
}

void lab_ahead_take_dropped(struct lab_text *bytes) {
    block(true);
    lab_text_write(bytes, ahead.dropped, ahead.dropped_count);
    ahead.dropped_count = 0;
    block(false);
}

void lab_ahead_end(struct lab_text *bytes) {
    int fd = ahead.fd;
    if (fd < 0)
        return;
    lab_ahead_take(bytes);
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_ASYNC);
    forget_pending();
    sigaction(SIGIO, &ahead.before, NULL);
    ahead.fd = -1;
    block(false);
    lab_signal_watch(SIGIO, NULL, NULL);
}

bool lab_ahead_kept(void) {
    bool kept = ahead.kept;
    ahead.kept = false;
    return kept;
}
