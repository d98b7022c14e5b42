#include "kernel.h"

#include "base/alloc.h"
#include "core/sanitizer.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

// Calls that newer processors have in one form only: no number is -1.
#ifndef SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV // Linux 5.19
#define SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV (1 << 5)
#endif
#ifndef SYS_epoll_wait
#define SYS_epoll_wait -1
#define SYS_poll -1
#define SYS_readlink -1
#define SYS_rename -1
#define SYS_unlink -1
#endif

// The ways to fail, as a set.
enum {
    INTR = 1 << INTERRUPTED,
    MFILE = 1 << NO_FILES,
    NOMEM = 1 << NO_MEMORY,
    IO = 1 << IO_ERROR,
    RST = 1 << RESET,
    HALF = 1 << SHORT,
    BYTES = 1 << 10, // it depends on what the descriptor is
};

static const struct call {
    int number;
    const char *name;
    int faults;
} calls[] = {
    {SYS_accept4, "accept4", INTR | MFILE | NOMEM},
    {SYS_bind, "bind", NOMEM},
    {SYS_clone, "clone", NOMEM},
    {SYS_clone3, "clone3", NOMEM},
    {SYS_connect, "connect", INTR | NOMEM},
    {SYS_epoll_create1, "epoll_create1", MFILE | NOMEM},
    {SYS_epoll_ctl, "epoll_ctl", NOMEM},
    {SYS_epoll_pwait, "epoll_pwait", INTR},
    {SYS_epoll_wait, "epoll_wait", INTR},
    {SYS_eventfd2, "eventfd2", MFILE | NOMEM},
    {SYS_fchmod, "fchmod", IO},
    {SYS_fchown, "fchown", IO},
    {SYS_fcntl, "fcntl", 0}, // tells where main begins
    {SYS_flock, "flock", NOMEM},
    {SYS_fstat, "fstat", IO | NOMEM},
    {SYS_fsync, "fsync", INTR | IO},
    {SYS_getdents64, "getdents64", IO | NOMEM},
    {SYS_getsockname, "getsockname", NOMEM},
    {SYS_getsockopt, "getsockopt", NOMEM},
    {SYS_listen, "listen", NOMEM},
    {SYS_madvise, "madvise", NOMEM},
    {SYS_memfd_create, "memfd_create", MFILE | NOMEM},
    {SYS_mmap, "mmap", NOMEM},
    {SYS_mprotect, "mprotect", NOMEM},
    {SYS_newfstatat, "newfstatat", IO | NOMEM},
    {SYS_openat, "openat", INTR | MFILE | NOMEM | IO},
    {SYS_pidfd_open, "pidfd_open", MFILE | NOMEM},
    {SYS_pipe2, "pipe2", MFILE | NOMEM},
    {SYS_poll, "poll", INTR | NOMEM},
    {SYS_ppoll, "ppoll", INTR | NOMEM},
    {SYS_process_madvise, "process_madvise", NOMEM},
    {SYS_read, "read", BYTES},
    {SYS_readlink, "readlink", IO | NOMEM},
    {SYS_readlinkat, "readlinkat", IO | NOMEM},
    {SYS_recvfrom, "recvfrom", BYTES},
    {SYS_rename, "rename", IO | NOMEM},
    {SYS_renameat, "renameat", IO | NOMEM},
    {SYS_renameat2, "renameat2", IO | NOMEM},
    {SYS_sendto, "sendto", BYTES},
    {SYS_setsockopt, "setsockopt", NOMEM},
    {SYS_socket, "socket", MFILE | NOMEM},
    {SYS_socketpair, "socketpair", MFILE | NOMEM},
    {SYS_timerfd_create, "timerfd_create", MFILE | NOMEM},
    {SYS_unlink, "unlink", IO | NOMEM},
    {SYS_unlinkat, "unlinkat", IO | NOMEM},
    {SYS_write, "write", BYTES},
};

static const struct {
    const char *name;
    int error;
} ways[] = {
    [INTERRUPTED] = {"EINTR", EINTR},     [NO_FILES] = {"EMFILE", EMFILE},
    [NO_MEMORY] = {"ENOMEM", ENOMEM},     [IO_ERROR] = {"EIO", EIO},
    [RESET] = {"ECONNRESET", ECONNRESET}, [SHORT] = {"half", 0},
};

const char *kernel_fault_name(enum kernel_fault fault) {
    return ways[fault].name;
}

// --- becoming the kernel

static int set_filter(unsigned flags, struct sock_fprog *program) {
    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
                        SECCOMP_FILTER_FLAG_NEW_LISTENER | flags, program);
}

