// http_internal.h - an HTTP connection, private to src/net.
//
//     http_parse.c   bytes --> the head of a message; knows no stream
//     http_read.c    stream --> heads and bodies
//     http_write.c   heads and bodies --> stream
//     http_serve.c   the server            http_ask.c   the client
//
// Each connection keeps a struct http with its stream (core/room.h). What was
// read lies in .in: the head stays where it is while the body is read, for its
// strings are borrowed.
//
//     in:  [ head, cut into strings | free | body, read ahead | free ]
//                                   ^ .keep ^ .from            ^ .until

#ifndef LAB_NET_HTTP_INTERNAL_H
#define LAB_NET_HTTP_INTERNAL_H

#include "net/http.h"

enum {
    HEAD_MOST = 16 * 1024,
    FIELDS_MOST = 100,
    LINE_MOST = 1024,      // of a chunk's size, or of a trailer
    TRAILERS_MOST = 64,    // lines
    IN = HEAD_MOST + 4096, // so that some of a body fits after any head
    OUT = 4096,        // a head, and a body that is sent in one piece with it
    EXTRA_MOST = 1024, // lab_http_add's
};

struct field {
    const char *name, *value;
};

// How the body of a message ends.
enum body {
    BODY_SIZED,   // after .left bytes
    BODY_CHUNKED, // with a chunk of no bytes
    BODY_CLOSED,  // with the connection
};

// Where in a chunked body we are.
enum chunk { CHUNK_SIZE, CHUNK_DATA, CHUNK_END, CHUNK_TRAILER };

// A message as it was parsed.
struct message {
    struct lab_http_head head;
    size_t field_count;
    bool is_old;        // HTTP/1.0
    bool keeps;         // another may follow
    bool asks_to_keep;  // as HTTP/1.0 has to
    bool asks_to_close; // which counts for more
    bool expects;       // its sender waits to be told 100 Continue
    bool is_chunked;    // so .head.length is -1
    bool has_length;
    struct field fields[FIELDS_MOST]; // what is above is cleared, this is not
};

struct http {
    struct message message; // the last one that was read
    bool is_server;
    bool is_quick;   // replies may leave late
    bool is_over;    // the connection carries no more messages
    bool bare;       // a server's reply has no body: to HEAD, 204, 304
    bool asked_head; // what comes to a client has none either
    bool replied;    // a server has begun its reply
    bool is_begun;   // lab_http_send may be called
    bool in_chunks;  // and what it sends are chunks
    bool has_host;   // in .extra

    // The body of .message.
    enum body body;
    enum chunk chunk;
    bool body_done, told; // told: to continue
    int64_t left;         // of the body or of the chunk
    int64_t taken, most;  // of the body; a server's most
    int trailers;
    lab_time patience;   // left to read this message; LAB_FOREVER in a client
    lab_time write_time; // that one write may take; likewise

    size_t keep, from, until; // see above
    size_t extra_size, out_size;
    char in[IN]; // from here on, nothing is zeroed at first
    char extra[EXTRA_MOST];
    char out[OUT];
};

// --- http_parse.c

// How long the head at the start of the [n] bytes at [text] is, with the empty
// line that ends it; 0 if it has not all come; negative if it never will, as
// its lines do not end with CRLF. [*seen], 0 at first, keeps what need not be
// looked at again.
long lab_http_head_size(const char *text, size_t n, size_t *seen);

// Parses a head of [n] bytes at [text], which is cut into the strings that
// [message] points to. Returns 0, or the status that refuses it.
int lab_http_parse_request(struct message *message, char *text, size_t n);

// Likewise. LAB_EPROTO if it is no reply.
int lab_http_parse_reply(struct message *message, char *text, size_t n);

// Parses a line that says how large a chunk is, without its CRLF; false if it
// does not.
bool lab_http_parse_chunk(const char *line, int64_t *size);

// Is the [line], without its CRLF, a field?
bool lab_http_is_field(const char *line);

// Can they be written into a head?
bool lab_http_is_token(const char *text);
bool lab_http_is_value(const char *text);
bool lab_http_is_target(const char *text);

// Is [host] a name of this machine's loopback, or one of [others]?
bool lab_http_is_ours(const char *host, const char *const *others);

// --- http_read.c

// Waits for the next head and parses it. [first] is the time for its first
// byte. Returns 0, or in a server the status that refuses it: 408 if it stopped
// in the middle.
//
// Errors: as lab_read, with LAB_EOF before the first byte, LAB_ETIMEDOUT when
//         [first] is over, LAB_EPROTO for what is no reply.
int lab_http_read_head(lab_stream *peer, struct http *http, lab_time first);

// As lab_http_read, in the room.
int lab_http_read_body(lab_stream *peer, struct http *http, void *buffer,
                       size_t size);

// Has a client send its body, if it waits to be told. Waits.
int lab_http_tell(lab_stream *peer, struct http *http);

// Reads what is left of the body, up to [most] bytes of it. Waits.
//
// Errors: LAB_EMSGSIZE if there is more; others as lab_http_read.
int lab_http_skip_body(lab_stream *peer, struct http *http, size_t most);

// --- http_write.c

// Enters the room of [peer].
int lab_http_enter(lab_stream *peer, struct http **http);

// As lab_http_reply, in the room.
int lab_http_write_reply(lab_stream *peer, struct http *http, int status,
                         const char *type, const void *body, size_t size);

// Ends what was begun, with the last chunk.
int lab_http_write_end(lab_stream *peer, struct http *http);

// Appends to the head that is to be written; lab_http_write_head writes it, and
// the first bytes of its body.
void lab_http_put(struct http *http, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
int lab_http_write_head(lab_stream *peer, struct http *http, const void *body,
                        size_t size);

#endif
