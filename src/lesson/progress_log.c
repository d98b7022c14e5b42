// The file of lab_progress_append and lab_progress_read.

#include "base/read.h"
#include "base/save.h"
#include "base/write.h"
#include "lesson/progress.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define HEADER                                                                 \
    "# looplab progress 1: a line for each thing done; lines may be deleted, " \
    "merged and sorted\n"

enum { MOST = 64 * 1024 * 1024 };

// A pipe in its place must not hold us, so it is opened without waiting.
static int open_log(const char *path) {
    struct stat is;
    lab_save_folder(path);
    int fd = open(
        path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK,
        0600);
    if (fd < 0)
        return -errno;
    if (fstat(fd, &is) == 0 && S_ISREG(is.st_mode))
        return fd;
    close(fd);
    return LAB_ENOTFILE;
}

// What is added has to begin on a line of its own. Another session may be
// writing: if both begin the file, the header is there twice, and if half of
// its line is seen, "torn" gets a line of its own. Both are skipped.
static int put_before(struct lab_text *out, int fd) {
    char last = '\n';
    off_t size = lseek(fd, 0, SEEK_END);
    if (size < 0 || (size > 0 && pread(fd, &last, 1, size - 1) < 0))
        return -errno;
    if (size == 0)
        lab_text_put(out, HEADER);
    else if (last != '\n')
        lab_text_put(out, " torn\n");
    return 0;
}

// Microseconds keep the lines of one session in order, even when it answers by
// itself: opening the file takes longer.
static void put_time(struct lab_text *out) {
    struct timespec now;
    struct tm parts;
    char date[32];
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &parts);
    strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%S", &parts);
    lab_text_printf(out, "%s.%06ldZ ", date, now.tv_nsec / 1000);
}

int lab_progress_append(const char *path, const char *words) {
    struct lab_text line = {0};
    int fd = open_log(path);
    if (fd < 0)
        return fd;
    int rc = put_before(&line, fd);
    put_time(&line);
    lab_text_mask(&line, words, strlen(words), false);
    lab_text_put(&line, "\n");
    if (rc == 0)
        rc = lab_write_whole(fd, line.data, line.length);
    // Some file systems say only now that there is no room.
    if (close(fd) < 0 && rc == 0)
        rc = -errno;
    lab_text_free(&line);
    return rc;
}

int lab_progress_read(struct lab_progress_all *all, const char *path) {
    struct lab_text text = {0};
    int rc = lab_read_file(path, MOST, &text);
    if (rc < 0)
        lab_text_clear(&text);
    lab_progress_fold(all, lab_text_string(&text), text.length);
    lab_text_free(&text);
    return rc == LAB_ENOENT || rc == -ENOTDIR ? 0 : rc < 0 ? rc : 0;
}
