// stream.h - connections: bytes sent to a peer, and received from it.
//
// Use:
//     lab_stream *door;
//     LAB_TRY(lab_listen(&door, "tcp:127.0.0.1:8000"));
//     ...
//     lab_stream *peer; // in a server
//     LAB_TRY(lab_accept(door, &peer));
//     lab_spawn("serve", serve, peer);
//     ...
//     lab_stream *peer; // in a client
//     LAB_TRY(lab_connect(&peer, "tcp:127.0.0.1:8000", 5 * LAB_S));
//     LAB_TRY(lab_write(peer, "hello\n", 6));
//     LAB_TRY(lab_read_until(peer, "\n", line, sizeof line));
//     lab_close(peer);
//
// An address is text, one of
//     tcp:127.0.0.1:8000    IPv4; for a listener, port 0 is any free one
//     tcp:[::1]:8000        IPv6
//     unix:run/socket       a unix socket, up to 107 bytes of path
//     memory:name           carried inside the run under either clock
//
// Rules: under the virtual clock all of them are carried in memory, inside the
// run: no port is opened and no file is made, times are exact, and addresses
// outside (any TCP address but this machine's loopback) are refused with
// LAB_EOUTSIDE. Host names are not looked up.
//
// One task may read a stream while another writes it; two readers at once, or
// two writers, are LAB_EBUSY. What is written arrives whole and in order, in
// pieces of any size. Every stream belongs to the run and is closed when the
// run ends, if not before.

#ifndef LAB_CORE_STREAM_H
#define LAB_CORE_STREAM_H

#include "base/error.h"
#include "base/time.h"

#include <stddef.h>

// A connection's end, or a listener, which can only accept.
typedef struct lab_stream lab_stream;

// Begins to listen on [address]. Does not wait. Up to 4096 connections can wait
// here to be accepted; after that, connecting waits.
//
// Owns:   the run; lab_close when done. A unix socket's file is removed then,
//         and one that a dead program left is replaced.
// Errors: LAB_EINVAL for a bad address; LAB_EADDRINUSE; LAB_EOUTSIDE; others
//         from the system.
// Source: asyncio's start_server.
LAB_CHECKED int lab_listen(lab_stream **out, const char *address);
#define lab_listen LAB_COVER(lab_listen)

// The port that a listener got, or that a connection was made to; 0 if it is
// not TCP. Under the virtual clock port 0 becomes 40000, 40001 and so on.
int lab_port(const lab_stream *stream);

// Waits until a client connects to [listener], and takes the first that came.
//
// Owns:   the run owns the new end; lab_close when done.
// Errors: LAB_ECANCELED, with no client taken; LAB_EBADF when [listener] is
//         closed; LAB_EBUSY while another task waits here; others from the
//         system, such as too many open files.
LAB_CHECKED int lab_accept(lab_stream *listener, lab_stream **out);
#define lab_accept LAB_COVER(lab_accept)

// Waits until it is connected to [address], no longer than [timeout] of the
// run's clock; LAB_FOREVER is no limit.
//
// Owns:   the run owns the new end; lab_close when done.
// Errors: LAB_ECONNREFUSED if nobody listens there; LAB_ETIMEDOUT;
//         LAB_ECANCELED; LAB_EINVAL for a bad address; LAB_EOUTSIDE; others
//         from the system.
// Source: asyncio's open_connection.
LAB_CHECKED int lab_connect(lab_stream **out, const char *address,
                            lab_time timeout);
#define lab_connect LAB_COVER(lab_connect)

// Makes two ends that are connected to each other. Does not wait.
//
// Owns:   the run; lab_close both when done.
// Source: socketpair.
LAB_CHECKED int lab_stream_pair(lab_stream *ends[2]);
#define lab_stream_pair LAB_COVER(lab_stream_pair)

