#include "shell/lectern.h"

#include "base/die.h"
#include "base/read.h"
#include "shell/shell.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define FIRST "looplab teach 1\n"
#define LAST "end\n"

void lab_lectern_path(struct lab_text *path) {
    const char *folder = getenv("XDG_RUNTIME_DIR");
    if (folder && folder[0] == '/' && access(folder, W_OK) == 0)
        lab_text_printf(path, "%s/looplab.teach", folder);
    else
        lab_shell_state_path("teach", path);
}

// Makes the folders that [path] is in, if need be.
static void make_folders(const char *path) {
    for (const char *slash = strchr(path + 1, '/'); slash;
         slash = strchr(slash + 1, '/')) {
        struct lab_text folder = {0};
        lab_text_write(&folder, path, (size_t)(slash - path));
        lab_ignore(mkdir(lab_text_string(&folder), 0700));
        lab_text_free(&folder);
    }
}

// --- teaching

// A link would lead to a file that is not ours to write.
static int open_file(const char *path) {
    return open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
}

static int open_locked(const char *path) {
    make_folders(path);
    int fd = open_file(path);
    if (fd < 0)
        return -errno;
    if (flock(fd, LOCK_EX | LOCK_NB) == 0)
        return fd;
    close(fd);
    return -EWOULDBLOCK;
}

bool lab_lectern_open(struct lab_lectern *lectern, const char *path,
                      struct lab_text *error) {
    struct lab_text file = {0};
    char *whole = realpath(path, NULL);
    *lectern = (struct lab_lectern){.fd = -1, .began = (long long)time(NULL)};
    lab_text_put(&lectern->lesson, whole ? whole : path);
    free(whole);
    lab_lectern_path(&file);
    if (file.length)
        lectern->fd = open_locked(lab_text_string(&file));
    if (lectern->fd == -EWOULDBLOCK)
        lab_text_put(error, "somebody teaches already, so notes follows them");
    else if (lectern->fd < 0 && file.length)
        lab_text_printf(error, "notes cannot follow: %s: %s",
                        lab_text_string(&file), lab_error_text(lectern->fd));
    else if (lectern->fd < 0)
        lab_text_put(error, "notes cannot follow: neither XDG_RUNTIME_DIR nor "
                            "HOME is set");
    lab_text_free(&file);
    return lectern->fd >= 0;
}

// In one write, shorter than a page: a reader sees the end or reads again.
void lab_lectern_show(struct lab_lectern *lectern, size_t block) {
    struct lab_text text = {0};
    if (lectern->fd < 0)
        return;
    lab_text_printf(&text, FIRST "began %lld\nblock %zu\nlesson %s\n" LAST,
                    lectern->began, block, lab_text_string(&lectern->lesson));
    if (pwrite(lectern->fd, text.data, text.length, 0) == (ssize_t)text.length)
        lab_ignore(ftruncate(lectern->fd, (off_t)text.length));
    lab_text_free(&text);
}

void lab_lectern_close(struct lab_lectern *lectern) {
    lab_lectern_show(lectern, 0);
    if (lectern->fd >= 0)
        close(lectern->fd);
    lab_text_free(&lectern->lesson);
}

// --- following

void lab_lectern_make(void) {
    struct lab_text path = {0};
    lab_lectern_path(&path);
    if (path.length) {
        make_folders(lab_text_string(&path));
        int fd = open_file(lab_text_string(&path));
        if (fd >= 0)
            close(fd);
    }
    lab_text_free(&path);
}

// A lock that we get is nobody's.
static bool is_locked(const char *path) {
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return false;
    bool locked = flock(fd, LOCK_SH | LOCK_NB) < 0;
    close(fd);
    return locked;
}

static bool is_whole(const struct lab_text *text) {
    size_t first = strlen(FIRST), last = strlen(LAST);
    return text->length > first + last &&
           memcmp(text->data, FIRST, first) == 0 &&
           strcmp(text->data + text->length - last, LAST) == 0;
}

static long long number_after(const char *text, const char *word) {
    const char *at = strstr(text, word);
    return at ? strtoll(at + strlen(word), NULL, 10) : 0;
}

static void read_lines(struct lab_lectern_view *view, const char *text) {
    const char *lesson = strstr(text, "\nlesson ");
    long long block = number_after(text, "\nblock ");
    view->began = number_after(text, "\nbegan ");
    view->block = block > 0 ? (size_t)block : 0;
    if (!lesson)
        return;
    lesson += strlen("\nlesson ");
    lab_text_write(&view->lesson, lesson, strcspn(lesson, "\n"));
}

bool lab_lectern_read(struct lab_lectern_view *view) {
    enum { MOST = 8192 };
    struct lab_text path = {0}, text = {0};
    bool whole = true;
    *view = (struct lab_lectern_view){0};
    lab_lectern_path(&path);
    if (path.length && is_locked(lab_text_string(&path)) &&
        lab_read_file(lab_text_string(&path), MOST, &text) >= 0) {
        whole = is_whole(&text);
        if (whole)
            read_lines(view, lab_text_string(&text));
    }
    lab_text_free(&path);
    lab_text_free(&text);
    return whole;
}
