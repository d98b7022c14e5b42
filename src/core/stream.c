#include "core/stream.h"

#include "base/alloc.h"
#include "base/die.h"
#include "core/park_internal.h"
#include "core/room.h"
#include "core/transport_internal.h"

#include <limits.h>
#include <string.h>
#include <unistd.h>

// --- life

lab_stream *lab_stream_new(struct run *run, const struct transport *transport) {
    lab_stream *stream = lab_alloc(sizeof *stream);
    stream->run = run;
    stream->loop = lab_loop_current;
    stream->transport = transport;
    stream->number = ++run->streams.numbered;
    lab_list_push(&run->streams.all, &stream->node);
    return stream;
}

void lab_stream_shut(lab_stream *stream) {
    const struct transport *transport = stream->transport;
    if (!transport)
        return;
    lab_stream_try_late(stream);
    lab_bytes_free(&stream->late);
    stream->transport = NULL;
    lab_bytes_free(&stream->ahead);
    if (!stream->room_used)
        lab_room_free(stream);
    transport->close(stream);
    for (int side = 0; side < SIDES; side++)
        if (stream->waiters[side])
            lab_task_wake(stream->waiters[side], LAB_EBADF);
}

static void stream_free(lab_stream *stream) {
    lab_room_free(stream);
    lab_list_remove(&stream->node);
    lab_free(stream);
}

void lab_stream_drop(lab_stream *stream) {
    lab_stream_shut(stream);
    stream_free(stream);
}

void lab_stream_init_all(struct run *run) {
    lab_list_init(&run->streams.all);
    lab_list_init(&run->streams.doors);
}

// Twice over the list, because closing one may close others.
void lab_stream_free_all(struct run *run) {
    lab_list_each(node, &run->streams.all)
        lab_stream_shut(lab_list_item(node, lab_stream, node));
    lab_list_each(node, &run->streams.all)
        stream_free(lab_list_item(node, lab_stream, node));
}

void lab_close(lab_stream *stream) {
    lab_loop_check();
    if (stream)
        lab_stream_shut(stream);
}

// --- waiting

int lab_stream_wait(lab_stream *stream, enum side side, enum lab_event_on on,
                    lab_time deadline) {
    const struct transport *transport = stream->transport;
    stream->unwaited = 0;
    stream->waiters[side] = lab_task_self();
    if (transport->watch)
        transport->watch(stream);
    stream->loop->outside += transport->is_outside;
    lab_task *task = stream->waiters[side];
    if (task)
        task->where =
            transport->is_outside ? LAB_WHERE_OUTSIDE : LAB_WHERE_INSIDE;
    int rc = lab_task_wait(on, stream->number, deadline, LAB_ETIMEDOUT);
    if (task)
        task->where = LAB_WHERE_UNSAID;
    stream->loop->outside -= transport->is_outside;
    stream->waiters[side] = NULL;
    if (!stream->transport)
        return rc < 0 ? rc : LAB_EBADF; // closed since we were woken
    return rc;
}

void lab_stream_wake(lab_stream *stream, enum side side) {
    if (stream->waiters[side])
        lab_task_wake(stream->waiters[side], 0);
}

// A task whose reads always succeed would never wait, and others would never
// run. Inside the run a stream is soon full or empty; the outside need not be.
static bool is_breathless(lab_stream *stream) {
    enum { LONG_BREATH = 16 };
    return stream->transport->is_outside && ++stream->unwaited >= LONG_BREATH;
}

static int usable(const lab_stream *stream, enum side side, bool listens) {
    if (!stream->transport)
        return LAB_EBADF;
    if (stream->listens != listens || stream->shut[side])
        return LAB_EINVAL;
    return stream->waiters[side] ? LAB_EBUSY : 0;
}

// May the running task use [side] of [stream]? Once cancelled it may not,
// even where it need not wait.
static int begin(lab_stream *stream, enum side side, bool listens) {
    LAB_TRY(lab_task_check());
    LAB_TRY(usable(stream, side, listens));
    if (!is_breathless(stream))
        return 0;
    stream->unwaited = 0;
    LAB_TRY(lab_yield());
    return usable(stream, side, listens); // others ran meanwhile
}

// --- making connections

// Which transport reaches [address], or an error.
static int choose(const struct transport **out, const struct address *address) {
    bool is_virtual = lab_self()->run->is_virtual;
    *out = is_virtual || address->kind == ADDRESS_MEMORY ? &lab_memory
                                                         : &lab_sockets;
    return is_virtual && !lab_address_is_local(address) ? LAB_EOUTSIDE : 0;
}

