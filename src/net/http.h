// http.h - HTTP/1.1 over streams: a server, and a client.
//
// Use:
//     static int answer(lab_stream *peer, const struct lab_http_head *request,
//                       void *arg) {
//         (void)arg;
//         if (strcmp(request->target, "/hello") != 0)
//             return lab_http_reply(peer, 404, "text/plain", "none\n", 5);
//         LAB_TRY(lab_sleep(100 * LAB_MS)); // the server continues meanwhile
//         return lab_http_reply(peer, 200, "text/plain", "hello\n", 6);
//     }
//     lab_stream *door;
//     LAB_TRY(lab_listen(&door, "tcp:127.0.0.1:8000"));
//     ...
//     struct lab_http_service service = {.answer = answer}; // in a server
//     rc = lab_http_serve(door, &service); // until door is closed
//     ...
//     lab_stream *peer; // in a client
//     LAB_TRY(lab_connect(&peer, "tcp:127.0.0.1:8000", 5 * LAB_S));
//     int status = lab_http_ask(peer, "GET", "/hello");
//     if (status == 200)
//         n = lab_http_body(peer, bytes, sizeof bytes);
//     lab_close(peer);
//     lab_close(door);
//
// Rules: all of it is said of a connected stream, and goes with it when it is
// closed. One task at a time uses a connection; a second gets LAB_EBUSY.
// Messages follow each other on it: read the head, then the body, then write;
// or, in a client, write, then read. What is left of a body is skipped before
// the next message.
//
// The parser is strict where HTTP is known to be misread: a message that
// servers could understand in two ways is refused, as 400 by a server and
// LAB_EPROTO in a client. Names are not looked up, and there is no TLS.

#ifndef LAB_NET_HTTP_H
#define LAB_NET_HTTP_H

#include "base/error.h"
#include "base/time.h"
#include "core/here.h"
#include "core/stream.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// What came first of a message. All of it is borrowed, until the next one.
struct lab_http_head {
    const char *method; // of a request: "GET"; "" of a reply
    const char *target; // of a request: "/page?n=1"; "" of a reply
    const char *host;   // of a request: "localhost:8000"; may be ""
    int status;         // of a reply; 0 of a request
    int64_t length;     // of the body in bytes; -1 if only its end will tell
};

// Answers one request: reads its body if it likes, and replies. Runs in the
// connection's own task, so it may wait.
//
// Errors: after a failure the client gets a status that fits (500, mostly) if
//         it has had no reply, and the connection is closed.
typedef int lab_http_fn(lab_stream *peer, const struct lab_http_head *request,
                        void *arg);

// A server's rules and its counts. What is left 0 has the value in brackets.
struct lab_http_service {
    // The caller's, not changed while the server runs.
    lab_http_fn *answer;
    void *arg; // for .answer
    const char
        *gauge; // has lab_count count the requests in flight, by this name
    // A request must name this machine's loopback as its Host, or one of these
    // names (the last is NULL), or it gets 421: else a web page whose own name
    // leads to this machine could use the server (DNS rebinding).
    const char *const *hosts;
    bool any_host; // no such check
    // No answer holds the thread for long. Replies to requests that came
    // together then leave together, after the last of them was answered, which
    // takes the server less time; a reply that cannot leave is then an error of
    // what comes after it.
    bool quick;
    size_t body_most;        // bytes in a request's body [1 MiB], else 413
    size_t connections_most; // at a time [1000]; see lab_http_serve
    lab_time
        patience;  // for a request's bytes, all waits together [10 s], or 408
    lab_time idle; // between two requests of a connection [60 s]
    // The server's, to look at.
    size_t connections;    // open now
    size_t in_flight;      // requests that are being answered now
    size_t in_flight_most; // at any time so far
    size_t served;         // requests answered so far
};

// Serves at [door] until it is cancelled or [door] is closed: accepts, with a
// task for each connection, and calls [service]->answer for each request. All
// of the tasks have ended when this returns, and [door] is still yours to
// close. Waits.
//
// A head of more than 16 KiB gets 431. Where there are as many connections as
// there may be, or the system has no more descriptors, the connection that has
// waited longest for its next request is closed, once its replies have left, to
// make room for a new one; if all are busy, the new one waits.
//
// Owns:   [door], [service] and what it points to stay yours and must outlive
//         the call.
// Errors: LAB_ECANCELED; LAB_EBADF when [door] was closed; LAB_EINVAL if it is
//         no listener, or without .answer; LAB_EBUSY.
// Source: aiohttp's web.TCPSite.
LAB_CHECKED int lab_http_serve(lab_stream *door,
                               struct lab_http_service *service);
