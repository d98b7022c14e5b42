#include "demo/standard.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const names[] = {"standard input", "standard output",
                                    "standard error"};

void lab_standard_keep(struct lab_standard *standard) {
    for (int fd = 0; fd < 3; fd++)
        standard->copies[fd] = fcntl(fd, F_DUPFD_CLOEXEC, 3);
}

static bool same_file(int fd, int copy) {
    struct stat now, then;
    if (fstat(fd, &now) < 0)
        return errno != EBADF; // else the machine has refused to look
    return fstat(copy, &then) < 0 ||
           (now.st_dev == then.st_dev && now.st_ino == then.st_ino);
}

const char *lab_standard_restore(struct lab_standard *standard) {
    const char *changed = NULL;
    for (int fd = 0; fd < 3; fd++) {
        int copy = standard->copies[fd];
        if (copy < 0)
            continue;
        if (!same_file(fd, copy)) {
            dup2(copy, fd);
            changed = changed ? changed : names[fd];
        }
        close(copy);
    }
    return changed;
}
