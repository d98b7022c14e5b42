#include "shell/history.h"

#include "base/alloc.h"
#include "base/read.h"
#include "base/save.h"
#include "base/text.h"
#include "base/write.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

void lab_history_free(struct lab_history *history) {
    for (size_t i = 0; i < history->count; i++)
        lab_free(history->lines[i]);
    lab_free(history->lines);
    *history = (struct lab_history){0};
}

// Can [n] bytes have been typed, and is there something to see in them?
static bool typable(const char *line, size_t n) {
    bool visible = false;
    unsigned code;
    if (n > LAB_HISTORY_LONGEST)
        return false;
    for (size_t i = 0, length; i < n; i += length) {
        length = lab_text_decode(line + i, n - i, &code);
        if (length == 0 || code < 0x20 || (code >= 0x7f && code < 0xa0))
            return false;
        visible |= code != ' ';
    }
    return visible;
}

static void drop_oldest(struct lab_history *history) {
    lab_free(history->lines[0]);
    history->count--;
    memmove(history->lines, history->lines + 1,
            history->count * sizeof *history->lines);
}

static bool is_last(const struct lab_history *history, const char *line,
                    size_t n) {
    if (history->count == 0)
        return false;
    const char *last = history->lines[history->count - 1];
    return strlen(last) == n && memcmp(last, line, n) == 0;
}

bool lab_history_add(struct lab_history *history, const char *line, size_t n) {
    if (!typable(line, n) || is_last(history, line, n))
        return false;
    if (history->count == LAB_HISTORY_MOST)
        drop_oldest(history);
    history->lines = lab_grow(history->lines, history->count,
                              &history->capacity, sizeof *history->lines);
    char *copy = lab_alloc(n + 1);
    memcpy(copy, line, n);
    history->lines[history->count++] = copy;
    if (history->fresh < LAB_HISTORY_MOST)
        history->fresh++;
    return true;
}

static bool continues(const char *line, const char *with) {
    size_t n = strlen(with);
    return strncmp(line, with, n) == 0 && line[n];
}

size_t lab_history_before(const struct lab_history *history, size_t at,
                          const char *with) {
    while (at-- > 0)
        if (continues(history->lines[at], with))
            return at;
    return SIZE_MAX;
}

size_t lab_history_from(const struct lab_history *history, size_t at,
                        const char *with) {
    for (; at < history->count; at++)
        if (continues(history->lines[at], with))
            return at;
    return SIZE_MAX;
}

size_t lab_history_with(const struct lab_history *history, size_t at,
                        const char *part, bool back) {
    for (at -= back; at < history->count; at += back ? (size_t)-1 : 1)
        if (strstr(history->lines[at], part))
            return at;
    return SIZE_MAX;
}

// --- reading

static void add_lines(struct lab_history *history, const char *bytes,
                      size_t n) {
    const char *end = bytes + n;
    while (bytes < end) {
        const char *newline = memchr(bytes, '\n', (size_t)(end - bytes));
        const char *stop = newline ? newline : end;
        size_t length = (size_t)(stop - bytes);
        if (length > 0 && bytes[length - 1] == '\r')
            length--;
        lab_history_add(history, bytes, length);
        history->in_file++;
        bytes = stop + 1;
    }
}

// Reads at most the last megabyte: 1000 entries of 1023 bytes fit.
static int read_end(int fd, struct lab_text *text) {
    enum { MOST = 1024 * 1024 };
    off_t size = lseek(fd, 0, SEEK_END);
    bool cut = size > MOST;
    if (size < 0 || lseek(fd, cut ? size - MOST : 0, SEEK_SET) < 0)
        return -errno;
    LAB_TRY(lab_read_rest(fd, 2 * MOST, text)); // it may have grown
    if (!cut || text->length == 0)
        return 0;
    const char *newline = memchr(text->data, '\n', text->length);
    return newline ? (int)(newline - text->data) : (int)text->length;
}

static int load_at(struct lab_history *history, int folder, const char *path) {
    struct lab_text text = {0};
    size_t fresh = history->fresh;
    int fd = lab_read_open(folder, path, O_NOFOLLOW);
    if (fd < 0)
        return fd == LAB_ENOENT || fd == -ENOTDIR ? 0 : fd;
    int rc = read_end(fd, &text);
    if (rc >= 0 && text.length > 0)
        add_lines(history, text.data + rc, text.length - (size_t)rc);
    history->fresh = fresh; // what came from the file is in it
    close(fd);
    lab_text_free(&text);
    return rc < 0 ? rc : 0;
}

int lab_history_load(struct lab_history *history, const char *path) {
    return load_at(history, AT_FDCWD, path);
}

// --- writing

