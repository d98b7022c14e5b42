#include "base/write.h"

#include "base/text.h"

#include <errno.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

ssize_t lab_write_some(int fd, const void *bytes, size_t n) {
    return syscall(SYS_write, fd, bytes, n);
}

int lab_write_whole(int fd, const void *bytes, size_t n) {
    const char *at = bytes;
    while (n > 0) {
        ssize_t done = lab_write_some(fd, at, n);
        if (done >= 0) {
            at += done;
            n -= (size_t)done;
        } else if (errno == EAGAIN) {
            poll(&(struct pollfd){.fd = fd, .events = POLLOUT}, 1, -1);
        } else if (errno != EINTR) {
            return -errno;
        }
    }
    return 0;
}

// A byte counts as a column, so that lines with others than ASCII's are short.
static void break_line(char *line, size_t n, size_t columns) {
    size_t begin = 0, space = 0;
    for (size_t i = 0; i < n; i++) {
        space = line[i] == ' ' && i - begin <= columns ? i : space;
        if (i - begin < columns || space <= begin)
            continue;
        line[space] = '\n';
        begin = space + 1;
    }
}

void lab_write_sentence(char *line, size_t n) {
    struct winsize size;
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        break_line(line, n, (size_t)lab_text_measure(size.ws_col));
    line[n] = '\n'; // by one write: others may write, too
    lab_write_whole(STDERR_FILENO, line, n + 1);
}

int lab_write_memory(const char *name, const void *bytes, size_t n) {
    int fd = memfd_create(name, MFD_CLOEXEC);
    if (fd < 0)
        return -errno;
    int rc = lab_write_whole(fd, bytes, n);
    if (rc == 0 && lseek(fd, 0, SEEK_SET) < 0)
        rc = -errno;
    if (rc < 0)
        close(fd);
    return rc < 0 ? rc : fd;
}
