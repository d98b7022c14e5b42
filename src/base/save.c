#include "base/save.h"

#include "base/alloc.h"
#include "base/die.h"
#include "base/error.h"
#include "base/read.h"
#include "base/write.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define INFIX ".looplab-"
#define LETTERS "XXXXXX" // mkostemp chooses others

// --- names

static const char *base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

// The folder of [path], ending in a slash or empty; owned.
static char *folder_of(const char *path) {
    size_t length = (size_t)(base_name(path) - path);
    char *folder = lab_alloc(length + 1);
    memcpy(folder, path, length);
    return folder;
}

static char *temp_for(const char *target) {
    char *folder = folder_of(target);
    size_t size = strlen(target) + sizeof "." INFIX LETTERS;
    char *temp = lab_alloc(size);
    snprintf(temp, size, "%s.%s" INFIX LETTERS, folder, base_name(target));
    lab_free(folder);
    return temp;
}

// Is [name] a temporary file for [target]?
static bool is_temp(const char *name, const char *target) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    size_t length = strlen(target);
    if (*name++ != '.' || strncmp(name, target, length) != 0)
        return false;
    name += length;
    if (strncmp(name, INFIX, strlen(INFIX)) != 0)
        return false;
    name += strlen(INFIX);
    return strlen(name) == 6 && strspn(name, letters) == 6;
}

