// server.h - a server with something of everything, and what a test says to it.

#ifndef LAB_TESTS_NET_SERVER_H
#define LAB_TESTS_NET_SERVER_H

#include "test.h"

#include "core/stream.h"
#include "core/task.h"
#include "net/http.h"

#include <stdio.h>
#include <string.h>

#define H "Host: localhost\r\n"
#define CLOSE "Connection: close\r\n"
#define POST(fields) "POST /echo HTTP/1.1\r\n" H fields "\r\n"

static const char home[] = "tcp:127.0.0.1:80";

static int answer(lab_stream *peer, const struct lab_http_head *request,
                  void *arg) {
    char body[256];
    const char *path = request->target;
    (void)arg;
    if (strcmp(path, "/slow") == 0)
        LAB_TRY(lab_sleep(LAB_S));
    if (strcmp(path, "/echo") == 0) {
        int n = lab_http_body(peer, body, sizeof body);
        return n < 0 ? n : lab_http_reply(peer, 200, NULL, body, (size_t)n);
    }
    if (strcmp(path, "/early") == 0) { // begins before it has read anything
        LAB_TRY(lab_http_begin(peer, 200, NULL));
        int n = lab_http_body(peer, body, sizeof body);
        LAB_TRY(n < 0 ? n : lab_http_send(peer, body, (size_t)n));
        return lab_http_end(peer);
    }
    if (strcmp(path, "/stream") == 0) {
        LAB_TRY(lab_http_begin(peer, 200, "text/plain"));
        for (int i = 0; i < 3; i++) {
            LAB_TRY(lab_http_send(peer, "piece\n", 6));
            LAB_TRY(lab_sleep(LAB_S));
        }
        return lab_http_end(peer);
    }
    if (strcmp(path, "/fail") == 0)
        return LAB_ENOENT;
    if (strcmp(path, "/mute") == 0)
        return 0;
    return lab_http_reply(peer, 200, "text/plain", path, strlen(path));
}

static struct lab_http_service service;
static lab_stream *door;
static lab_task *server;

static int serve(void *arg) {
    (void)arg;
    return lab_http_serve(door, &service);
}

// Begins to serve by the rules of [rules].
static inline bool open_with(struct lab_http_service rules) {
    service = rules;
    service.answer = answer;
    if (!CHECK_INT(lab_listen(&door, home), 0))
        return false;
    server = lab_spawn("server", serve, NULL);
    return true;
}

static inline bool open(void) {
    return open_with((struct lab_http_service){0});
}

static inline lab_stream *connect(void) {
    lab_stream *peer;
    CHECK_INT(lab_connect(&peer, home, LAB_FOREVER), 0);
    return peer;
}

// Asks for [target] and checks the reply.
static inline void check_ask(lab_stream *peer, const char *target, int status,
                             const char *body) {
    char bytes[256] = "";
    CHECK_INT(lab_http_ask(peer, "GET", target), status);
    int n = lab_http_body(peer, bytes, sizeof bytes - 1);
    if (CHECK(n >= 0))
        bytes[n] = '\0';
    CHECK_STR(bytes, body);
}

// Sends [bytes] as they are and returns all that comes back, until the server
// closes.
static inline const char *say_in(char *reply, size_t size, const char *bytes,
                                 bool ends) {
    lab_stream *peer = connect();
    int n = 0, rc = lab_write(peer, bytes, strlen(bytes));
    if (ends)
        CHECK_INT(lab_shutdown_write(peer), 0);
    CHECK_INT(rc, 0);
    while ((rc = lab_read(peer, reply + n, size - 1 - (size_t)n)) > 0)
        n += rc;
    CHECK_INT(rc, LAB_EOF);
    reply[n] = '\0';
    lab_close(peer);
    return reply;
}

#define SAY(bytes, ends) say_in((char[2000]){0}, 2000, bytes, ends)

#endif
