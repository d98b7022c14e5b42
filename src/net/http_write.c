// http_write.c - heads and bodies to a stream.

#include "base/alloc.h"
#include "base/die.h"
#include "core/room.h"
#include "core/task.h"
#include "net/http_internal.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

// --- the room

int lab_http_enter(lab_stream *peer, struct http **out) {
    void *room;
    LAB_TRY(
        lab_room_enter(peer, sizeof **out, offsetof(struct http, in), &room));
    *out = room;
    if (!(*out)->message.head.method) { // a new one, of a client
        (*out)->message.head = (struct lab_http_head){"", "", "", 0, 0};
        (*out)->message.keeps = true;
        (*out)->body_done = true;
        (*out)->most = INT64_MAX;
        (*out)->patience = (*out)->write_time = LAB_FOREVER;
    }
    return 0;
}

const struct lab_http_head *lab_http_head_of(const lab_stream *peer) {
    static const struct lab_http_head none = {"", "", "", 0, 0};
    const struct http *http = lab_room_of(peer);
    return http ? &http->message.head : &none;
}

const char *lab_http_field(const lab_stream *peer, const char *name) {
    const struct http *http = lab_room_of(peer);
    for (size_t i = 0; http && i < http->message.field_count; i++)
        if (strcasecmp(http->message.fields[i].name, name) == 0)
            return http->message.fields[i].value;
    return NULL;
}

bool lab_http_keeps(const lab_stream *peer) {
    const struct http *http = lab_room_of(peer);
    return !http || http->message.keeps;
}

// --- heads

// The statuses, as they stand in the first line of a reply.
static const char *const statuses[] = {
    "200 OK",
    "201 Created",
    "202 Accepted",
    "204 No Content",
    "206 Partial Content",
    "301 Moved Permanently",
    "302 Found",
    "303 See Other",
    "304 Not Modified",
    "307 Temporary Redirect",
    "308 Permanent Redirect",
    "400 Bad Request",
    "401 Unauthorized",
    "403 Forbidden",
    "404 Not Found",
    "405 Method Not Allowed",
    "406 Not Acceptable",
    "408 Request Timeout",
    "409 Conflict",
    "410 Gone",
    "411 Length Required",
    "413 Content Too Large",
    "415 Unsupported Media Type",
    "417 Expectation Failed",
    "418 I'm a teapot",
    "421 Misdirected Request",
    "422 Unprocessable Content",
    "429 Too Many Requests",
    "431 Request Header Fields Too Large",
    "500 Internal Server Error",
    "501 Not Implemented",
    "502 Bad Gateway",
    "503 Service Unavailable",
    "504 Gateway Timeout",
    "505 HTTP Version Not Supported",
};
enum { DIGITS = sizeof "200 " - 1 };

static int number_of(const char *line) {
    return (line[0] - '0') * 100 + (line[1] - '0') * 10 + line[2] - '0';
}

static const char *status_line(int status) {
    for (size_t i = 0; i < countof(statuses); i++)
        if (number_of(statuses[i]) == status)
            return statuses[i];
    return NULL;
}

const char *lab_http_reason(int status) {
    const char *line = status_line(status);
    return line ? line + DIGITS : "";
}

void lab_http_put(struct http *http, const char *format, ...) {
    va_list args;
    size_t room = OUT - http->out_size;
    va_start(args, format);
    int n = vsnprintf(http->out + http->out_size, room, format, args);
    va_end(args);
    // Callers have seen that it fits.
    lab_assert(n >= 0 && (size_t)n < room);
    http->out_size += (size_t)n;
}

// The same, fast, for what is in each reply: inlined, so that the length of a
// literal is known. There is room for the most that one can be.
_Static_assert(LINE_MOST + EXTRA_MOST + 512 <= OUT, "the head of a reply fits");
static inline void put_bytes(struct http *http, const char *bytes, size_t n) {
    memcpy(http->out + http->out_size, bytes, n);
    http->out_size += n;
}

static inline void put_text(struct http *http, const char *text) {
    put_bytes(http, text, strlen(text));
}

static void put_number(struct http *http, size_t number) {
    char digits[24];
    size_t at = sizeof digits;
    do
        digits[--at] = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    put_bytes(http, digits + at, sizeof digits - at);
}

int lab_http_write_head(lab_stream *peer, struct http *http, const void *body,
                        size_t size) {
    size_t head = http->out_size;
    http->out_size = http->extra_size = 0;
    http->has_host = false;
    bool fits = size <= OUT - head;
    if (fits && size > 0)
        memcpy(http->out + head, body, size);
    size_t first = head + (fits ? size : 0);
    // The last reply of a connection has left when its task ends.
    LAB_TRY(http->is_quick && http->message.keeps
                ? lab_room_write_late(peer, http->out, first, http->write_time)
                : lab_room_write(peer, http->out, first, http->write_time));
    return fits ? 0 : lab_room_write(peer, body, size, http->write_time);
}

// What decides where a message ends is for us to say.
static bool is_ours(const char *name) {
    static const char *const names[] = {"content-length", "transfer-encoding",
                                        "connection", "expect", "content-type"};
    for (size_t i = 0; i < countof(names); i++)
        if (strcasecmp(name, names[i]) == 0)
            return true;
    return false;
}