// Opens the folder that [path] is in, which is made if need be, and sets [name]
// to what follows the last slash.
static int open_folder(const char *path, const char **name) {
    const char *slash = strrchr(path, '/');
    *name = slash ? slash + 1 : path;
    char *folder = lab_strdup(slash ? path : ".");
    if (slash)
        folder[slash - path + 1] = '\0'; // with its slash: "/" stays "/"
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT) {
        lab_save_folder(path);
        fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    }
    int rc = fd < 0 ? -errno : fd;
    lab_free(folder);
    return rc;
}

// Keeps other sessions away while we read, add and replace. They need
// milliseconds; one that was stopped in between must not stop us.
static int lock(int folder) {
    for (int tries = 0; flock(folder, LOCK_EX | LOCK_NB) < 0; tries++) {
        if ((errno != EWOULDBLOCK && errno != EINTR) || tries == 100)
            return -errno;
        nanosleep(&(struct timespec){.tv_nsec = 2000000}, NULL);
    }
    return 0;
}

// Appends the last [count] lines of [history] to [text].
static void put_lines(const struct lab_history *history, size_t count,
                      struct lab_text *text) {
    for (size_t i = history->count - count; i < history->count; i++) {
        lab_text_put(text, history->lines[i]);
        lab_text_put(text, "\n");
    }
}

// Opens the file for appending, and makes it if need be.
static int open_end(int folder, const char *name) {
    enum { FLAGS = O_RDWR | O_APPEND | O_NOFOLLOW };
    int fd = lab_read_open(folder, name, FLAGS);
    if (fd != LAB_ENOENT)
        return fd;
    fd = openat(folder, name, FLAGS | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    return fd < 0 ? -errno : fd;
}

// Does a file of [size] bytes end within a line? A person may have left it so,
// or a full disk.
static bool ends_in_line(int fd, off_t size) {
    char last = '\n';
    return size > 0 && pread(fd, &last, 1, size - 1) == 1 && last != '\n';
}

// There is no fsync: what was typed in the seconds before the power fails is
// not worth a wait after each line.
static int append(int folder, const char *name,
                  const struct lab_history *history) {
    struct lab_text text = {0};
    struct stat about;
    int fd = open_end(folder, name);
    if (fd < 0)
        return fd;
    int rc = fstat(fd, &about) < 0 ? -errno : 0;
    if (rc == 0 && about.st_mode & 077 && fchmod(fd, 0600) < 0)
        rc = -errno;
    if (rc == 0) {
        lab_text_put(&text, ends_in_line(fd, about.st_size) ? "\n" : "");
        put_lines(history, history->fresh, &text);
        rc = lab_write_whole(fd, text.data, text.length);
        if (rc < 0) // no half lines
            lab_ignore(ftruncate(fd, about.st_size));
    }
    close(fd);
    lab_text_free(&text);
    return rc;
}

static int write_lines(int fd, const struct lab_history *history) {
    struct lab_text text = {0};
    put_lines(history, history->count, &text);
    int rc = lab_write_whole(fd, text.data, text.length);
    if (rc == 0 && fsync(fd) < 0)
        rc = -errno;
    lab_text_free(&text);
    return rc;
}

// The new file has a fixed name, so that one left by a crash is found and
// replaced; the lock makes that safe.
static int replace(int folder, const char *name,
                   const struct lab_history *history) {
    struct lab_text fresh = {0};
    lab_text_printf(&fresh, "%s.new", name);
    const char *path = lab_text_string(&fresh);
    unlinkat(folder, path, 0);
    int fd = openat(folder, path,
                    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    int rc = fd < 0 ? -errno : write_lines(fd, history);
    if (fd >= 0 && close(fd) < 0 && rc == 0)
        rc = -errno;
    if (rc == 0 && renameat(folder, path, folder, name) < 0)
        rc = -errno;
    if (rc < 0 && fd >= 0)
        unlinkat(folder, path, 0);
    lab_text_free(&fresh);
    return rc;
}

// Replaces the file by its newest lines and what is fresh.
static int shorten(int folder, const char *name,
                   const struct lab_history *history) {
    struct lab_history all = {0};
    int rc = load_at(&all, folder, name);
    for (size_t i = history->count - history->fresh; i < history->count; i++)
        lab_history_add(&all, history->lines[i], strlen(history->lines[i]));
    if (rc == 0)
        rc = replace(folder, name, &all);
    lab_history_free(&all);
    return rc;
}

int lab_history_save(struct lab_history *history, const char *path) {
    const char *name;
    if (history->fresh == 0)
        return 0;
    int folder = open_folder(path, &name);
    if (folder < 0)
        return folder;
    bool is_long = history->in_file + history->fresh > LAB_HISTORY_FILE_MOST;
    int rc = lock(folder);
    if (rc == 0)
        rc = (is_long ? shorten : append)(folder, name, history);
    if (rc == 0) {
        history->in_file =
            is_long ? LAB_HISTORY_MOST : history->in_file + history->fresh;
        history->fresh = 0;
    }
    close(folder); // and with it the lock
    return rc;
}