// Removes what a killed run left. A living one holds a lock on its file.
static void sweep(const char *target) {
    char *path = folder_of(target);
    DIR *folder = opendir(*path ? path : ".");
    lab_free(path);
    if (!folder)
        return;
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (!is_temp(entry->d_name, base_name(target)))
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

// --- what a hurried end removes

// The files that are being written. A signal handler may look at any moment,
// so the list is whole after each single store.
static struct lab_save *volatile unfinished;
static pid_t owner; // a child that was forked must not remove its parent's

static void abandon(void) {
    for (struct lab_save *save = unfinished; save && getpid() == owner;
         save = save->next)
        unlink(save->temp);
}

static void enlist(struct lab_save *save) {
    owner = getpid();
    save->next = unfinished;
    unfinished = save;
    lab_die_hook(abandon);
}

static void delist(const struct lab_save *save) {
    if (unfinished == save)
        unfinished = save->next;
    for (struct lab_save *at = unfinished; at; at = at->next)
        if (at->next == save)
            at->next = save->next;
}

// --- opening

// Makes the temporary file, as [stat] says of the one it will replace.
static int open_temp(struct lab_save *save, const struct stat *stat) {
    sweep(save->target);
    save->temp = temp_for(save->target);
    char *letters = save->temp + strlen(save->temp) - strlen(LETTERS);
    int fd;
    do {
        memcpy(letters, LETTERS, sizeof LETTERS); // they are used up each time
        fd = mkostemp(save->temp, O_CLOEXEC);
    } while (fd < 0 && errno == EINTR);
    if (fd < 0)
        return -errno;
    enlist(save);
    flock(fd, LOCK_EX | LOCK_NB);
    // Only root may give files away; for others the new one is theirs.
    bool given = fchown(fd, stat->st_uid, stat->st_gid) == 0;
    (void)given;
    if (fchmod(fd, stat->st_mode & 07777) == 0)
        return fd;
    int rc = -errno;
    close(fd);
    return rc;
}

// What a new file gets: the mode that open would give it.
static void describe_new(struct stat *stat) {
    mode_t mask = umask(0);
    umask(mask);
    *stat = (struct stat){
        .st_mode = 0666 & ~mask, .st_uid = geteuid(), .st_gid = getegid()};
}

// Returns a descriptor to write to.
static int open_any(struct lab_save *save, const char *path) {
    struct stat about;
    char real[PATH_MAX];
    if (stat(path, &about) < 0) {
        if (errno != ENOENT)
            return -errno;
        describe_new(&about);
        save->target = lab_strdup(path);
        return open_temp(save, &about);
    }
    if (S_ISDIR(about.st_mode))
        return -EISDIR;
    if (!S_ISREG(about.st_mode)) {
        int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
        return fd < 0 ? -errno : fd;
    }
    if (!realpath(path, real))
        return -errno;
    if (!(about.st_mode & 0222) || access(real, W_OK) < 0)
        return -EPERM;
    save->target = lab_strdup(real);
    return open_temp(save, &about);
}

// stdio would forget what the error was, and takes a short write for one.
static ssize_t write_all(void *cookie, const char *bytes, size_t n) {
    struct lab_save *save = cookie;
    if (!save->error)
        save->error = lab_write_whole(save->fd, bytes, n);
    return save->error ? 0 : (ssize_t)n;
}

static void forget(struct lab_save *save) {
    delist(save);
    lab_free(save->target);
    lab_free(save->temp);
    *save = (struct lab_save){0};
}

int lab_save_open(struct lab_save *save, const char *path) {
    *save = (struct lab_save){0};
    int rc = save->fd = open_any(save, path);
    if (rc >= 0) {
        save->file =
            fopencookie(save, "w", (cookie_io_functions_t){.write = write_all});
        if (save->file)
            return 0;
        close(save->fd);
        rc = -ENOMEM;
    }
    if (save->temp)
        unlink(save->temp);
    forget(save);
    return rc;
}

// --- closing

// The name is in the folder's own data, which has to reach the disk too.
// The file is replaced by now, so an error here is nobody's to handle.
static void sync_folder(const char *target) {
    char *path = folder_of(target);
    int fd = open(*path ? path : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    lab_free(path);
    if (fd < 0)
        return;
    fsync(fd);
    close(fd);
}

// Brings what was written to the disk.
static int finish(const struct lab_save *save) {
    fflush(save->file);
    if (save->error || !save->temp)
        return save->error;
    int rc;
    do
        rc = fsync(save->fd);
    while (rc < 0 && errno == EINTR);
    return rc < 0 ? -errno : 0;
}

static int move(const struct lab_save *save) {
    return rename(save->temp, save->target) < 0 ? -errno : 0;
}

static int end(struct lab_save *save, int rc) {
    if (rc == 0 && save->temp)
        sync_folder(save->target);
    if (rc < 0 && save->temp)
        unlink(save->temp); // before the lock goes with the descriptor
    fclose(save->file);
    close(save->fd);
    forget(save);
    return rc;
}

int lab_save_close(struct lab_save *save) {
    int rc = finish(save);
    if (rc == 0 && save->temp)
        rc = move(save);
    return end(save, rc);
}

// --- replacing what may change meanwhile

// Returns 0 if [fd] reads as [old], -ESTALE if not, or another error.
static int compare_rest(int fd, const struct lab_text *old) {
    char bytes[4096];
    for (size_t at = 0;;) {
        ssize_t n = read(fd, bytes, sizeof bytes);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -errno;
        if (n == 0)
            return at == old->length ? 0 : -ESTALE;
        if ((size_t)n > old->length - at ||
            memcmp(bytes, old->data + at, (size_t)n) != 0)
            return -ESTALE;
        at += (size_t)n;
    }
}

// The same of the file at [path]. Nothing is allocated: dying for want of
// memory would leave the temporary file.
static int compare(const char *path, const struct lab_text *old) {
    int fd = lab_read_open(AT_FDCWD, path, 0);
    if (fd < 0)
        return fd == -ENOENT ? -ESTALE : fd;
    int rc = compare_rest(fd, old);
    close(fd);
    return rc;
}

// Is this the same file, and nobody has written to it?
static bool is_same(const struct stat *a, const struct stat *b) {
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino &&
           a->st_size == b->st_size && a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
           a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

static int exchange(const struct lab_save *save) {
    return renameat2(AT_FDCWD, save->temp, AT_FDCWD, save->target,
                     RENAME_EXCHANGE) < 0
               ? -errno
               : 0;
}

// What came out in exchange for ours was not the old file, so it goes back. If
// what comes out then is not what was put in before, somebody has saved again,
// and that goes back in turn.
static int put_back(const struct lab_save *save) {
    struct stat before, in, out;
    int rc = fstat(save->fd, &before) < 0 ? -errno : 0;
    for (; rc == 0; before = in) {
        if (stat(save->temp, &in) < 0)
            return -errno;
        rc = exchange(save);
        if (rc == -ENOENT) // removed, and so replaced by nothing
            return move(save);
        if (rc < 0 || stat(save->temp, &out) < 0 || is_same(&out, &before))
            break;
    }
    return rc;
}

// Puts the new file in the place of one that holds [old].
static int swap(struct lab_save *save, const struct lab_text *old) {
    LAB_TRY(compare(save->target, old));
    int rc = exchange(save);
    if (rc == -EINVAL || rc == -ENOSYS) // not on every kind of disk
        return move(save);
    if (rc < 0)
        return rc == -ENOENT ? -ESTALE : rc;
    rc = compare(save->temp, old);
    if (rc == 0 && unlink(save->temp) == 0)
        return 0;
    if (rc == 0)
        rc = -errno;
    int back = put_back(save);
    if (back < 0) { // what is there may be the only copy
        lab_free(save->temp);
        save->temp = NULL;
    }
    return back < 0 ? back : rc;
}

int lab_save_replace(struct lab_save *save, const struct lab_text *old) {
    int rc = finish(save);
    if (rc == 0 && save->temp) {
        // It comes out under a name that others sweep, unless it is locked.
        int held = lab_read_open(AT_FDCWD, save->target, 0);
        if (held >= 0)
            flock(held, LOCK_EX | LOCK_NB);
        delist(save); // its name may be that of somebody's edit for a moment
        rc = swap(save, old);
        if (held >= 0)
            close(held);
    }
    return end(save, rc);
}

void lab_save_drop(struct lab_save *save) {
    if (save->temp)
        unlink(save->temp);
    fclose(save->file);
    close(save->fd);
    forget(save);
}

void lab_save_folder(const char *path) {
    char *folder = lab_strdup(path);
    for (char *p = folder + 1; *folder && *p; p++) {
        if (*p != '/')
            continue;
        *p = '\0';
        mkdir(folder, 0700);
        *p = '/';
    }
    lab_free(folder);
}
