#include "shell/output.h"

#include "base/alloc.h"
#include "base/list.h"
#include "base/text.h"
#include "core/loop.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

struct lab_output {
    FILE *file;
    int fd;
    bool stalled, gone;
    struct lab_text queue; // what is still to write begins at [sent]
    size_t sent;
    struct lab_timer retry;
    lab_time pause; // until the next try
    void (*drained)(void *arg);
    void *arg;
};

// Writes until the terminal takes no more; says whether all is written.
static bool pump(lab_output *output) {
    while (output->sent < output->queue.length && !output->gone) {
        ssize_t n = write(output->fd, output->queue.data + output->sent,
                          output->queue.length - output->sent);
        if (n >= 0) {
            output->sent += (size_t)n;
            output->pause = LAB_MS;
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            return false;
        } else if (errno != EINTR) {
            output->gone = true;
        }
    }
    lab_text_clear(&output->queue);
    output->sent = 0;
    return true;
}

// We try again instead of waiting to be told. Only a task can wait, and the
// caller may be none.
static void on_retry(struct lab_timer *timer) {
    enum { LONGEST_MS = 50 };
    lab_output *output = lab_list_item(timer, lab_output, retry);
    if (!pump(output)) {
        lab_timer_start(timer, output->pause, on_retry);
        if (output->pause < LONGEST_MS * LAB_MS)
            output->pause *= 2;
        return;
    }
    output->stalled = false;
    output->drained(output->arg);
}

// A terminal that is always a little behind must not make the queue grow.
static void forget_sent(lab_output *output) {
    struct lab_text *queue = &output->queue;
    if (output->sent < 64 * 1024 || output->sent < queue->length / 2)
        return;
    queue->length -= output->sent;
    memmove(queue->data, queue->data + output->sent, queue->length + 1);
    output->sent = 0;
}

static ssize_t accept_bytes(void *cookie, const char *bytes, size_t n) {
    lab_output *output = cookie;
    if (output->gone)
        return (ssize_t)n;
    forget_sent(output);
    lab_text_write(&output->queue, bytes, n);
    if (!output->stalled && !pump(output)) {
        output->stalled = true;
        lab_timer_start(&output->retry, output->pause, on_retry);
    }
    return (ssize_t)n;
}

int lab_output_open(lab_output **out, int fd, void (*drained)(void *arg),
                    void *arg) {
    int flags = O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
    int ours = lab_fd_reopen(fd, flags);
    if (ours < 0) // another user's terminal, say: its second name is free
        ours = open("/dev/tty", flags);
    if (ours < 0)
        return -errno;
    lab_output *output = lab_alloc(sizeof *output);
    output->fd = ours;
    output->pause = LAB_MS;
    output->drained = drained;
    output->arg = arg;
    output->file = fopencookie(output, "w",
                               (cookie_io_functions_t){.write = accept_bytes});
    if (!output->file) {
        close(ours);
        lab_free(output);
        return -ENOMEM;
    }
    // A frame (erase, text, redraw) goes out in one write: no flicker.
    setvbuf(output->file, NULL, _IOFBF, 64 * 1024);
    *out = output;
    return 0;
}

FILE *lab_output_file(lab_output *output) {
    return output->file;
}

int lab_output_fd(const lab_output *output) {
    return output->fd;
}

size_t lab_output_waiting(const lab_output *output) {
    return output->queue.length - output->sent;
}

void lab_output_close(lab_output *output) {
    enum { TRIES = 10, TRY_MS = 50 };
    struct pollfd ready = {.fd = output->fd, .events = POLLOUT};
    fflush(output->file);
    for (int i = 0; i < TRIES && !pump(output); i++)
        poll(&ready, 1, TRY_MS);
    lab_timer_stop(&output->retry);
    fclose(output->file);
    lab_text_free(&output->queue);
    close(output->fd);
    lab_free(output);
}
