// http_ask.c - the client.

#include "core/room.h"
#include "core/task.h"
#include "net/http_internal.h"

#include <string.h>

// Reads the head of the reply, and skips heads before it that only say "wait".
static int hear(lab_stream *peer, struct http *http) {
    int status;
    do {
        int rc = lab_http_read_head(peer, http, LAB_FOREVER);
        if (rc < 0)
            http->message.keeps = false;
        if (rc < 0)
            return rc == LAB_EOF ? LAB_EPROTO : rc;
        status = http->message.head.status;
    } while (status < 200 && status != 101);
    if (status != 101)
        return status;
    http->message.keeps = false;
    return LAB_EPROTO; // we never asked for another protocol
}

// Puts the head of a request, but for what says how long its body is.
static int put(lab_stream *peer, struct http *http, const char *method,
               const char *target, const char *type) {
    size_t most = OUT - EXTRA_MOST - 256;
    if (http->is_server || http->is_begun || !lab_http_is_token(method) ||
        !lab_http_is_target(target) || (type && !lab_http_is_value(type)) ||
        strlen(method) + strlen(target) + (type ? strlen(type) : 0) > most)
        return LAB_EINVAL;
    if (!http->message.keeps)
        return LAB_EPIPE;
    LAB_TRY(lab_http_skip_body(peer, http, SIZE_MAX));
    http->asked_head = strcmp(method, "HEAD") == 0;
    http->out_size = 0;
    lab_http_put(http, "%s %s HTTP/1.1\r\n", method, target);
    if (!http->has_host && lab_port(peer))
        lab_http_put(http, "Host: localhost:%d\r\n", lab_port(peer));
    else if (!http->has_host)
        lab_http_put(http, "Host: localhost\r\n");
    lab_http_put(http, "%.*s", (int)http->extra_size, http->extra);
    if (type)
        lab_http_put(http, "Content-Type: %s\r\n", type);
    return 0;
}

// A server may reply before it has read all, and close: its reply counts.
static int heard_anyway(lab_stream *peer, struct http *http, int rc) {
    if (rc != LAB_EPIPE && rc != LAB_ECONNRESET)
        return rc;
    int status = hear(peer, http);
    http->message.keeps = false;
    return status < 0 ? rc : status;
}

// Once some of a request is written, it can only be followed by the rest.
static int after_write(lab_stream *peer, struct http *http, int rc) {
    if (rc >= 0)
        return hear(peer, http);
    http->message.keeps = false;
    return heard_anyway(peer, http, rc);
}

static int ask(lab_stream *peer, struct http *http, const char *method,
               const char *target, const char *type, const void *body,
               size_t size) {
    LAB_TRY(put(peer, http, method, target, type));
    if (body)
        lab_http_put(http, "Content-Length: %zu\r\n", size);
    lab_http_put(http, "\r\n");
    return after_write(peer, http, lab_http_write_head(peer, http, body, size));
}

int lab_http_ask_with(lab_stream *peer, const char *method, const char *target,
                      const char *type, const void *body, size_t size) {
    struct http *http;
    LAB_TRY(lab_http_enter(peer, &http));
    int rc = ask(peer, http, method, target, type, body ? body : "", size);
    lab_room_leave(peer);
    return rc;
}

int lab_http_ask(lab_stream *peer, const char *method, const char *target) {
    struct http *http;
    LAB_TRY(lab_http_enter(peer, &http));
    int rc = ask(peer, http, method, target, NULL, NULL, 0);
    lab_room_leave(peer);
    return rc;
}

static int begin_ask(lab_stream *peer, struct http *http, const char *method,
                     const char *target, const char *type) {
    LAB_TRY(put(peer, http, method, target, type));
    lab_http_put(http, "Transfer-Encoding: chunked\r\n\r\n");
    http->is_begun = http->in_chunks = true;
    int rc = lab_http_write_head(peer, http, NULL, 0);
    if (rc < 0)
        http->is_begun = http->message.keeps = false;
    return rc;
}

int lab_http_begin_ask(lab_stream *peer, const char *method, const char *target,
                       const char *type) {
    struct http *http;
    LAB_TRY(lab_http_enter(peer, &http));
    int rc = begin_ask(peer, http, method, target, type);
    lab_room_leave(peer);
    return rc;
}

int lab_http_end(lab_stream *peer) {
    struct http *http;
    LAB_TRY(lab_http_enter(peer, &http));
    int rc = lab_http_write_end(peer, http);
    if (!http->is_server && rc != LAB_EINVAL)
        rc = after_write(peer, http, rc);
    lab_room_leave(peer);
    return rc;
}