// Makes a pipe, which goes one way: what is written to [*into] is read from
// [*from]. Does not wait. SIGPIPE is ignored from then on. Reading from [*into]
// or writing to [*from] is LAB_EINVAL; lab_shutdown_write closes [*into].
//
// Owns:   the run; lab_close both when done.
// Source: os.pipe with connect_read_pipe and connect_write_pipe.
LAB_CHECKED int lab_pipe(lab_stream **from, lab_stream **into);
#define lab_pipe LAB_COVER(lab_pipe)

// Makes a stream of the open descriptor [fd]: a pipe's end, a FIFO, a socket or
// a terminal. Does not wait. It becomes non-blocking, for all programs that
// share it. The end of a pipe or FIFO is for reading or writing, as it was
// opened.
//
// Owns:   takes [fd], even if this fails.
// Errors: LAB_EINVAL for a plain file (see file.h). LAB_EOUTSIDE under the
//         virtual clock.
LAB_CHECKED int lab_stream_open(lab_stream **out, int fd);
#define lab_stream_open LAB_COVER(lab_stream_open)

// Waits until there is something to read and returns how many bytes it was:
// between 1 and [size], as they come.
//
// Errors: LAB_EOF when the peer has ended its writing and all is read.
//         LAB_ECANCELED: no byte was taken. LAB_ECONNRESET when the peer closed
//         without reading what we wrote. LAB_EBADF when closed; LAB_EBUSY.
// Source: StreamReader.read.
LAB_CHECKED int lab_read(lab_stream *stream, void *buffer, size_t size);
#define lab_read LAB_COVER(lab_read)

// Waits for [size] bytes, all of them, and returns [size].
//
// Errors: as lab_read. LAB_EOF if fewer come. After any error no byte was
//         taken: lab_read returns them.
// Source: StreamReader.readexactly.
LAB_CHECKED int lab_read_exactly(lab_stream *stream, void *buffer, size_t size);
#define lab_read_exactly LAB_COVER(lab_read_exactly)

// Waits for text up to and including [delimiter], puts it and a final 0 into
// [buffer] of [size] bytes, and returns its length without the 0.
//
// Errors: as lab_read. LAB_EMSGSIZE when [delimiter] is not within the first
//         [size] - 1 bytes; LAB_EOF if it does not come. After any error no
//         byte was taken: lab_read returns them.
// Source: StreamReader.readuntil.
LAB_CHECKED int lab_read_until(lab_stream *stream, const char *delimiter,
                               char *buffer, size_t size);
#define lab_read_until LAB_COVER(lab_read_until)

// Waits until all [size] bytes are on their way, and returns 0. A stream has
// room for 64 KiB that the peer has not read (under the real clock the system
// decides); a writer waits while there is none.
//
// Errors: LAB_EPIPE when the peer will read no more, or after
//         lab_shutdown_write; LAB_ECONNRESET; LAB_EBADF when closed; LAB_EBUSY;
//         LAB_ECANCELED. If it had to wait, the peer may still get the first
//         part of [data], as much as there was room for: then the stream can
//         only be closed.
// Source: StreamWriter.write and drain in one.
LAB_CHECKED int lab_write(lab_stream *stream, const void *data, size_t size);
#define lab_write LAB_COVER(lab_write)

// Ends our writing: the peer reads what is on its way and then LAB_EOF. We can
// still read. Does not wait. A second call does nothing. A pipe's end is
// closed.
//
// Errors: LAB_EBUSY while a task writes; LAB_EBADF when closed.
// Source: StreamWriter.write_eof.
LAB_CHECKED int lab_shutdown_write(lab_stream *stream);
#define lab_shutdown_write LAB_COVER(lab_shutdown_write)

// Closes a connection's end or a listener. A task that waits for it gets
// LAB_EBADF, and so does every later use. Closing it again does nothing, nor
// does closing NULL. The peer reads what is on its way and then LAB_EOF, or
// LAB_ECONNRESET if we had not read all it wrote. Called from a task; does not
// wait.
//
// Owns: the run keeps about a hundred bytes for [stream] until it ends, so
//       that it can be closed twice.
void lab_close(lab_stream *stream);
#define lab_close LAB_COVER(lab_close)

#endif
