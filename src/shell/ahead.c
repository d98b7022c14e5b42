#include "shell/ahead.h"

#include "shell/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

// Changed by the handler, or while SIGIO is blocked.
static struct {
    volatile int fd; // -1: nobody reads ahead
    volatile size_t count;
    char bytes[LAB_AHEAD_MOST];
    struct sigaction before; // what SIGIO did
} ahead = {.fd = -1};

// Raises SIGINT for each Ctrl-C among the last [n] bytes, and drops it and what
// was typed before.
static void take_interrupts(size_t n) {
    size_t from = ahead.count - n;
    char *at;
    while ((at = memchr(ahead.bytes + from, LAB_CTRL_C, ahead.count - from))) {
        size_t used = (size_t)(at + 1 - ahead.bytes);
        memmove(ahead.bytes, at + 1, ahead.count - used);
        ahead.count -= used;
        from = 0;
        raise(SIGINT);
    }
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
        take_interrupts((size_t)n);
    }
}

static void on_keys(int signal) {
    int saved = errno;
    (void)signal;
    if (ahead.fd >= 0)
        collect();
    errno = saved;
}

// Blocks SIGIO, or unblocks it.
static void block(bool on) {
    sigset_t keys;
    sigemptyset(&keys);
    sigaddset(&keys, SIGIO);
    pthread_sigmask(on ? SIG_BLOCK : SIG_UNBLOCK, &keys, NULL);
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

void lab_ahead_begin(int fd, const char *bytes, size_t n) {
    struct sigaction action = {.sa_handler = on_keys,
                               .sa_flags = SA_RESTART | SA_ONSTACK};
    block(true);
    sigemptyset(&action.sa_mask);
    sigaction(SIGIO, &action, &ahead.before);
    ahead.fd = fd;
    ahead.count = n < LAB_AHEAD_MOST ? n : LAB_AHEAD_MOST;
    memcpy(ahead.bytes, bytes, ahead.count);
    take_interrupts(ahead.count);
    fcntl(fd, F_SETOWN, getpid());
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_ASYNC);
    collect(); // what came meanwhile
    block(false);
}

void lab_ahead_end(struct lab_text *bytes) {
    int fd = ahead.fd;
    if (fd < 0)
        return;
    block(true);
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_ASYNC);
    forget_pending();
    sigaction(SIGIO, &ahead.before, NULL);
    lab_text_write(bytes, ahead.bytes, ahead.count);
    ahead.count = 0;
    ahead.fd = -1;
    block(false);
}

int lab_ahead_fd(void) {
    return ahead.fd;
}
