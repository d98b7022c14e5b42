#include "lesson/file.h"

#include "base/error.h"
#include "base/save.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

// Says what could not be done to the file at [path], and why: [code] is a
// negative error code. Returns false, for the caller to pass on.
static bool fail(struct lab_text *error, const char *path, const char *what,
                 int code) {
    lab_text_printf(error, "%s: %s: %s\n", path, what, lab_error_text(code));
    return false;
}

static bool read_all(int fd, struct lab_text *text) {
    char bytes[4096]; // a task has 64 KiB for its whole stack
    for (;;) {
        ssize_t n = read(fd, bytes, sizeof bytes);
        if (n == 0)
            return true;
        if (n > 0)
            lab_text_write(text, bytes, (size_t)n);
        else if (errno != EINTR)
            return false;
    }
}

bool lab_file_read(const char *path, struct lab_text *text, struct stat *stat,
                   struct lab_text *error) {
    // Non-blocking, or opening a pipe would wait for who may never come.
    int fd;
    do
        fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    while (fd < 0 && errno == EINTR);
    if (fd < 0)
        return fail(error, path, "cannot be opened", -errno);
    bool ok = fstat(fd, stat) == 0;
    if (ok && !S_ISREG(stat->st_mode)) {
        lab_text_printf(error, "%s: this is no file of text\n", path);
        close(fd);
        return false;
    }
    ok = ok && read_all(fd, text);
    int code = -errno;
    close(fd);
    return ok ? true : fail(error, path, "cannot be read", code);
}

// Is the file still the one that was read?
static bool is_unchanged(const char *path, const struct stat *was) {
    struct stat is;
    return stat(path, &is) == 0 && is.st_dev == was->st_dev &&
           is.st_ino == was->st_ino && is.st_size == was->st_size &&
           is.st_mtim.tv_sec == was->st_mtim.tv_sec &&
           is.st_mtim.tv_nsec == was->st_mtim.tv_nsec;
}

static bool refuse(struct lab_text *error, const char *path, const char *why) {
    lab_text_printf(error, "%s: %s\n", path, why);
    return false;
}

bool lab_file_write(const char *path, const struct lab_text *text,
                    const struct stat *stat, struct lab_text *error) {
    struct lab_save save;
    int rc = lab_save_open(&save, path);
    if (rc == -EPERM)
        return refuse(error, path,
                      "is read-only; nothing was written. `chmod u+w` makes it "
                      "writable");
    if (rc < 0)
        return fail(error, path, "cannot be written", rc);
    fwrite(text->data, 1, text->length, save.file);
    if (!is_unchanged(path, stat)) {
        lab_save_drop(&save);
        return refuse(error, path,
                      "was changed by someone else meanwhile; nothing was "
                      "written. Run it again");
    }
    rc = lab_save_close(&save);
    return rc < 0 ? fail(error, path, "cannot be written", rc) : true;
}