static int prepare(lab_stream **out, struct address *address,
                   const char *text) {
    const struct transport *transport;
    lab_task *self = lab_self();
    *out = NULL;
    if (!self)
        return LAB_EPERM;
    if (!lab_address_parse(address, text))
        return LAB_EINVAL;
    LAB_TRY(choose(&transport, address));
    *out = lab_stream_new(self->run, transport);
    (*out)->port = lab_address_port(address);
    return 0;
}

// Drops the stream if [rc] is an error.
static int made(lab_stream **out, int rc) {
    if (rc < 0) {
        lab_stream_drop(*out);
        *out = NULL;
    }
    return rc;
}

int lab_listen(lab_stream **out, const char *text) {
    struct address address;
    LAB_TRY(prepare(out, &address, text));
    (*out)->listens = true;
    return made(out, (*out)->transport->listen(*out, &address));
}

int lab_connect(lab_stream **out, const char *text, lab_time timeout) {
    struct address address;
    lab_stream *stream;
    *out = NULL; // until it is connected: another task could close it
    LAB_TRY(lab_task_check());
    LAB_TRY(prepare(&stream, &address, text));
    lab_time deadline = lab_task_deadline(timeout);
    int rc = stream->transport->connect(stream, &address, deadline);
    LAB_TRY(made(&stream, rc));
    *out = stream;
    return rc;
}

// Makes two ends and has them joined, as a pair or as a pipe.
static int make_two(lab_stream **one, lab_stream **two, bool one_way) {
    lab_task *self = lab_self();
    *one = *two = NULL;
    if (!self)
        return LAB_EPERM;
    const struct transport *transport =
        self->run->is_virtual ? &lab_memory : &lab_sockets;
    *one = lab_stream_new(self->run, transport);
    *two = lab_stream_new(self->run, transport);
    (*one)->shut[SIDE_WRITE] = (*two)->shut[SIDE_READ] = one_way;
    int rc =
        one_way ? transport->pipe(*one, *two) : transport->pair(*one, *two);
    made(one, rc);
    return made(two, rc);
}

int lab_stream_pair(lab_stream *ends[2]) {
    return make_two(&ends[0], &ends[1], false);
}

int lab_pipe(lab_stream **from, lab_stream **into) {
    return make_two(from, into, true);
}

int lab_stream_open(lab_stream **out, int fd) {
    lab_task *self = lab_self();
    *out = NULL;
    if (!self || self->run->is_virtual) {
        close(fd);
        return self ? LAB_EOUTSIDE : LAB_EPERM;
    }
    *out = lab_stream_new(self->run, &lab_sockets);
    return made(out, lab_socket_adopt(*out, fd));
}

int lab_accept(lab_stream *listener, lab_stream **out) {
    *out = NULL;
    LAB_TRY(begin(listener, SIDE_READ, true));
    for (;;) {
        int rc = listener->transport->accept(listener, out);
        if (rc != LAB_EAGAIN)
            return rc;
        LAB_TRY(
            lab_stream_wait(listener, SIDE_READ, LAB_ON_ACCEPT, LAB_FOREVER));
    }
}

int lab_port(const lab_stream *stream) {
    return stream->port;
}

// --- reading

static size_t clamp(size_t size) {
    return size < INT_MAX ? size : INT_MAX;
}

// Waits for bytes, and returns what the transport has read of them meanwhile:
// LAB_EAGAIN if that is for us to do. What came together with a cancel is kept
// for the next read.
static int wait_for_bytes(lab_stream *stream, struct wanted wanted,
                          lab_time deadline) {
    stream->wanted = wanted;
    int rc = lab_stream_wait(stream, SIDE_READ, LAB_ON_READ, deadline);
    int n = stream->wanted.result;
    stream->wanted.buffer = NULL;
    if (rc < 0 && n > 0 && stream->transport)
        lab_bytes_put(&stream->ahead, wanted.buffer, (size_t)n);
    return rc < 0 ? rc : n;
}

// Reads what comes next from the transport. The end is an error here.
static int fetch(lab_stream *stream, void *buffer, size_t size,
                 lab_time patience, bool early) {
    struct wanted wanted = {early ? buffer : NULL, size, LAB_EAGAIN};
    lab_time deadline = LAB_FOREVER; // the clock is asked only before a wait
    for (;;) {
        int rc = stream->transport->read(stream, buffer, size);
        if (rc == LAB_EAGAIN && deadline == LAB_FOREVER)
            deadline = lab_task_deadline(patience);
        if (rc == LAB_EAGAIN)
            rc = wait_for_bytes(stream, wanted, deadline);
        if (rc != LAB_EAGAIN)
            return rc == 0 ? LAB_EOF : rc;
    }
}

static int read_some(lab_stream *stream, void *buffer, size_t size,
                     lab_time patience, bool early) {
    LAB_TRY(begin(stream, SIDE_READ, false));
    if (size == 0)
        return LAB_EINVAL; // 0 bytes would look like the end
    if (lab_bytes_count(&stream->ahead))
        return (int)lab_bytes_take(&stream->ahead, buffer, clamp(size));
    return fetch(stream, buffer, clamp(size), patience, early);
}