#define lab_http_serve LAB_COVER(lab_http_serve)

// Replies with [status] and the [size] bytes at [body]. [type] is the body's
// media type, such as "text/html"; NULL is none. To HEAD, the body is left out.
// Waits.
//
// Errors: those of lab_write. LAB_EINVAL for a bad status or type, or when the
//         request has had its reply.
LAB_CHECKED int lab_http_reply(lab_stream *peer, int status, const char *type,
                               const void *body, size_t size);
#define lab_http_reply LAB_COVER(lab_http_reply)

// Begins a reply whose length is not known: lab_http_send adds to it as often
// as you like, each piece a chunk that is sent at once, and lab_http_end ends
// it. Waits.
//
// Errors: as lab_http_reply.
LAB_CHECKED int lab_http_begin(lab_stream *peer, int status, const char *type);
#define lab_http_begin LAB_COVER(lab_http_begin)

// Sends a piece of the reply or request that was begun. Waits.
//
// Errors: those of lab_write. LAB_EINVAL if nothing was begun.
LAB_CHECKED int lab_http_send(lab_stream *peer, const void *data, size_t size);
#define lab_http_send LAB_COVER(lab_http_send)

// Ends the reply or request that was begun. A client then waits for the reply,
// and this returns its status. Waits.
//
// Errors: as lab_http_send, and in a client as lab_http_ask.
LAB_CHECKED int lab_http_end(lab_stream *peer);
#define lab_http_end LAB_COVER(lab_http_end)

// Asks for [target], such as "/page", without a body. Waits for the head of the
// reply and returns its status, 200 or above.
//
// Errors: those of lab_write and lab_read. LAB_EPROTO if what comes is no HTTP,
//         or too large a head. LAB_EPIPE if the last reply said that no other
//         follows: connect again. LAB_EINVAL for a bad method or target.
// Source: aiohttp's session.request.
LAB_CHECKED int lab_http_ask(lab_stream *peer, const char *method,
                             const char *target);
#define lab_http_ask LAB_COVER(lab_http_ask)

// As lab_http_ask, with a body of media type [type]. A server that replies
// without reading all of it is heard, too.
LAB_CHECKED int lab_http_ask_with(lab_stream *peer, const char *method,
                                  const char *target, const char *type,
                                  const void *body, size_t size);
#define lab_http_ask_with LAB_COVER(lab_http_ask_with)

// Begins a request whose length is not known: as lab_http_begin.
LAB_CHECKED int lab_http_begin_ask(lab_stream *peer, const char *method,
                                   const char *target, const char *type);
#define lab_http_begin_ask LAB_COVER(lab_http_begin_ask)

// Adds the field "[name]: [value]" to the next message that we write; up to 1
// KiB of them. Does not wait.
//
// Errors: LAB_EINVAL for what does not fit into one line, or decides how long
//         the message is. LAB_EMSGSIZE when there is no room. LAB_EBUSY,
//         LAB_EBADF.
LAB_CHECKED int lab_http_add(lab_stream *peer, const char *name,
                             const char *value);
#define lab_http_add LAB_COVER(lab_http_add)

// The head that was read last, and the value of its first field called [name],
// in any case; NULL if there is none.
//
// Owns: borrowed, until the next head is read.
const struct lab_http_head *lab_http_head_of(const lab_stream *peer);
const char *lab_http_field(const lab_stream *peer, const char *name);

// Waits for bytes of the body and returns how many there are, between 1 and
// [size]. A client that asked whether to send its body (Expect: 100-continue)
// is told to at the first call, or when a reply below 300 was begun before
// that.
//
// Errors: LAB_EOF after the last byte. LAB_EPROTO if the connection ends first
//         or the chunks are no chunks; LAB_EMSGSIZE, in a server, when the body
//         is more than .body_most; LAB_ETIMEDOUT, in a server, when .patience
//         is over. Others as lab_read.
LAB_CHECKED int lab_http_read(lab_stream *peer, void *buffer, size_t size);
#define lab_http_read LAB_COVER(lab_http_read)

// Reads the body to its end, and returns its size. Waits.
//
// Errors: LAB_EMSGSIZE if it is more than [size]; else as lab_http_read,
//         without LAB_EOF.
LAB_CHECKED int lab_http_body(lab_stream *peer, void *buffer, size_t size);
#define lab_http_body LAB_COVER(lab_http_body)

// Can another message follow the last one on this connection?
bool lab_http_keeps(const lab_stream *peer);

// What [status] is called: "Not Found"; "" if it has no name.
//
// Owns: borrowed, for ever.
const char *lab_http_reason(int status);

#endif
