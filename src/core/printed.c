// printed.c - a demo prints in two ways, and both lead to take():
//
//     printf, puts, perror --> stdout and stderr, streams of ours --> take()
//     write(1, ...) ---------> write() below, which is found -------> take()
//                              before libc's
//
// A task or worker keeps what it has printed of a line until the line ends.
// looplab itself prints by lab_write_whole, which goes neither way.

#include "core/printed.h"

#include "base/alloc.h"
#include "base/write.h"
#include "core/here.h"
#include "core/pool_internal.h"
#include "core/printed_internal.h"
#include "core/sanitizer.h"
#include "core/say_internal.h"
#include "core/task_internal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct printed {
    char line[4096]; // a longer one is said in parts
    size_t length;   // of what it has so far
    size_t unseen;   // of the line before, which is still there, if nobody has
                     // seen it yet
};

static FILE *streams[2];  // of ours, for standard output and error
static FILE *standard[2]; // libc's, which they replace

// --- lines

static struct printed **printed_of_caller(void) {
    struct worker *worker = lab_worker_self();
    return worker ? &worker->printed : &lab_task_caller()->printed;
}

// The run that the caller prints in; NULL if its output is not captured.
static struct run *capturing_run(void) {
    struct run *run = lab_run_current();
    return streams[0] && run && run->options->captures_output ? run : NULL;
}

// The line of source that is known is of the last lab call, not of this one.
static void say(const struct run *run, struct printed *printed) {
    struct lab_site here = lab_here;
    struct lab_text line = {0};
    lab_text_mask(&line, printed->line, printed->length, false);
    lab_here_set(NULL, 0);
    lab_note(LAB_EVENT_SAY, LAB_ON_NOTHING, 0, lab_text_string(&line));
    lab_here_set(here.file, here.line);
    lab_text_free(&line);
    bool seen = run->options->on_say && !lab_worker_current;
    printed->unseen = seen ? 0 : printed->length;
    printed->length = 0;
}

// How many of [n] bytes fit into [room] with no character cut in two.
static size_t fitting(const char *bytes, size_t n, size_t room) {
    enum { CHARACTER_MOST = 4 };
    size_t part = room;
    if (n <= room)
        return n;
    while (part > 0 && room - part < CHARACTER_MOST &&
           (bytes[part] & 0xc0) == 0x80)
        part--;
    return part;
}

// Takes [n] bytes that the caller prints. False if they are not captured.
static bool take(const char *bytes, size_t n) {
    struct run *run = capturing_run();
    if (!run)
        return false;
    struct printed **at = printed_of_caller(), *printed = *at;
    if (!printed)
        *at = printed = lab_alloc(sizeof *printed);
    while (n > 0) {
        const char *newline = memchr(bytes, '\n', n);
        size_t rest = newline ? (size_t)(newline - bytes) : n;
        size_t part =
            fitting(bytes, rest, sizeof printed->line - printed->length);
        memcpy(printed->line + printed->length, bytes, part);
        printed->length += part;
        if (newline || part < rest)
            say(run, printed);
        part += newline && part == rest;
        bytes += part;
        n -= part;
    }
    return true;
}

void lab_printed_end(void) {
    struct run *run = capturing_run();
    if (!run)
        return;
    // A demo may have given a stream a buffer, which is written out here and
    // may not outlive the demo.
    for (int i = 0; i < 2; i++)
        if (streams[i])
            setvbuf(streams[i], NULL, _IONBF, 0);
    struct printed **at = printed_of_caller(), *printed = *at;
    if (printed && printed->length > 0)
        say(run, printed);
    *at = NULL;
    lab_free(printed);
}

void lab_printed_put_unseen(struct lab_text *out) {
    const struct worker *worker = lab_worker_self();
    const lab_task *task = lab_task_caller();
    const struct printed *printed = worker ? worker->printed
                                    : task ? task->printed
                                           : NULL;
    if (!printed)
        return;
    size_t n = printed->length ? printed->length : printed->unseen;
    if (n == 0)
        return;
    lab_text_put(out, ", having printed \"");
    lab_text_mask(out, printed->line, n < 200 ? n : 200, false);
    lab_text_put(out, "\"");
}

// --- the two ways

static void open_stream(int i);

static FILE **place_of(void *cookie) {
    return cookie == &streams[0] ? &stdout : &stderr;
}

static ssize_t on_write(void *cookie, const char *bytes, size_t n) {
    int fd = cookie == &streams[0] ? STDOUT_FILENO : STDERR_FILENO;
    if (take(bytes, n))
        return (ssize_t)n;
    int rc = lab_write_whole(fd, bytes, n);
    if (rc < 0)
        errno = -rc;
    return rc < 0 ? 0 : (ssize_t)n;
}

// A demo that closes a stream gets another, since later demos print, too.
static int on_close(void *cookie) {
    if (streams[cookie == &streams[1]])
        open_stream(cookie == &streams[1]);
    return 0;
}

// Unbuffered, as what is printed belongs to the task or worker that runs now.
static void open_stream(int i) {
    streams[i] = fopencookie(
        &streams[i], "w",
        (cookie_io_functions_t){.write = on_write, .close = on_close});
    if (!streams[i])
        return; // what is printed comes when it comes
    setvbuf(streams[i], NULL, _IONBF, 0);
    *place_of(&streams[i]) = streams[i];
}

void lab_printed_init(void) {
    standard[0] = stdout;
    standard[1] = stderr;
    open_stream(0);
    open_stream(1);
}

void lab_printed_term(void) {
    for (int i = 0; i < 2; i++) {
        FILE *ours = streams[i];
        streams[i] = NULL;
        *place_of(&streams[i]) = standard[i];
        if (ours)
            fclose(ours);
    }
}

// TSan's own write() tells it which thread wrote what another reads.
#ifdef LAB_TSAN
ssize_t __interceptor_write(int fd, const void *bytes, size_t n);
#define write_on __interceptor_write
#else
#define write_on lab_write_some
#endif

// Comes before libc's in all code but libc's own.
ssize_t write(int fd, const void *bytes, size_t n) {
    if ((fd == STDOUT_FILENO || fd == STDERR_FILENO) && take(bytes, n))
        return (ssize_t)n;
    return write_on(fd, bytes, n);
}
