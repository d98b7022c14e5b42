// stream_real.c - connections through the system's sockets.
//
// Every call is tried at once, by the task itself and straight into its buffer.
// Only if it would block is the socket watched, and only until the task is
// woken. Bytes that no task asked for stay in the kernel, so a cancelled wait
// has nothing to give back, but for what was read early. (uv_read_start would
// read first and ask later, and a uv_write cannot be taken back.)

#include "base/alloc.h"
#include "core/park_internal.h"
#include "core/real_internal.h"
#include "core/transport_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uv.h>

struct socket {
    uv_poll_t poll;
    int fd;
    lab_stream *stream; // NULL when closed
    char *path;         // of a listener, removed with it; or NULL
    bool is_pipe;       // or a terminal: no socket, that is
    bool drained;       // the last read has taken all there was
    int watched;        // the events that epoll knows of
};

// --- a socket's life

static void watch(struct socket *socket, int events);
static int real_read(lab_stream *stream, void *buffer, size_t size);

static int wanted(const lab_stream *stream) {
    bool writes = stream->waiters[SIDE_WRITE] || lab_stream_is_stuck(stream);
    return (stream->waiters[SIDE_READ] ? UV_READABLE : 0) |
           (writes ? UV_WRITABLE : 0);
}

// Reads for the task that waits, if it said where to.
static void read_for(lab_stream *stream) {
    struct wanted *wanted = &stream->wanted;
    if (!wanted->buffer)
        return;
    wanted->result = real_read(stream, wanted->buffer, wanted->size);
    wanted->buffer = NULL;
}

// A socket that no task waits for any more is watched until its event comes:
// most tasks wait for it again before that, which saves two system calls.
static void on_event(uv_poll_t *poll, int status, int events) {
    struct socket *socket = lab_list_item(poll, struct socket, poll);
    lab_stream *stream = socket->stream;
    if (status < 0)
        socket->watched = 0; // libuv has stopped: the next wait begins anew
    if (events & UV_WRITABLE)
        lab_stream_try_late(stream);
    if (events & ~wanted(stream))
        watch(socket, wanted(stream));
    // An error is left in the socket, for the next call to find.
    if (status >= 0 && events & UV_READABLE)
        read_for(stream);
    if (status < 0 || events & UV_READABLE)
        lab_stream_wake(stream, SIDE_READ);
    if (status < 0 || events & UV_WRITABLE)
        lab_stream_wake(stream, SIDE_WRITE);
}

static void watch(struct socket *socket, int events) {
    socket->watched = events;
    if (events)
        uv_poll_start(&socket->poll, events, on_event);
    else
        uv_poll_stop(&socket->poll);
}

static void real_watch(lab_stream *stream) {
    struct socket *socket = stream->socket;
    int events = wanted(stream);
    if (events & ~socket->watched)
        watch(socket, events | socket->watched);
}

// Makes [fd] the socket of [stream], which takes it, even if this fails.
static int adopt(lab_stream *stream, int fd) {
    struct socket *socket = lab_alloc(sizeof *socket);
    uv_loop_t *uv = lab_real_uv(lab_real_of(stream->loop));
    int rc = uv_poll_init(uv, &socket->poll, fd);
    if (rc < 0) {
        lab_free(socket);
        close(fd);
        return rc;
    }
    socket->fd = fd;
    socket->stream = stream;
    stream->socket = socket;
    return 0;
}

static void on_closed(uv_handle_t *handle) {
    struct socket *socket = lab_list_item(handle, struct socket, poll);
    lab_free(socket->path);
    lab_free(socket);
}

static void real_close(lab_stream *stream) {
    struct socket *socket = stream->socket;
    if (!socket)
        return; // it never had one
    stream->socket = NULL;
    socket->stream = NULL;
    if (socket->path)
        unlink(socket->path);
    uv_close((uv_handle_t *)&socket->poll, on_closed);
    close(socket->fd);
}