static int add(struct http *http, const char *name, const char *value) {
    size_t room = EXTRA_MOST - http->extra_size;
    if (!lab_http_is_token(name) || !lab_http_is_value(value) || is_ours(name))
        return LAB_EINVAL;
    int n = snprintf(http->extra + http->extra_size, room, "%s: %s\r\n", name,
                     value);
    if (n < 0 || (size_t)n >= room)
        return LAB_EMSGSIZE;
    http->extra_size += (size_t)n;
    http->has_host |= strcasecmp(name, "host") == 0;
    return 0;
}

int lab_http_add(lab_stream *peer, const char *name, const char *value) {
    struct http *http;
    LAB_TRY(lab_http_enter(peer, &http));
    int rc = add(http, name, value);
    lab_room_leave(peer);
    return rc;
}

// --- replies

// A client that still waits to be told to send its body may send it or not: so
// nothing can follow.
static void put_connection(struct http *http) {
    struct message *message = &http->message;
    if (message->expects && !http->told)
        message->keeps = false;
    if (!message->keeps)
        lab_http_put(http, "Connection: close\r\n");
    else if (message->is_old)
        lab_http_put(http, "Connection: keep-alive\r\n");
}

static bool has_body(int status) {
    return status >= 200 && status != 204 && status != 304;
}

static bool is_head(const char *method) {
    return *method == 'H' && strcmp(method, "HEAD") == 0;
}

// May a reply begin?
static int begin(struct http *http, int status, const char *type) {
    size_t type_size = type ? strlen(type) : 0;
    if (!http->is_server || http->replied || status < 200 || status > 599 ||
        type_size > LINE_MOST || (type && !lab_http_is_value(type)))
        return LAB_EINVAL;
    const char *line = status_line(status);
    http->replied = true;
    http->bare = is_head(http->message.head.method) || !has_body(status);
    http->out_size = 0;
    put_text(http, "HTTP/1.1 ");
    if (line)
        put_text(http, line);
    else
        lab_http_put(http, "%d ", status);
    put_text(http, "\r\n");
    if (http->extra_size)
        put_bytes(http, http->extra, http->extra_size);
    if (type) {
        put_text(http, "Content-Type: ");
        put_bytes(http, type, type_size);
        put_text(http, "\r\n");
    }
    return 0;
}

int lab_http_write_reply(lab_stream *peer, struct http *http, int status,
                         const char *type, const void *body, size_t size) {
    LAB_TRY(begin(http, status, type));
    if (has_body(status)) {
        put_text(http, "Content-Length: ");
        put_number(http, size);
        put_text(http, "\r\n");
    }
    put_connection(http);
    put_text(http, "\r\n");
    return lab_http_write_head(peer, http, body, http->bare ? 0 : size);
}

int lab_http_reply(lab_stream *peer, int status, const char *type,
                   const void *body, size_t size) {
    struct http *http;
    LAB_TRY(lab_http_enter(peer, &http));
    int rc = lab_http_write_reply(peer, http, status, type, body, size);
    lab_room_leave(peer);
    return rc;
}

// HTTP/1.0 has no chunks: there the end of the connection is the end. A client
// that waits to be told to send its body can be told only now, and what is
// streamed may depend on it.
static int begin_reply(lab_stream *peer, struct http *http, int status,
                       const char *type) {
    if (http->is_server && status < 300)
        LAB_TRY(lab_http_tell(peer, http));
    LAB_TRY(begin(http, status, type));
    http->in_chunks = !http->message.is_old;
    if (!http->in_chunks)
        http->message.keeps = false;
    else if (has_body(status))
        lab_http_put(http, "Transfer-Encoding: chunked\r\n");
    put_connection(http);
    lab_http_put(http, "\r\n");
    http->is_begun = true;
    return lab_http_write_head(peer, http, NULL, 0);
}

int lab_http_begin(lab_stream *peer, int status, const char *type) {
    struct http *http;
    LAB_TRY(lab_http_enter(peer, &http));
    int rc = begin_reply(peer, http, status, type);
    lab_room_leave(peer);
    return rc;
}

// --- pieces

static int write_chunk(lab_stream *peer, struct http *http, const void *data,
                       size_t size) {
    http->out_size = 0;
    lab_http_put(http, "%zx\r\n", size);
    if (size + 2 <= OUT - http->out_size) {
        memcpy(http->out + http->out_size, data, size);
        memcpy(http->out + http->out_size + size, "\r\n", 2);
        return lab_room_write(peer, http->out, http->out_size + size + 2,
                              http->write_time);
    }
    LAB_TRY(lab_room_write(peer, http->out, http->out_size, http->write_time));
    LAB_TRY(lab_room_write(peer, data, size, http->write_time));
    return lab_room_write(peer, "\r\n", 2, http->write_time);
}

// A chunk of no bytes would be the last.
static int send(lab_stream *peer, struct http *http, const void *data,
                size_t size) {
    if (!http->is_begun)
        return LAB_EINVAL;
    if (http->bare || size == 0)
        return 0;
    return http->in_chunks ? write_chunk(peer, http, data, size)
                           : lab_room_write(peer, data, size, http->write_time);
}

int lab_http_send(lab_stream *peer, const void *data, size_t size) {
    struct http *http;
    LAB_TRY(lab_http_enter(peer, &http));
    int rc = send(peer, http, data, size);
    lab_room_leave(peer);
    return rc;
}

int lab_http_write_end(lab_stream *peer, struct http *http) {
    static const char last[] = "0\r\n\r\n";
    if (!http->is_begun)
        return LAB_EINVAL;
    http->is_begun = false;
    if (http->bare || !http->in_chunks)
        return 0;
    return lab_room_write(peer, last, sizeof last - 1, http->write_time);
}
