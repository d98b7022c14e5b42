#include "base/read.h"

#include "base/error.h"
#include "base/nearest.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum { STEP = 8192 };

int lab_read_open_as(int folder, const char *path, int flags,
                     struct stat *about) {
    int fd, rc = 0;
    do
        fd = openat(folder, path,
                    O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | flags);
    while (fd < 0 && errno == EINTR);
    if (fd < 0)
        return -errno;
    if (fstat(fd, about) < 0)
        rc = -errno;
    else if (!S_ISREG(about->st_mode))
        rc = LAB_ENOTFILE;
    if (rc < 0)
        close(fd);
    return rc < 0 ? rc : fd;
}

int lab_read_open(int folder, const char *path, int flags) {
    struct stat about = {0};
    return lab_read_open_as(folder, path, flags, &about);
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
        room = (size_t)n < room ? room - (size_t)n : STEP;
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

// --- what was meant

// Have both names the same ending, ".py"?
static bool end_alike(const char *a, const char *b) {
    const char *end = strrchr(a, '.'), *other = strrchr(b, '.');
    return end && other ? strcmp(end, other) == 0 : !end && !other;
}

// Have both the same number in front, as 03_gather.c and 03_x.c?
static bool count_alike(const char *a, const char *b) {
    size_t n = strspn(a, "0123456789");
    return n > 0 && strncmp(a, b, n) == 0 && a[n] == '_' && b[n] == '_';
}

// Puts into [found] the name in [folder] that is most like [name].
static void find_alike(const char *folder, const char *name,
                       struct lab_text *found) {
    struct dirent **entries;
    const char *best = NULL;
    int count = scandir(folder, &entries, NULL, alphasort);
    for (int i = 0; i < count && !best; i++)
        if (strcasecmp(name, entries[i]->d_name) == 0 &&
            strcmp(name, entries[i]->d_name) != 0) // a link to nowhere
            best = entries[i]->d_name;
    bool is_sure = best;
    for (int i = 0; i < count && !is_sure; i++)
        if (end_alike(name, entries[i]->d_name) &&
            strcmp(name, entries[i]->d_name) != 0) // a link to nowhere
            lab_nearest(name, entries[i]->d_name, &best);
    for (int i = 0; i < count && !best; i++)
        if (end_alike(name, entries[i]->d_name) &&
            count_alike(name, entries[i]->d_name))
            best = entries[i]->d_name;
    lab_text_put(found, best ? best : "");
    for (int i = 0; i < count; i++)
        free(entries[i]);
    if (count >= 0)
        free(entries);
}

static bool is_folder(const char *path) {
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

// Appends that there is no file [path], and if even its [folder] is missing,
// that; "" is the current one.
static void put_missing(struct lab_text *error, const char *path,
                        const char *folder) {
    struct stat about;
    if (*folder && !is_folder(folder))
        lab_text_printf(error, "there is no folder %.*s",
                        (int)strlen(folder) - 1, folder);
    else if (lstat(path, &about) == 0)
        lab_text_printf(error, "%s is a link to a file that is not there",
                        path);
    else
        lab_text_printf(error, "there is no file %s", path);
}

bool lab_read_put_why(struct lab_text *error, const char *path, int rc) {
    struct lab_text folder = {0}, found = {0};
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    lab_text_write(&folder, path, (size_t)(name - path));
    if (rc == -ENOENT)
        put_missing(error, path, lab_text_string(&folder));
    else if (rc == LAB_ENOTFILE && is_folder(path))
        lab_text_printf(error, "%s is a folder", path);
    else
        lab_text_printf(error, "%s cannot be read: %s", path,
                        lab_error_text(rc));
    if (rc == -ENOENT && *name)
        find_alike(slash ? lab_text_string(&folder) : ".", name, &found);
    bool is_found = found.length > 0;
    if (is_found) {
        lab_text_printf(error, "; did you mean %s", lab_text_string(&folder));
        lab_text_mask(error, found.data, found.length, false);
        lab_text_put(error, "?");
    }
    lab_text_free(&folder);
    lab_text_free(&found);
    return is_found;
}

bool lab_read_or_say(const char *path, struct lab_text *text,
                     struct lab_text *error) {
    int rc = lab_read_file(path, SIZE_MAX, text);
    if (rc < 0) {
        lab_text_free(text); // of what a part of may have been read
        lab_read_put_why(error, path, rc);
    }
    return rc == 0;
}