static int make_socket(lab_stream *stream, const struct address *address) {
    int family = address->socket.any.sa_family;
    int fd = socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    return fd < 0 ? -errno : adopt(stream, fd);
}

// Small writes are sent at once too.
static void hurry(int fd, int port) {
    int on = 1;
    if (port)
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

// --- listening

// Is there a socket at [path] that no program listens at any more?
static bool is_stale(const struct address *address) {
    struct stat status;
    if (lstat(address->socket.path.sun_path, &status) < 0 ||
        !S_ISSOCK(status.st_mode))
        return false;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return false;
    bool refused = connect(fd, &address->socket.any, address->size) < 0 &&
                   errno == ECONNREFUSED;
    close(fd);
    return refused;
}

static int bind_to(int fd, const struct address *address) {
    int on = 1;
    if (address->kind == ADDRESS_TCP)
        setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    int rc = bind(fd, &address->socket.any, address->size);
    if (rc < 0 && errno == EADDRINUSE && address->kind == ADDRESS_UNIX) {
        if (!is_stale(address))
            return LAB_EADDRINUSE;
        unlink(address->socket.path.sun_path);
        rc = bind(fd, &address->socket.any, address->size);
    }
    return rc < 0 ? -errno : 0;
}

static int real_listen(lab_stream *stream, const struct address *asked) {
    struct address address = *asked;
    LAB_TRY(make_socket(stream, &address));
    struct socket *socket = stream->socket;
    LAB_TRY(bind_to(socket->fd, &address));
    if (address.kind == ADDRESS_UNIX)
        socket->path = lab_strdup(address.socket.path.sun_path);
    if (listen(socket->fd, BACKLOG) < 0 ||
        getsockname(socket->fd, &address.socket.any, &address.size) < 0)
        return -errno;
    stream->port = lab_address_port(&address);
    return 0;
}

// Errors of one connection, which is gone: accept(2) has them treated like
// EAGAIN. EPERM is a firewall's.
static bool is_of_connection(int error) {
    static const int errors[] = {ENETDOWN,   EPROTO,      ENOPROTOOPT,
                                 EHOSTDOWN,  ENONET,      EHOSTUNREACH,
                                 EOPNOTSUPP, ENETUNREACH, EPERM};
    for (size_t i = 0; i < countof(errors); i++)
        if (error == errors[i])
            return true;
    return false;
}

static int real_accept(lab_stream *listener, lab_stream **out) {
    int fd;
    do
        fd = accept4(listener->socket->fd, NULL, NULL,
                     SOCK_NONBLOCK | SOCK_CLOEXEC);
    while (fd < 0 && (errno == EINTR || errno == ECONNABORTED));
    if (fd < 0)
        return errno == EAGAIN || is_of_connection(errno) ? LAB_EAGAIN : -errno;
    *out = lab_stream_new(listener->run, &lab_sockets);
    (*out)->port = listener->port;
    hurry(fd, listener->port);
    int rc = adopt(*out, fd);
    if (rc < 0) {
        lab_stream_drop(*out);
        *out = NULL;
    }
    return rc;
}

// --- connecting

// The kernel cannot wait for a unix listener with a full backlog: try again.
static int nap(lab_stream *stream, lab_time deadline) {
    lab_time soon = lab_loop_time(stream->loop) + LAB_MS;
    if (soon < deadline)
        return lab_task_wait(LAB_ON_CONNECT, stream->number, soon, 0);
    return lab_task_wait(LAB_ON_CONNECT, stream->number, deadline,
                         LAB_ETIMEDOUT);
}

// The result of a connect that was begun.
static int outcome(int fd) {
    int error = 0;
    socklen_t size = sizeof error;
    if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) < 0)
        return -errno;
    return -error;
}

