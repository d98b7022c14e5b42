#include "shell/terminal.h"

#include "base/die.h"
#include "shell/ahead.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

// A crash can be anywhere, so all that it needs is here: a pointer to it might
// be damaged.
static struct {
    struct termios saved;
    volatile sig_atomic_t taken, in_line, full;
    pid_t owner; // a child that was forked must not restore
    int fd;      // for last words
    unsigned returns;
    time_t unread; // when it was read last, as we have set it; or UNKNOWN
} terminal;

enum { UNKNOWN = 0 };

bool lab_terminal_ours(void) {
    pid_t group = tcgetpgrp(STDIN_FILENO);
    return group < 0 || group == getpgrp();
}

// Another thread may be writing a screen just now, and then the terminal takes
// nothing from us until that is done. One that is stalled takes nothing for
// longer, and nobody can help that.
static void say(const char *bytes, size_t n) {
    enum { PATIENCE_MS = 200 };
    for (int left = PATIENCE_MS; n > 0 && left > 0; left--) {
        ssize_t done = write(terminal.fd, bytes, n);
        if (done < 0 && errno != EAGAIN)
            return;
        if (done < 0)
            poll(NULL, 0, 1);
        bytes += done < 0 ? 0 : done;
        n -= done < 0 ? 0 : (size_t)done;
    }
}

// Safe in a signal handler, as are all it calls.
static void restore(void) {
    static const char words[] = LAB_TERMINAL_PASTE_OFF "\033[0m";
    static const char below[] = "\r\n\033[J"; // the line may have rows there
    if (!terminal.taken || getpid() != terminal.owner)
        return;
    terminal.taken = false;
    if (!lab_terminal_ours())
        return; // the shell has it, in the state the shell wants
    if (terminal.full)
        say(LAB_TERMINAL_FULL_OFF, sizeof LAB_TERMINAL_FULL_OFF - 1);
    terminal.full = false;
    say(words, sizeof words - 1);
    if (terminal.in_line)
        say(below, sizeof below - 1);
    tcsetattr(STDIN_FILENO, TCSANOW, &terminal.saved);
}

// What a shell would have set. Someone who really wants no echo at the prompt
// is rarer than a terminal that was left raw.
static void heal(struct termios *mode) {
    if (mode->c_lflag & ICANON && mode->c_lflag & ECHO)
        return;
    mode->c_iflag |= ICRNL | IXON;
    mode->c_oflag |= OPOST | ONLCR;
    mode->c_lflag |= ICANON | ECHO | ECHOE | ECHOK | ISIG | IEXTEN;
    mode->c_iflag &= ~(tcflag_t)(INLCR | IGNCR);
    if (mode->c_cc[VINTR] == _POSIX_VDISABLE) // see ahead.h
        mode->c_cc[VINTR] = LAB_CTRL_C;
}

int lab_terminal_open(int fd) {
    static bool registered;
    if (tcgetattr(STDIN_FILENO, &terminal.saved) < 0)
        return -errno;
    heal(&terminal.saved);
    tcsetattr(STDIN_FILENO, TCSANOW, &terminal.saved);
    terminal.owner = getpid();
    terminal.fd = fd;
    terminal.in_line = false;
    terminal.taken = true;
    lab_die_hook(restore);
    if (!registered)
        registered = atexit(restore) == 0;
    return 0;
}

void lab_terminal_line(bool inside) {
    terminal.in_line = inside;
}

void lab_terminal_full(bool inside) {
    terminal.full = inside;
}

bool lab_terminal_taken(void) {
    return terminal.taken;
}

void lab_terminal_lend(void) {
    if (terminal.full)
        say(LAB_TERMINAL_FULL_OFF, sizeof LAB_TERMINAL_FULL_OFF - 1);
    tcsetattr(STDIN_FILENO, TCSANOW, &terminal.saved);
}

void lab_terminal_close(void) {
    restore();
}

void lab_terminal_note_return(void) {
    terminal.returns++;
}

unsigned lab_terminal_returns(void) {
    return terminal.returns;
}

bool lab_terminal_takes_keys(void) {
    struct termios mode;
    return tcgetattr(STDIN_FILENO, &mode) == 0 && !(mode.c_lflag & ICANON);
}

// A terminal is a file that says when it was read last, to eight seconds, so
// that others see nothing of who types. An older time shows the next read.
void lab_terminal_note_unread(void) {
    enum { LONGER = 16 };
    struct timespec times[2] = {{0}, {.tv_nsec = UTIME_OMIT}};
    clock_gettime(CLOCK_REALTIME, &times[0]);
    times[0].tv_sec -= LONGER;
    times[0].tv_nsec = 0;
    terminal.unread =
        futimens(STDIN_FILENO, times) == 0 ? times[0].tv_sec : UNKNOWN;
}

bool lab_terminal_was_read(void) {
    struct stat about;
    return terminal.unread != UNKNOWN && fstat(STDIN_FILENO, &about) == 0 &&
           about.st_atim.tv_sec != terminal.unread;
}

void lab_terminal_size(int *columns, int *rows) {
    struct winsize size;
    *columns = 80;
    *rows = 24;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0 &&
        ioctl(STDIN_FILENO, TIOCGWINSZ, &size) < 0)
        return;
    if (size.ws_col > 0)
        *columns = size.ws_col;
    if (size.ws_row > 0)
        *rows = size.ws_row;
}
