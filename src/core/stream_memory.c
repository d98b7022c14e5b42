// stream_memory.c - connections carried inside the run, exactly.
//
//     run.streams.doors --> door --> connections that wait to be accepted
//                             `----> tasks that wait for room to connect
//
//     stream --> link: way[0] ---> bytes ---> way 0's reader, end 1
//       end 0          way[1] <--- bytes <--- way 1's writer, end 1
//
// Nothing here takes any time: bytes are there as soon as they are written, a
// connection as soon as it is asked for. A task only ever waits for another
// task of the run, so everything happens in the order in which the tasks run.

#include "base/alloc.h"
#include "core/park_internal.h"
#include "core/transport_internal.h"

#include <limits.h>

enum { ROOM = 64 * 1024 }; // for bytes on their way
enum { FIRST_PORT = 40000, LAST_PORT = 65535 };

// What goes from one end to the other.
struct way {
    struct lab_bytes bytes;
    bool ended; // nothing more will be written
    bool reset; // and the other way's bytes will not be read
};

// Freed with its second end.
struct link {
    lab_stream *ends[2]; // NULL when closed
    struct way ways[2];  // from the end of that number
};

// A listener.
struct door {
    struct lab_list node; // in the run's
    lab_stream *stream;
    struct address address;
    struct lab_list pending; // of struct lab_stream, to be accepted
    int pending_count;
    struct lab_list callers; // of struct caller
};

// A task that waits to connect, and the end that it has for the listener.
// Lies on its stack.
struct caller {
    struct lab_list node;
    lab_task *task;
    lab_stream *far;
};

// --- listening

static struct door *find(struct run *run, const struct address *address) {
    lab_list_each(node, &run->streams.doors) {
        struct door *door = lab_list_item(node, struct door, node);
        if (lab_address_meet(&door->address, address))
            return door;
    }
    return NULL;
}

// Sets the next port that is free, each time another.
static bool assign_port(struct run *run, struct address *address) {
    for (int tries = FIRST_PORT; tries <= LAST_PORT; tries++) {
        int port = FIRST_PORT +
                   (int)(run->streams.ports++ % (LAST_PORT - FIRST_PORT + 1));
        lab_address_set_port(address, port);
        if (!find(run, address))
            return true;
    }
    return false;
}

static int memory_listen(lab_stream *stream, const struct address *asked) {
    struct run *run = stream->run;
    struct address address = *asked;
    bool any = address.kind == ADDRESS_TCP && lab_address_port(&address) == 0;
    if (any ? !assign_port(run, &address) : find(run, &address) != NULL)
        return LAB_EADDRINUSE;
    struct door *door = lab_alloc(sizeof *door);
    door->stream = stream;
    door->address = address;
    lab_list_init(&door->pending);
    lab_list_init(&door->callers);
    lab_list_push(&run->streams.doors, &door->node);
    stream->port = lab_address_port(&address);
    stream->door = door;
    return 0;
}

// --- connecting

static int memory_pair(lab_stream *one, lab_stream *two) {
    struct link *link = lab_alloc(sizeof *link);
    link->ends[0] = one;
    link->ends[1] = two;
    one->link = two->link = link;
    return 0;
}

static void offer(struct door *door, lab_stream *far) {
    lab_list_push(&door->pending, &far->pending);
    door->pending_count++;
    lab_stream_wake(door->stream, SIDE_READ);
}

// Waits in line until there is room for [far] to be accepted. The task that
// makes the room takes it in, so that no other comes before it.
__attribute__((noinline)) static int
stand_in_line(struct door *door, lab_stream *far, lab_time deadline) {
    struct caller caller = {.task = lab_self(), .far = far};
    lab_list_push(&door->callers, &caller.node);
    int rc = lab_task_wait(LAB_ON_CONNECT, door->stream->number, deadline,
                           LAB_ETIMEDOUT);
    lab_list_remove(&caller.node);
    return rc;
}

static int memory_connect(lab_stream *stream, const struct address *address,
                          lab_time deadline) {
    struct door *door = find(stream->run, address);
    if (!door)
        return LAB_ECONNREFUSED;
    lab_stream *far = lab_stream_new(stream->run, &lab_memory);
    far->port = stream->port;
    memory_pair(stream, far);
    if (door->pending_count < BACKLOG) {
        offer(door, far);
        return 0;
    }
    int rc = stand_in_line(door, far, deadline);
    if (rc < 0)
        lab_stream_drop(far);
    return rc;
}

