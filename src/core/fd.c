// fd.c - one poll for each descriptor, and a waiter for each direction.
//
// A descriptor is watched only while a task waits for it: what arrives
// meanwhile stays in the kernel. An lab_fd is freed when libuv has let go of
// it and the last task that waited for it has returned.

#include "core/fd_internal.h"

#include "base/alloc.h"
#include "base/die.h"
#include "base/list.h"
#include "core/loop.h"
#include "core/park_internal.h"
#include "core/real_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <uv.h>

enum { READ, WRITE, SIDES };
static const int event_of[SIDES] = {LAB_READABLE, LAB_WRITABLE};

struct lab_fd {
    uv_poll_t poll;
    struct lab_list node;     // in those of its run, until it is closed
    lab_task *waiters[SIDES]; // one task may be both; NULL once it is woken
    lab_loop *loop;
    unsigned users; // libuv, and the waits that have not returned
    bool interrupted, closed;
};

int lab_fd_open(lab_fd **out, int fd) {
    lab_task *self = lab_self();
    *out = NULL;
    if (!self || self->run->is_virtual)
        return self ? LAB_EOUTSIDE : LAB_EPERM;
    lab_fd *made = lab_alloc(sizeof *made);
    made->loop = lab_loop_current;
    made->users = 1;
    int rc =
        uv_poll_init(lab_real_uv(lab_real_of(made->loop)), &made->poll, fd);
    if (rc < 0) {
        lab_free(made);
        return rc == UV_EPERM ? LAB_EINVAL : rc; // epoll's word for a file
    }
    lab_list_push(&self->run->fds, &made->node);
    *out = made;
    return 0;
}

int lab_fd_reopen(int fd, int flags) {
    char path[32];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    int own = open(path, flags | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
    return own < 0 ? -errno : own;
}

static void release(lab_fd *self) {
    if (--self->users == 0)
        lab_free(self);
}

// --- waiting

// [task] waits no more. Returns what it has waited for.
static int leave(lab_fd *self, const lab_task *task) {
    int events = 0;
    for (int side = 0; side < SIDES; side++)
        if (self->waiters[side] == task) {
            self->waiters[side] = NULL;
            events |= event_of[side];
        }
    return events;
}

static void wake_all(lab_fd *self, int result) {
    for (int side = 0; side < SIDES; side++) {
        lab_task *task = self->waiters[side];
        if (task && leave(self, task))
            lab_task_wake(task, result);
    }
}

static void on_event(uv_poll_t *poll, int status, int events);

static int watch(lab_fd *self) {
    int events = (self->waiters[READ] ? UV_READABLE | UV_DISCONNECT : 0) |
                 (self->waiters[WRITE] ? UV_WRITABLE : 0);
    return events ? uv_poll_start(&self->poll, events, on_event)
                  : uv_poll_stop(&self->poll);
}

// An error is left in the descriptor, for the next call to find.
static void on_event(uv_poll_t *poll, int status, int events) {
    lab_fd *self = lab_list_item(poll, lab_fd, poll);
    if (status < 0) {
        wake_all(self, LAB_EOF);
        return;
    }
    for (int side = 0; side < SIDES; side++) {
        lab_task *task = self->waiters[side];
        bool hung_up = side == READ && events & UV_DISCONNECT;
        if (!task || !(events & event_of[side] || hung_up))
            continue;
        int result = events & leave(self, task);
        lab_task_wake(task, result ? result : LAB_EOF);
    }
    watch(self);
}

// Takes the sides that [events] ask for.
static int enter(lab_fd *self, int events) {
    if (events <= 0 || events & ~(LAB_READABLE | LAB_WRITABLE))
        return LAB_EINVAL;
    for (int side = 0; side < SIDES; side++)
        if (events & event_of[side] && self->waiters[side])
            return LAB_EBUSY;
    for (int side = 0; side < SIDES; side++)
        if (events & event_of[side])
            self->waiters[side] = lab_self();
    return 0;
}

static int park(lab_fd *self, lab_task *task, lab_time deadline) {
    self->loop->outside++;
    task->where = LAB_WHERE_OUTSIDE;
    int rc = lab_task_wait(LAB_ON_IO, 0, deadline, LAB_ETIMEDOUT);
    task->where = LAB_WHERE_UNSAID;
    self->loop->outside--;
    self->interrupted = false;
    return rc;
}

int lab_fd_wait(lab_fd *self, int events, lab_time timeout) {
    lab_task *task = lab_self();
    LAB_TRY(lab_task_check());
    if (self->interrupted) {
        self->interrupted = false;
        return LAB_EINTR;
    }
    LAB_TRY(enter(self, events));
    self->users++;
    int rc = watch(self);
    if (rc == 0)
        rc = park(self, task, lab_task_deadline(timeout));
    if (leave(self, task) && !self->closed)
        watch(self);
    if (self->closed && rc >= 0)
        rc = LAB_EBADF;
    release(self);
    return rc;
}

void lab_fd_interrupt(lab_fd *self) {
    self->interrupted = true;
    wake_all(self, LAB_EINTR);
    if (!self->closed)
        watch(self);
}

// --- closing

static void on_closed(uv_handle_t *handle) {
    release(lab_list_item(handle, lab_fd, poll));
}

static void shut(lab_fd *self) {
    self->closed = true;
    lab_list_remove(&self->node);
    wake_all(self, LAB_EBADF);
    uv_close((uv_handle_t *)&self->poll, on_closed);
}

void lab_fd_close(lab_fd *self) {
    lab_loop_check();
    if (self)
        shut(self);
}

void lab_fd_close_all(struct run *run) {
    lab_list_each(node, &run->fds)
        shut(lab_list_item(node, lab_fd, node));
}
