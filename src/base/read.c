#include "base/read.h"

#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

enum { STEP = 8192 };

int lab_read_open(int folder, const char *path, int flags) {
    struct stat about = {0};
    int fd, rc = 0;
    do
        fd = openat(folder, path,
                    O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | flags);
    while (fd < 0 && errno == EINTR);
    if (fd < 0)
        return -errno;
    if (fstat(fd, &about) < 0)
        rc = -errno;
    else if (!S_ISREG(about.st_mode))
        rc = LAB_ENOTFILE;
    if (rc < 0)
        close(fd);
    return rc < 0 ? rc : fd;
}

// Reads until the end, whatever the size is said to be: it may change.
int lab_read_rest(int fd, size_t most, struct lab_text *text) {
    struct stat about = {0};
    size_t room = STEP;
    if (fstat(fd, &about) == 0 && about.st_size > 0 &&
        (uintmax_t)about.st_size < most)
        room =
            (size_t)about.st_size + 1; // to read it, and then its end, at once
    for (;;) {
        char *at = lab_text_room(text, room);
        ssize_t n = read(fd, at, room);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return n < 0 ? -errno : 0;
        lab_text_add(text, (size_t)n);
        if (text->length > most)
            return -EFBIG;
        room = STEP;
    }
}

int lab_read_file(const char *path, size_t most, struct lab_text *text) {
    int fd = lab_read_open(AT_FDCWD, path, 0);
    if (fd < 0)
        return fd;
    int rc = lab_read_rest(fd, most, text);
    close(fd);
    return rc;
}

bool lab_read_or_say(const char *path, struct lab_text *text,
                     struct lab_text *error) {
    int rc = lab_read_file(path, SIZE_MAX, text);
    if (rc < 0) {
        lab_text_free(text); // of what a part of may have been read
        lab_text_printf(error, "%s cannot be read: %s", path,
                        lab_error_text(rc));
    }
    return rc == 0;
}
