#include "lesson/file.h"

#include "base/alloc.h"
#include "core/error.h"
#include "lesson/scan.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define INFIX ".looplab-"

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
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
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

// Where the new file is made, and what it replaces.
struct place {
    const char *path; // as the author named it, for messages
    char *target;     // the same without symbolic links
    char *folder;     // of the target
    char *temp;
    int fd;
};

static const char *base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

// Fills in everything but the descriptor. Returns 0, or a negative code.
static int find(struct place *place) {
    // From malloc, which our count of allocations must not see.
    char *real = realpath(place->path, NULL);
    if (!real)
        return -errno;
    place->target = lab_strdup(real);
    free(real);
    const char *name = base_name(place->target);
    size_t length = (size_t)(name - place->target); // with the slash
    size_t size = strlen(place->target) + sizeof "." INFIX "XXXXXX";
    place->folder = lab_alloc(length + 1);
    memcpy(place->folder, place->target, length);
    place->temp = lab_alloc(size);
    snprintf(place->temp, size, "%s.%s" INFIX "XXXXXX", place->folder, name);
    return 0;
}

// Is [name] a temporary file for [target]?
static bool is_temp(const char *name, const char *target) {
    size_t length = strlen(target);
    if (*name++ != '.' || strncmp(name, target, length) != 0)
        return false;
    name += length;
    if (strncmp(name, INFIX, strlen(INFIX)) != 0)
        return false;
    name += strlen(INFIX);
    if (strlen(name) != 6)
        return false;
    while (lab_scan_is_letter(*name) || lab_scan_is_digit(*name))
        name++;
    return *name == '\0';
}

// Removes what a killed run left. A living one holds a lock on its file.
static void sweep(const struct place *place) {
    DIR *folder = opendir(place->folder);
    if (!folder)
        return;
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (!is_temp(entry->d_name, base_name(place->target)))
            continue;
        int fd = openat(dirfd(folder), entry->d_name,
                        O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
        if (fd < 0)
            continue;
        if (flock(fd, LOCK_EX | LOCK_NB) == 0)
            unlinkat(dirfd(folder), entry->d_name, 0);
        close(fd);
    }
    closedir(folder);
}

static int write_all(int fd, const struct lab_text *text) {
    for (size_t at = 0; at < text->length;) {
        ssize_t n = write(fd, text->data + at, text->length - at);
        if (n > 0)
            at += (size_t)n;
        else if (n < 0 && errno != EINTR)
            return -errno;
    }
    return 0;
}

// Makes the temporary file, and in it all that the new one shall be.
static int fill(struct place *place, const struct lab_text *text,
                const struct stat *stat) {
    place->fd = mkostemp(place->temp, O_CLOEXEC);
    if (place->fd < 0)
        return -errno;
    flock(place->fd, LOCK_EX | LOCK_NB);
    LAB_TRY(write_all(place->fd, text));
    // Only root may give files away; for others the new one is theirs.
    bool given = fchown(place->fd, stat->st_uid, stat->st_gid) == 0;
    (void)given;
    if (fchmod(place->fd, stat->st_mode & 07777) < 0 || fsync(place->fd) < 0)
        return -errno;
    return 0;
}

// Is the file still the one that was read?
static bool is_unchanged(const char *target, const struct stat *was) {
    struct stat is;
    return stat(target, &is) == 0 && is.st_dev == was->st_dev &&
           is.st_ino == was->st_ino && is.st_size == was->st_size &&
           is.st_mtim.tv_sec == was->st_mtim.tv_sec &&
           is.st_mtim.tv_nsec == was->st_mtim.tv_nsec;
}

// The name is in the folder's own data, which has to reach the disk too.
// The file is replaced by now, so an error here is nobody's to handle.
static void sync_folder(const char *folder) {
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return;
    fsync(fd);
    close(fd);
}

static bool replace(struct place *place, const struct lab_text *text,
                    const struct stat *stat, struct lab_text *error) {
    int rc = find(place);
    if (rc < 0)
        return fail(error, place->path, "cannot be found", rc);
    // Renaming would not ask, but whoever took the permission away meant it.
    if (!(stat->st_mode & 0222) || access(place->target, W_OK) < 0) {
        lab_text_printf(error,
                        "%s: is read-only; nothing was written. `chmod u+w` "
                        "makes it writable\n",
                        place->path);
        return false;
    }
    sweep(place);
    rc = fill(place, text, stat);
    if (rc < 0)
        return fail(error, place->path, "cannot be written", rc);
    if (!is_unchanged(place->target, stat)) {
        lab_text_printf(error,
                        "%s: was changed by someone else meanwhile; nothing "
                        "was written. Run it again\n",
                        place->path);
        return false;
    }
    if (rename(place->temp, place->target) < 0)
        return fail(error, place->path, "cannot be replaced", -errno);
    sync_folder(place->folder);
    return true;
}

bool lab_file_write(const char *path, const struct lab_text *text,
                    const struct stat *stat, struct lab_text *error) {
    struct place place = {.path = path, .fd = -1};
    bool ok = replace(&place, text, stat, error);
    if (place.fd >= 0) {
        // Before the lock goes with the descriptor.
        if (!ok)
            unlink(place.temp);
        close(place.fd);
    }
    lab_free(place.target);
    lab_free(place.folder);
    lab_free(place.temp);
    return ok;
}
