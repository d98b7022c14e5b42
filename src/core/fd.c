#include "base/alloc.h"
#include "base/die.h"
#include "core/park_internal.h"
#include "core/real_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <uv.h>

struct lab_fd {
    uv_poll_t poll;
    lab_task *task; // who waits, or NULL
    lab_loop *loop;
    bool interrupted;
};

int lab_fd_open(lab_fd **out, int fd) {
    lab_fd *self = lab_alloc(sizeof *self);
    self->loop = lab_loop_current;
    int rc =
        uv_poll_init(lab_real_uv(lab_real_of(self->loop)), &self->poll, fd);
    if (rc < 0) {
        lab_free(self);
        return rc == UV_EPERM ? LAB_EINVAL : rc;
    }
    *out = self;
    return 0;
}

int lab_fd_reopen(int fd, int flags) {
    char path[32];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    int own = open(path, flags | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
    return own < 0 ? -errno : own;
}

// The descriptor is not watched while nobody waits: what arrives meanwhile
// stays in the kernel.
static void on_event(uv_poll_t *poll, int status, int events) {
    lab_fd *self = lab_list_item(poll, lab_fd, poll);
    int result = events & (UV_READABLE | UV_WRITABLE);
    uv_poll_stop(poll);
    if (self->task)
        lab_task_wake(self->task, status < 0 || !result ? LAB_EOF : result);
}

int lab_fd_wait(lab_fd *self, int events, lab_time timeout) {
    lab_assert(!self->task);
    if (self->interrupted) {
        self->interrupted = false;
        return LAB_EINTR;
    }
    int rc = uv_poll_start(&self->poll, events | UV_DISCONNECT, on_event);
    if (rc < 0)
        return rc;
    lab_time deadline = timeout == LAB_FOREVER
                            ? LAB_FOREVER
                            : lab_loop_time(self->loop) + timeout;
    self->task = lab_self();
    self->loop->outside++;
    if (self->task)
        self->task->where = LAB_WHERE_OUTSIDE;
    rc = lab_task_wait(LAB_ON_IO, 0, deadline, LAB_ETIMEDOUT);
    if (self->task)
        self->task->where = LAB_WHERE_UNSAID;
    self->loop->outside--;
    self->task = NULL;
    self->interrupted = false;
    uv_poll_stop(&self->poll);
    return rc;
}

void lab_fd_interrupt(lab_fd *self) {
    self->interrupted = true;
    if (self->task)
        lab_task_wake(self->task, LAB_EINTR);
}

static void on_closed(uv_handle_t *handle) {
    lab_free(lab_list_item(handle, lab_fd, poll));
}

void lab_fd_close(lab_fd *self) {
    lab_assert(!self->task);
    uv_close((uv_handle_t *)&self->poll, on_closed);
}