// The filter: for each call of the table one comparison, which jumps to the
// question that is the filter's end; behind the last one all is allowed.
static int install(void) {
    struct sock_filter filter[countof(calls) + 3];
    size_t n = 0;
    filter[n++] = (struct sock_filter)BPF_STMT(
        BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
    for (size_t i = 0; i < countof(calls); i++)
        filter[n++] = (struct sock_filter)BPF_JUMP(
            BPF_JMP | BPF_JEQ | BPF_K, (unsigned)calls[i].number,
            (unsigned char)(countof(calls) - i), 0);
    filter[n++] =
        (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    filter[n++] =
        (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF);
    struct sock_fprog program = {(unsigned short)n, filter};
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    // A signal is not to restart a call that we have carried out; older
    // systems cannot promise that.
    int fd = set_filter(SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV, &program);
    return fd >= 0 ? fd : set_filter(0, &program);
}

// One message with one descriptor in it.
union envelope {
    char bytes[CMSG_SPACE(sizeof(int))];
    struct cmsghdr align;
};

bool kernel_enter(int socket) {
    int listener = install();
    if (listener < 0)
        return false;
    char byte = 0;
    struct iovec io = {&byte, 1};
    union envelope envelope = {0};
    struct msghdr message = {.msg_iov = &io,
                             .msg_iovlen = 1,
                             .msg_control = envelope.bytes,
                             .msg_controllen = sizeof envelope.bytes};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof listener);
    memcpy(CMSG_DATA(header), &listener, sizeof listener);
    return sendmsg(socket, &message, 0) == 1;
}

bool kernel_is_possible(void) {
    int status = 1;
    pid_t child = fork();
    if (child == 0)
        _exit(install() < 0);
    waitpid(child, &status, 0);
    return status == 0;
}

int kernel_adopt(struct kernel *kernel, int socket, int pidfd) {
    char byte;
    struct iovec io = {&byte, 1};
    union envelope envelope = {0};
    struct msghdr message = {.msg_iov = &io,
                             .msg_iovlen = 1,
                             .msg_control = envelope.bytes,
                             .msg_controllen = sizeof envelope.bytes};
    kernel->listener = -1;
    kernel->pidfd = pidfd;
    if (recvmsg(socket, &message, MSG_CMSG_CLOEXEC) == 1 &&
        CMSG_FIRSTHDR(&message))
        memcpy(&kernel->listener, CMSG_DATA(CMSG_FIRSTHDR(&message)),
               sizeof kernel->listener);
    return kernel->listener;
}

bool kernel_is_tired(const struct kernel *kernel) {
    return kernel->most && kernel->calls > kernel->most;
}

void kernel_leave(struct kernel *kernel) {
    if (kernel->listener >= 0)
        close(kernel->listener);
}

// --- carrying a call out in the program's place

typedef struct seccomp_notif question;
typedef struct seccomp_notif_resp answer;

// Our own descriptor for the file that the call is for.
static int borrow(struct kernel *kernel, const question *q) {
    int theirs = (int)q->data.args[0];
    int fd = (int)syscall(SYS_pidfd_getfd, kernel->pidfd, theirs, 0);
    kernel->is_blind |= fd < 0 && errno != EBADF && errno != ESRCH;
    return fd;
}

static bool peek(const question *q, uint64_t from, void *to, size_t n) {
    struct iovec theirs = {(void *)(uintptr_t)from, n}, ours = {to, n};
    return process_vm_readv((pid_t)q->pid, &ours, 1, &theirs, 1, 0) ==
           (ssize_t)n;
}

static bool poke(const question *q, uint64_t to, const void *from, size_t n) {
    struct iovec theirs = {(void *)(uintptr_t)to, n}, ours = {(void *)from, n};
    return process_vm_writev((pid_t)q->pid, &ours, 1, &theirs, 1, 0) ==
           (ssize_t)n;
}

static bool is_ready(int fd, short events) {
    struct pollfd poll_fd = {.fd = fd, .events = events};
    return poll(&poll_fd, 1, 0) == 1 && poll_fd.revents & events;
}

enum { HALF_MOST = 64 * 1024 };

static bool sends(const question *q) {
    return q->data.nr == SYS_sendto || q->data.nr == SYS_write;
}

// Is there more than one byte to read or write, and no need to wait for it?
static bool has_half(const question *q, int fd) {
    return q->data.args[2] > 1 && is_ready(fd, sends(q) ? POLLOUT : POLLIN);
}

// Reads or writes half of what was asked for.
static answer do_half(const question *q, int fd) {
    static char bytes[HALF_MOST];
    uint64_t at = q->data.args[1];
    size_t n = (size_t)q->data.args[2] / 2;
    int flags = (int)q->data.args[3];
    ssize_t done = -1;
    n = n < HALF_MOST ? n : HALF_MOST;
    if (sends(q) && !peek(q, at, bytes, n))
        return (answer){.id = q->id, .error = -EFAULT};
    if (q->data.nr == SYS_sendto)
        done = send(fd, bytes, n, flags);
    else if (q->data.nr == SYS_recvfrom)
        done = recv(fd, bytes, n, flags);
    else
        done = sends(q) ? write(fd, bytes, n) : read(fd, bytes, n);
    if (done < 0)
        return (answer){.id = q->id, .error = -errno};
    if (!sends(q) && !poke(q, at, bytes, (size_t)done))
        return (answer){.id = q->id, .error = -EFAULT};
    return (answer){.id = q->id, .val = done};
}

// A connect that is interrupted goes on by itself: so it is begun.
static void do_connect(struct kernel *kernel, const question *q) {
    struct sockaddr_storage address;
    size_t size = (size_t)q->data.args[2];
    int fd = borrow(kernel, q);
    if (size <= sizeof address && peek(q, q->data.args[1], &address, size)) {
        int rc = connect(fd, (struct sockaddr *)&address, (socklen_t)size);
        (void)rc; // the socket itself keeps how it went
    }
    close(fd);
}

// --- answering

static const struct call *find(const question *q) {
    for (size_t i = 0; i < countof(calls); i++)
        if (calls[i].number == q->data.nr)
            return &calls[i];
    return NULL; // not asked for by the filter
}

static bool is_begin(const question *q) {
    return q->data.nr == SYS_fcntl && (int)q->data.args[0] == STDIN_FILENO &&
           (int)q->data.args[1] == F_GETFD;
}

// In what ways bytes may fail to come or go. The sentence on standard error
// that tells of all the other faults must have a chance to get there.
static int byte_faults(const question *q, int fd) {
    struct stat about;
    if (fd < 0 || fstat(fd, &about) < 0 || (about.st_mode & S_IFMT) == 0)
        return INTR; // an eventfd, a timerfd: no bytes at all
    int half = has_half(q, fd) ? HALF : 0;
    if (q->data.nr == SYS_write && (int)q->data.args[0] == STDERR_FILENO)
        return INTR | half;
    if (S_ISSOCK(about.st_mode))
        return INTR | NOMEM | RST | half;
    // A pipe never breaks, save that which stands for any standard output.
    if (S_ISFIFO(about.st_mode) && (int)q->data.args[0] != STDOUT_FILENO)
        return INTR | NOMEM | half;
    // A file without a name is in memory: nothing waits for it.
    bool waits = !S_ISREG(about.st_mode) || about.st_nlink > 0;
    return (waits ? INTR : 0) | NOMEM | IO | half;
}

// Does it open a file whose name begins like this?
static bool opens(const question *q, const char *begin) {
    char name[32];
    size_t n = strlen(begin);
    return q->data.nr == SYS_openat && peek(q, q->data.args[1], name, n) &&
           strncmp(name, begin, n) == 0;
}

// Sanitizers map memory and look at the map, and expect no refusal.
static bool is_sanitizer(const question *q) {
    return LAB_SANITIZED &&
           (q->data.nr == SYS_mmap || q->data.nr == SYS_mprotect ||
            q->data.nr == SYS_madvise || opens(q, "/proc/self/maps"));
}

// In what ways a call cannot fail that is made for this.
static int exceptions(const question *q) {
    if (is_sanitizer(q))
        return ~0;
    // What a descriptor of its own leads to was opened before.
    if (opens(q, "/proc/self/fd/"))
        return INTR;
    // No longer to watch a descriptor takes no memory.
    if (q->data.nr == SYS_epoll_ctl && q->data.args[1] == EPOLL_CTL_DEL)
        return NOMEM;
    return 0;
}

static bool is_due(struct kernel *kernel) {
    long past = ++kernel->count - kernel->at;
    if (!kernel->at || past < 0)
        return false;
    return past == 0 || (kernel->for_good &&
                         (kernel->fault != INTERRUPTED || past % 2 == 0));
}

static answer fail(struct kernel *kernel, const question *q, int fd) {
    kernel->failed++;
    kernel->where = find(q)->name;
    if (kernel->fault == SHORT)
        return do_half(q, fd);
    if (kernel->fault == INTERRUPTED && q->data.nr == SYS_connect)
        do_connect(kernel, q);
    return (answer){.id = q->id, .error = -ways[kernel->fault].error};
}

static answer decide(struct kernel *kernel, const question *q) {
    const struct call *call = find(q);
    int faults = call ? call->faults : 0, fd = -1;
    answer a = {.id = q->id, .flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE};
    if (faults == BYTES) {
        fd = borrow(kernel, q);
        faults = byte_faults(q, fd);
    }
    faults &= ~exceptions(q);
    if ((faults & 1 << kernel->fault) && is_due(kernel))
        a = fail(kernel, q, fd);
    if (fd >= 0)
        close(fd);
    return a;
}

// Is it the program that asks, and not another that it has started?
static bool is_its_own(const struct kernel *kernel, const question *q) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/task/%d", kernel->pid, (int)q->pid);
    return (pid_t)q->pid == kernel->pid || access(path, F_OK) == 0;
}

void kernel_answer(struct kernel *kernel) {
    // The running kernel's own idea of these may be larger than ours.
    union {
        question q;
        char room[512];
    } in = {0};
    union {
        answer a;
        char room[512];
    } out = {0};
    if (ioctl(kernel->listener, SECCOMP_IOCTL_NOTIF_RECV, &in) < 0)
        return; // who asked is gone
    out.a = (answer){.id = in.q.id, .flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE};
    if (!kernel->has_begun) {
        kernel->has_begun = is_begin(&in.q);
        kernel->pid = (pid_t)in.q.pid;
    } else if (is_its_own(kernel, &in.q)) {
        kernel->calls++;
        out.a = decide(kernel, &in.q);
    }
    ioctl(kernel->listener, SECCOMP_IOCTL_NOTIF_SEND, &out);
}