int lab_room_read(lab_stream *stream, void *buffer, size_t size,
                  lab_time patience) {
    return read_some(stream, buffer, size, patience, false);
}

int lab_room_read_early(lab_stream *stream, void *buffer, size_t size,
                        lab_time patience) {
    return read_some(stream, buffer, size, patience, true);
}

int lab_read(lab_stream *stream, void *buffer, size_t size) {
    return read_some(stream, buffer, size, LAB_FOREVER, false);
}

// Adds to what was read ahead, up to [size] bytes in all. What is there stays
// there if this fails.
static int read_ahead(lab_stream *stream, size_t size) {
    enum { PIECE = 16 * 1024 };
    struct lab_bytes *ahead = &stream->ahead;
    size_t more = size - lab_bytes_count(ahead);
    if (more > PIECE)
        more = PIECE;
    for (;;) {
        // Reserved anew after each wait, during which it may have been freed.
        char *room = lab_bytes_reserve(ahead, more);
        int rc = stream->transport->read(stream, room, more);
        if (rc > 0)
            lab_bytes_filled(ahead, (size_t)rc);
        if (rc != LAB_EAGAIN)
            return rc == 0 ? LAB_EOF : rc;
        LAB_TRY(lab_stream_wait(stream, SIDE_READ, LAB_ON_READ, LAB_FOREVER));
    }
}

int lab_read_exactly(lab_stream *stream, void *buffer, size_t size) {
    LAB_TRY(begin(stream, SIDE_READ, false));
    if (size > INT_MAX)
        return LAB_EINVAL;
    while (lab_bytes_count(&stream->ahead) < size)
        LAB_TRY(read_ahead(stream, size));
    return (int)lab_bytes_take(&stream->ahead, buffer, size);
}

// How many bytes there are up to and including [delimiter], within the first
// [limit]; 0 if it is not there.
static size_t find(const struct lab_bytes *ahead, const char *delimiter,
                   size_t limit) {
    size_t count = lab_bytes_count(ahead), length = strlen(delimiter);
    const char *front = lab_bytes_front(ahead);
    if (count == 0)
        return 0;
    const char *at =
        memmem(front, count < limit ? count : limit, delimiter, length);
    return at ? (size_t)(at - front) + length : 0;
}

int lab_read_until(lab_stream *stream, const char *delimiter, char *buffer,
                   size_t size) {
    size_t found, limit = size - 1;
    LAB_TRY(begin(stream, SIDE_READ, false));
    if (size == 0 || size > INT_MAX || !*delimiter)
        return LAB_EINVAL;
    while ((found = find(&stream->ahead, delimiter, limit)) == 0) {
        if (lab_bytes_count(&stream->ahead) >= limit)
            return LAB_EMSGSIZE;
        LAB_TRY(read_ahead(stream, limit));
    }
    lab_bytes_take(&stream->ahead, buffer, found);
    buffer[found] = 0;
    return (int)found;
}

// --- writing

int lab_stream_begin_write(lab_stream *stream) {
    LAB_TRY(begin(stream, SIDE_WRITE, false));
    return stream->ended ? LAB_EPIPE : 0;
}

int lab_stream_wait_for_room(lab_stream *stream, lab_time patience,
                             lab_time *deadline) {
    if (*deadline == LAB_FOREVER)
        *deadline = lab_task_deadline(patience);
    return lab_stream_wait(stream, SIDE_WRITE, LAB_ON_WRITE, *deadline);
}

int lab_room_write(lab_stream *stream, const void *data, size_t size,
                   lab_time patience) {
    lab_time deadline = LAB_FOREVER;
    const char *rest = data;
    LAB_TRY(lab_stream_begin_write(stream));
    LAB_TRY(lab_stream_finish_late(stream, patience, &deadline));
    while (size > 0) {
        int rc = stream->transport->write(stream, rest, clamp(size));
        if (rc == LAB_EAGAIN)
            rc = lab_stream_wait_for_room(stream, patience, &deadline);
        LAB_TRY(rc);
        rest += rc;
        size -= (size_t)rc;
    }
    return 0;
}

int lab_write(lab_stream *stream, const void *data, size_t size) {
    return lab_room_write(stream, data, size, LAB_FOREVER);
}

int lab_shutdown_write(lab_stream *stream) {
    if (!lab_self())
        return LAB_EPERM;
    LAB_TRY(usable(stream, SIDE_WRITE, false));
    lab_stream_try_late(stream);
    if (lab_bytes_count(&stream->late) > 0)
        return LAB_EBUSY;
    if (!stream->ended)
        stream->transport->end(stream);
    stream->ended = true;
    return 0;
}
