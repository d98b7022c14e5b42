// transport_internal.h - streams and what carries them, private to src/core.
//
//     task --> stream.c --> transport --> stream_memory.c: inside the run
//                                    `--> stream_real.c: the system's sockets
//
// A transport never waits to read, write or accept: it says LAB_EAGAIN, and
// stream.c has the task wait until the transport says to try again. So bytes
// move only while the task itself runs, and a task that is cancelled while it
// waits has taken none.

#ifndef LAB_CORE_TRANSPORT_INTERNAL_H
#define LAB_CORE_TRANSPORT_INTERNAL_H

#include "base/bytes.h"
#include "core/loop_internal.h"
#include "core/run_internal.h"
#include "core/stream.h"
#include "record/event.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

// Connections that can wait to be accepted. Linux takes no more by default;
// with fewer, the rest would be refused and try again a second later.
enum { BACKLOG = 4096 };

enum address_kind { ADDRESS_TCP, ADDRESS_UNIX, ADDRESS_MEMORY };

struct address {
    enum address_kind kind;
    socklen_t size;
    union {
        struct sockaddr any;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
        struct sockaddr_un path; // or the name of one in memory
    } socket;
};

// What a task can wait for. A listener reads connections.
enum side { SIDE_READ, SIDE_WRITE, SIDES };

struct transport {
    // Begins to listen; fills in .port.
    int (*listen)(lab_stream *stream, const struct address *address);
    // Waits, until [deadline] in loop time at most.
    int (*connect)(lab_stream *stream, const struct address *address,
                   lab_time deadline);
    int (*pair)(lab_stream *one, lab_stream *two);
    int (*pipe)(lab_stream *from, lab_stream *into);
    // These return LAB_EAGAIN when there is nothing, or no room. The end is 0.
    int (*accept)(lab_stream *listener, lab_stream **out);
    int (*read)(lab_stream *stream, void *buffer, size_t size);
    int (*write)(lab_stream *stream, const void *data, size_t size);
    void (*end)(lab_stream *stream);
    void (*close)(lab_stream *stream);
    // Watches for what the waiters of [stream] wait for. May be NULL.
    void (*watch)(lab_stream *stream);
    bool is_outside; // what is waited for comes from outside the loop
};

// What a reader waits for. A transport that knows when bytes come may read them
// for it, before the reader runs.
struct wanted {
    void *buffer; // NULL: nobody waits, or it was read
    size_t size;
    int result; // as that of read: LAB_EAGAIN if nothing was read
};

struct lab_stream {
    struct lab_list node; // in the run's streams, open and closed
    struct run *run;
    lab_loop *loop;
    const struct transport *transport; // NULL when closed
    unsigned number;                   // in the run
    int port;
    bool listens, ended; // ended: we write no more
    bool shut[SIDES];    // this side cannot be used
    uint8_t unwaited;    // operations since the last one that waited
    lab_task *waiters[SIDES];
    struct wanted wanted;
    struct lab_bytes ahead;  // taken from the transport, not yet read
    struct lab_bytes late;   // written, not yet given to the transport
    struct lab_list is_late; // in the loop's list, until that is tried
    void *room;              // what a protocol keeps: see room.h
    bool room_used;          // by the task that has entered it
    // The transport's own.
    struct lab_list pending; // in a listener's connections
    union {
        struct link *link;     // in memory: a connection
        struct door *door;     // in memory: a listener
        struct socket *socket; // real: either
    };
};

extern const struct transport lab_memory, lab_sockets;

// --- stream_real.c
// Has [stream] carried by the open descriptor [fd], which is taken.
int lab_socket_adopt(lab_stream *stream, int fd);

// --- address.c

// Reads [text]; false if it is not an address.
bool lab_address_parse(struct address *address, const char *text);
// The TCP port; 0 of others.
int lab_address_port(const struct address *address);
void lab_address_set_port(struct address *address, int port);
// Is it an address of this machine that never leaves it?
bool lab_address_is_local(const struct address *address);
// Does connecting to [a] reach a listener on [b], or the other way round?
bool lab_address_meet(const struct address *a, const struct address *b);

// --- stream.c
// A stream of the current run, closed until its transport is set.
lab_stream *lab_stream_new(struct run *run, const struct transport *transport);
// Closes [stream] and frees it: it was never handed out.
void lab_stream_drop(lab_stream *stream);

// Frees what a protocol keeps with [stream].
void lab_room_free(lab_stream *stream);
// Closes [stream] and keeps its shell.
void lab_stream_shut(lab_stream *stream);
// May the running task write? Waits only to let others run.
int lab_stream_begin_write(lab_stream *stream);
// Waits until there is room to write, until [*deadline] at most; the first of
// several waits, with LAB_FOREVER there, sets it by [patience].
int lab_stream_wait_for_room(lab_stream *stream, lab_time patience,
                             lab_time *deadline);
// Waits until [side] is worth another try.
int lab_stream_wait(lab_stream *stream, enum side side, enum lab_event_on on,
                    lab_time deadline);
// Has the task that waits for [side] try again.
void lab_stream_wake(lab_stream *stream, enum side side);

// --- stream_late.c
// Are there late bytes that the transport had no room for?
static inline bool lab_stream_is_stuck(const lab_stream *stream) {
    return lab_bytes_count(&stream->late) > 0 &&
           !lab_list_linked(&stream->is_late);
}
// Gives the transport as many of the late bytes as it takes now.
void lab_stream_try_late(lab_stream *stream);
// Waits until it has taken all of them, as lab_stream_wait_for_room does.
int lab_stream_finish_late(lab_stream *stream, lab_time patience,
                           lab_time *deadline);

#endif