// Fills the room that was made with the first of those who still wait.
static void admit(struct door *door) {
    struct lab_list *node;
    while ((node = lab_list_pop(&door->callers))) {
        struct caller *caller = lab_list_item(node, struct caller, node);
        if (lab_task_wake(caller->task, 0)) {
            offer(door, caller->far);
            return;
        }
    }
}

static int memory_accept(lab_stream *listener, lab_stream **out) {
    struct door *door = listener->door;
    struct lab_list *node = lab_list_pop(&door->pending);
    if (!node)
        return LAB_EAGAIN;
    *out = lab_list_item(node, lab_stream, pending);
    door->pending_count--;
    admit(door);
    return 0;
}

// --- bytes

static int side_of(const lab_stream *stream) {
    return stream->link->ends[1] == stream;
}

static struct way *outward(const lab_stream *stream) {
    return &stream->link->ways[side_of(stream)];
}

static struct way *inward(const lab_stream *stream) {
    return &stream->link->ways[!side_of(stream)];
}

// The other end, or NULL.
static lab_stream *other(const lab_stream *stream) {
    return stream->link->ends[!side_of(stream)];
}

static int memory_read(lab_stream *stream, void *buffer, size_t size) {
    struct way *way = inward(stream);
    size_t n = lab_bytes_take(&way->bytes, buffer, size);
    if (n == 0) {
        if (way->reset)
            return LAB_ECONNRESET;
        return way->ended ? 0 : LAB_EAGAIN;
    }
    if (other(stream))
        lab_stream_wake(other(stream), SIDE_WRITE);
    return (int)n;
}

static int memory_write(lab_stream *stream, const void *data, size_t size) {
    struct way *way = outward(stream);
    if (!other(stream))
        return LAB_EPIPE;
    size_t room = ROOM - lab_bytes_count(&way->bytes);
    size_t n = size < room ? size : room;
    if (n == 0)
        return LAB_EAGAIN;
    lab_bytes_put(&way->bytes, data, n);
    lab_stream_wake(other(stream), SIDE_READ);
    return (int)n;
}

static void memory_end(lab_stream *stream) {
    if (stream->shut[SIDE_READ]) { // a pipe's: it has only one direction
        lab_stream_shut(stream);
        return;
    }
    outward(stream)->ended = true;
    if (other(stream))
        lab_stream_wake(other(stream), SIDE_READ);
}

// --- closing

static void hang_up(lab_stream *stream, bool unheard) {
    struct link *link = stream->link;
    if (!link)
        return; // never connected
    lab_stream *peer = other(stream);
    struct way *in = inward(stream), *out = outward(stream);
    out->ended = true;
    out->reset = unheard || lab_bytes_count(&in->bytes) > 0;
    lab_bytes_free(&in->bytes);
    link->ends[side_of(stream)] = NULL;
    stream->link = NULL;
    if (peer) {
        lab_stream_wake(peer, SIDE_READ);
        lab_stream_wake(peer, SIDE_WRITE);
        return;
    }
    lab_bytes_free(&out->bytes);
    lab_free(link);
}

// Refuses all connections that wait at the door, inside and outside.
static void shut_door(lab_stream *listener) {
    struct door *door = listener->door;
    struct lab_list *node;
    if (!door)
        return; // it could not listen
    lab_list_remove(&door->node);
    while ((node = lab_list_pop(&door->pending))) {
        lab_stream *stream = lab_list_item(node, lab_stream, pending);
        stream->transport = NULL;
        hang_up(stream, true);
    }
    while ((node = lab_list_pop(&door->callers)))
        lab_task_wake(lab_list_item(node, struct caller, node)->task,
                      LAB_ECONNREFUSED);
    lab_free(door);
    listener->door = NULL;
}

static void memory_close(lab_stream *stream) {
    if (stream->listens)
        shut_door(stream);
    else
        hang_up(stream, false);
}

const struct transport lab_memory = {
    .listen = memory_listen,
    .connect = memory_connect,
    .pair = memory_pair,
    .pipe = memory_pair,
    .accept = memory_accept,
    .read = memory_read,
    .write = memory_write,
    .end = memory_end,
    .close = memory_close,
};