static int begin(lab_stream *stream, const struct address *address,
                 lab_time deadline) {
    int fd = stream->socket->fd;
    for (;;) {
        if (connect(fd, &address->socket.any, address->size) == 0)
            return 0;
        if (errno == EINPROGRESS || errno == EINTR)
            break; // an interrupted connect continues by itself
        if (errno != EAGAIN)
            return -errno;
        LAB_TRY(nap(stream, deadline));
    }
    LAB_TRY(lab_stream_wait(stream, SIDE_WRITE, LAB_ON_CONNECT, deadline));
    return outcome(fd);
}

static int real_connect(lab_stream *stream, const struct address *address,
                        lab_time deadline) {
    LAB_TRY(make_socket(stream, address));
    int rc = begin(stream, address, deadline);
    hurry(stream->socket->fd, stream->port);
    // No file or a stale one: either way, nobody listens.
    if (rc == LAB_ENOENT && address->kind == ADDRESS_UNIX)
        return LAB_ECONNREFUSED;
    return rc;
}

// A pipe's end is for reading or for writing.
static void look_which_way(lab_stream *stream, int fd) {
    int mode = fcntl(fd, F_GETFL) & O_ACCMODE;
    stream->shut[SIDE_READ] |= mode == O_WRONLY;
    stream->shut[SIDE_WRITE] |= mode == O_RDONLY;
}

int lab_socket_adopt(lab_stream *stream, int fd) {
    struct stat about;
    if (fstat(fd, &about) < 0)
        return -errno; // there is nothing to close
    int rc = adopt(stream, fd);
    if (rc < 0)
        return rc == LAB_EPERM ? LAB_EINVAL : rc; // epoll's word for a file
    stream->socket->is_pipe = !S_ISSOCK(about.st_mode);
    if (stream->socket->is_pipe)
        signal(SIGPIPE, SIG_IGN); // sockets are told with each send
    look_which_way(stream, fd);
    return 0;
}

static int real_pipe(lab_stream *from, lab_stream *into) {
    int fds[2];
    if (pipe2(fds, O_NONBLOCK | O_CLOEXEC) < 0)
        return -errno;
    int rc = lab_socket_adopt(from, fds[0]);
    int other = lab_socket_adopt(into, fds[1]);
    return rc < 0 ? rc : other;
}

static int real_pair(lab_stream *one, lab_stream *two) {
    int fds[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0,
                   fds) < 0)
        return -errno;
    int rc = adopt(one, fds[0]);
    int other = adopt(two, fds[1]);
    return rc < 0 ? rc : other;
}

// --- bytes

static int result(ssize_t n) {
    if (n >= 0)
        return (int)n;
    return errno == EAGAIN ? LAB_EAGAIN : -errno;
}

// A read that got less than it asked for has taken all there was. The next
// waits before it tries: a failed attempt costs as much as a message.
static int real_read(lab_stream *stream, void *buffer, size_t size) {
    struct socket *socket = stream->socket;
    ssize_t n;
    if (socket->drained) {
        socket->drained = false;
        return LAB_EAGAIN;
    }
    do
        n = socket->is_pipe ? read(socket->fd, buffer, size)
                            : recv(socket->fd, buffer, size, 0);
    while (n < 0 && errno == EINTR);
    socket->drained = n > 0 && (size_t)n < size;
    return result(n);
}

static int real_write(lab_stream *stream, const void *data, size_t size) {
    const struct socket *socket = stream->socket;
    ssize_t n;
    do
        n = socket->is_pipe ? write(socket->fd, data, size)
                            : send(socket->fd, data, size, MSG_NOSIGNAL);
    while (n < 0 && errno == EINTR);
    return result(n);
}

static void real_end(lab_stream *stream) {
    if (stream->socket->is_pipe)
        lab_stream_shut(stream); // it has only one direction
    else
        shutdown(stream->socket->fd, SHUT_WR);
}

const struct transport lab_sockets = {
    .listen = real_listen,
    .connect = real_connect,
    .pair = real_pair,
    .pipe = real_pipe,
    .accept = real_accept,
    .read = real_read,
    .write = real_write,
    .end = real_end,
    .close = real_close,
    .watch = real_watch,
    .is_outside = true,
};
