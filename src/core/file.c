// file.c - each call is a request that a worker of the default pool carries
// out. It lies on the stack of the task that waits for it.

#include "core/file.h"

#include "base/alloc.h"
#include "core/block.h"
#include "core/executor.h"
#include "core/misuse.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct lab_file {
    int fd;
    unsigned busy; // requests in progress
    lab_time slow; // how long each read is to take at least
};

struct request {
    int fd;
    const char *path;
    int flags;
    unsigned mode;
    char *in;
    const char *out;
    size_t size;
    lab_time slow;
    int64_t has;
    bool begun;
};

// Has a worker carry out [what].
static int ask(lab_fn *what, struct request *request) {
    if (!lab_self())
        return LAB_EPERM;
    lab_pool *pool = lab_pool_default();
    return pool ? lab_offload(pool, what, request) : LAB_ENOMEM;
}

static int ask_file(lab_file *file, lab_fn *what, struct request *request) {
    request->fd = file->fd;
    file->busy++;
    int rc = ask(what, request);
    file->busy--;
    return rc;
}

// --- what workers do

enum { CACHED_STEP = 4096 }; // pages that are looked at together

// The virtual worker is on the loop's thread, where signals come.
static bool again(ssize_t rc) {
    return rc < 0 && errno == EINTR;
}

static int do_open(void *arg) {
    struct request *r = arg;
    int fd;
    do
        fd = open(r->path, r->flags, (mode_t)r->mode);
    while (again(fd));
    return fd < 0 ? -errno : fd;
}

static int do_read(void *arg) {
    struct request *r = arg;
    size_t done = 0;
    if (r->slow > 0)
        lab_block(r->slow);
    while (done < r->size) {
        ssize_t n = read(r->fd, r->in + done, r->size - done);
        if (again(n))
            continue;
        if (n < 0 && done == 0)
            return -errno;
        if (n <= 0)
            break; // an error comes again at the next read
        done += (size_t)n;
    }
    return done == 0 && r->size > 0 ? LAB_EOF : (int)done;
}

static int do_write(void *arg) {
    struct request *r = arg;
    size_t done = 0;
    while (done < r->size) {
        ssize_t n = write(r->fd, r->out + done, r->size - done);
        if (again(n))
            continue;
        if (n < 0)
            return -errno;
        done += (size_t)n;
    }
    return 0;
}

static int do_size(void *arg) {
    struct request *r = arg;
    struct stat about;
    if (fstat(r->fd, &about) < 0)
        return -errno;
    r->has = about.st_size;
    return 0;
}

// How many of the [size] bytes from [offset] on are in memory, or an error.
static int64_t count_cached(int fd, int64_t offset, size_t size, size_t page) {
    unsigned char pages[CACHED_STEP];
    int64_t count = 0;
    void *at = mmap(NULL, size, PROT_READ, MAP_SHARED, fd, offset);
    if (at == MAP_FAILED)
        return -errno;
    int rc = mincore(at, size, pages) < 0 ? -errno : 0;
    for (size_t i = 0; rc == 0 && i * page < size; i++)
        if (pages[i] & 1)
            count += (int64_t)(size - i * page < page ? size - i * page : page);
    munmap(at, size);
    return rc < 0 ? rc : count;
}

static int do_count_cached(void *arg) {
    struct request *r = arg;
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    int64_t step = (int64_t)page * CACHED_STEP, count = 0;
    LAB_TRY(do_size(arg));
    int64_t all = r->has;
    for (int64_t at = 0; at < all; at += step) {
        int64_t size = all - at < step ? all - at : step;
        int64_t n = count_cached(r->fd, at, (size_t)size, page);
        if (n < 0)
            return (int)n;
        count += n;
    }
    r->has = count;
    return 0;
}

static int do_uncache(void *arg) {
    struct request *r = arg;
    int rc;
    do
        rc = fdatasync(r->fd);
    while (again(rc));
    return rc < 0 ? -errno : -posix_fadvise(r->fd, 0, 0, POSIX_FADV_DONTNEED);
}

// Not tried again after an EINTR: by then it may be another file's number.
static int do_close(void *arg) {
    struct request *r = arg;
    r->begun = true;
    return close(r->fd) < 0 && errno != EINTR ? -errno : 0;
}

// --- what tasks ask for

static int system_flags(int flags) {
    int access = flags & (LAB_FILE_READ | LAB_FILE_WRITE);
    int result = O_CLOEXEC | O_NOCTTY;
    result |= access == LAB_FILE_READ    ? O_RDONLY
              : access == LAB_FILE_WRITE ? O_WRONLY
                                         : O_RDWR;
    result |= flags & LAB_FILE_CREATE ? O_CREAT : 0;
    result |= flags & LAB_FILE_EXCLUSIVE ? O_EXCL : 0;
    result |= flags & LAB_FILE_TRUNCATE ? O_TRUNC : 0;
    result |= flags & LAB_FILE_APPEND ? O_APPEND : 0;
    return result;
}

int lab_file_open(lab_file **out, const char *path, int flags, unsigned mode) {
    if (!(flags & (LAB_FILE_READ | LAB_FILE_WRITE)))
        return LAB_EINVAL;
    struct request request = {
        .path = path, .flags = system_flags(flags), .mode = mode};
    int fd = ask(do_open, &request);
    LAB_TRY(fd);
    lab_file *file = lab_alloc(sizeof *file);
    file->fd = fd;
    *out = file;
    return 0;
}

int lab_file_read_some(lab_file *file, void *bytes, size_t size) {
    struct request request = {.in = bytes,
                              .size = size < INT_MAX ? size : INT_MAX,
                              .slow = file->slow};
    return ask_file(file, do_read, &request);
}

int lab_file_write_all(lab_file *file, const void *bytes, size_t size) {
    struct request request = {.out = bytes, .size = size};
    return ask_file(file, do_write, &request);
}

int lab_file_size(lab_file *file, int64_t *size) {
    struct request request = {0};
    int rc = ask_file(file, do_size, &request);
    if (rc >= 0)
        *size = request.has;
    return rc;
}

int lab_file_cached(lab_file *file, int64_t *cached) {
    struct request request = {0};
    int rc = ask_file(file, do_count_cached, &request);
    if (rc >= 0)
        *cached = request.has;
    return rc;
}

int lab_file_uncache(lab_file *file) {
    struct request request = {0};
    return ask_file(file, do_uncache, &request);
}

void lab_file_slow_down(lab_file *file, lab_time time) {
    file->slow = time;
}

int lab_file_close(lab_file *file) {
    if (file->busy > 0)
        lab_misuse("a file is closed while it is in use, by %u other calls: "
                   "await the tasks that made them first",
                   file->busy);
    struct request request = {0};
    int rc = ask_file(file, do_close, &request);
    // A file that can never be closed would be worse than a short wait.
    if (!request.begun)
        rc = do_close(&request);
    lab_free(file);
    return rc;
}
