#include "base/write.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

int lab_write_whole(int fd, const void *bytes, size_t n) {
    const char *at = bytes;
    while (n > 0) {
        ssize_t done = write(fd, at, n);
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
