// stray.c - which groups there are, and who has left them.
//
// A process that has left its group, as daemons do, is not reached by a signal
// to the group. But its parent is then we: it is found in /proc, by calls that
// a signal handler may make.

#include "core/stray_internal.h"

#include "base/die.h"
#include "core/child.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// A process that leads a group, and the signal that ends it.
struct group {
    _Atomic pid_t pid; // 0: none
    int signal;
};

static struct group groups[LAB_CHILDREN_MOST];

static bool is_known(pid_t pid) {
    for (size_t i = 0; i < LAB_CHILDREN_MOST; i++)
        if (atomic_load(&groups[i].pid) == pid)
            return true;
    return false;
}

// --- who has left its group

// What getdents64(2) fills in.
struct entry {
    ino64_t inode;
    off64_t next;
    unsigned short size;
    unsigned char type;
    char name[];
};

static pid_t number_of(const char *text) {
    pid_t number = 0;
    for (; *text >= '0' && *text <= '9'; text++)
        number = number * 10 + (*text - '0');
    return *text && *text != ' ' ? 0 : number;
}

// The parent of the process whose folder in [proc] is [name]; 0: it is gone.
// Its stat reads "12 (name) S 1 ...", and any name.
static pid_t parent_of(int proc, const char *name) {
    char text[512];
    int folder = openat(proc, name, O_PATH | O_CLOEXEC);
    int fd = folder < 0 ? -1 : openat(folder, "stat", O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? 0 : read(fd, text, sizeof text - 1);
    if (folder >= 0)
        close(folder);
    if (fd >= 0)
        close(fd);
    text[n > 0 ? n : 0] = '\0';
    const char *end = strrchr(text, ')');
    return end && strlen(end) > 4 ? number_of(end + 4) : 0;
}

static bool kill_one(int proc, const char *name) {
    pid_t pid = number_of(name);
    if (pid == 0 || parent_of(proc, name) != getpid() || is_known(pid))
        return false;
    kill(pid, SIGKILL);
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
        ;
    return true;
}

// Returns whether there was one.
static bool kill_all(void) {
    _Alignas(struct entry) char entries[4096];
    int proc = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool any = false;
    long n;
    while (proc >= 0 &&
           (n = syscall(SYS_getdents64, proc, entries, sizeof entries)) > 0)
        for (long at = 0; at < n;) {
            const struct entry *entry = (const void *)(entries + at);
            any |= kill_one(proc, entry->name);
            at += entry->size;
        }
    if (proc >= 0)
        close(proc);
    return any;
}

// Those of one that is killed become ours in their turn. One that starts others
// faster than they are killed does not hold us for ever.
static void kill_strays(void) {
    enum { ROUNDS_MOST = 100 };
    siginfo_t info;
    for (int i = 0; i < ROUNDS_MOST; i++)
        if (waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) < 0 ||
            !kill_all())
            return;
}

// --- all of them

// One that removes its own files is given the time for it.
static void kill_groups(void) {
    for (size_t i = 0; i < LAB_CHILDREN_MOST; i++) {
        pid_t pid = atomic_load(&groups[i].pid);
        if (!pid)
            continue;
        kill(-pid, groups[i].signal);
        if (groups[i].signal == SIGKILL)
            waitpid(pid, NULL, 0);
    }
    kill_strays();
}

bool lab_stray_is_full(void) {
    return !is_known(0);
}

void lab_stray_lead(pid_t pid, int signal) {
    lab_die_hook(kill_groups);
    prctl(PR_SET_CHILD_SUBREAPER, 1); // so strays become ours
    for (size_t i = 0; i < LAB_CHILDREN_MOST; i++)
        if (atomic_load(&groups[i].pid) == 0) {
            groups[i].signal = signal;
            atomic_store(&groups[i].pid, pid);
            return;
        }
}

void lab_stray_forget(pid_t pid) {
    bool is_last = true;
    for (size_t i = 0; i < LAB_CHILDREN_MOST; i++) {
        pid_t expected = pid;
        atomic_compare_exchange_strong(&groups[i].pid, &expected, 0);
        is_last &= atomic_load(&groups[i].pid) == 0;
    }
    if (is_last)
        kill_strays();
}
