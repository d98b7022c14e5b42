// 95 http: do other programs agree with ours about HTTP?
//
// For tests/net/peers. The server has /delay/MS, /status/N, /bytes/N,
// /stream/N, /echo, /counts, and "ok" as every other page. It says its port,
// and serves for as long as [stay] says. The client asks another program's
// server. The flood is many clients of one server, who connect anew for each
// request; for tests/net/floods.

#include "lab.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct lab_http_service service;

// Is [path] "/[name]/" and a number, which is then [*number]?
static bool is(const char *path, const char *name, long *number) {
    size_t n = strlen(name);
    if (strncmp(path, name, n) != 0 || path[n] != '/')
        return false;
    *number = strtol(path + n + 1, NULL, 10);
    return *number >= 0;
}

static int echo(lab_stream *peer) {
    char piece[4096];
    int n;
    LAB_TRY(lab_http_begin(peer, 200, lab_http_field(peer, "content-type")));
    while ((n = lab_http_read(peer, piece, sizeof piece)) > 0)
        LAB_TRY(lab_http_send(peer, piece, (size_t)n));
    return n == LAB_EOF ? lab_http_end(peer) : n;
}

static int stream(lab_stream *peer, long lines) {
    LAB_TRY(lab_http_begin(peer, 200, "text/plain"));
    for (long i = 0; i < lines; i++)
        LAB_TRY(lab_http_send(peer, "line\n", 5));
    return lab_http_end(peer);
}

static int bytes(lab_stream *peer, long size) {
    size_t n = (size_t)size + 1;
    char *body = lab_alloc(n);
    memset(body, 'x', n);
    int rc = lab_http_reply(peer, 200, "text/plain", body, n - 1);
    lab_free(body);
    return rc;
}

static int counts(lab_stream *peer) {
    char body[100];
    int n =
        snprintf(body, sizeof body, "{\"connections\": %zu, \"most\": %zu}\n",
                 service.connections, service.in_flight_most);
    return lab_http_reply(peer, 200, "application/json", body, (size_t)n);
}

static int answer(lab_stream *peer, const struct lab_http_head *request,
                  void *arg) {
    const char *path = request->target;
    long n;
    (void)arg;
    if (is(path, "/delay", &n))
        LAB_TRY(lab_sleep(n * LAB_MS));
    else if (is(path, "/status", &n))
        return lab_http_reply(peer, (int)n, "text/plain", "", 0);
    else if (is(path, "/bytes", &n))
        return bytes(peer, n);
    else if (is(path, "/stream", &n))
        return stream(peer, n);
    else if (strcmp(path, "/echo") == 0)
        return echo(peer);
    else if (strcmp(path, "/counts") == 0)
        return counts(peer);
    return lab_http_reply(peer, 200, "text/plain", "ok\n", 3);
}

static int serve(void *door) {
    return lab_http_serve(door, &service);
}

static int until_told(void) {
    lab_stream *door;
    char address[40];
    service = (struct lab_http_service){
        .answer = answer, .quick = true, .patience = lab_param("patience")};
    snprintf(address, sizeof address, "tcp:127.0.0.1:%d",
             (int)lab_param("port"));
    LAB_TRY(lab_listen(&door, address));
    lab_say("port %d", lab_port(door));
    lab_task *server = lab_spawn("server", serve, door);
    LAB_TRY(lab_sleep(lab_param("stay")));
    lab_cancel(server);
    return 0;
}

// --- the client

enum { PIECE = 1000, PIECES = 100 };

// Reads the reply, and says what came.
static int hear(lab_stream *peer, const char *what, int status) {
    char piece[PIECE];
    int size = 0, n;
    LAB_TRY(status);
    while ((n = lab_http_read(peer, piece, sizeof piece)) > 0)
        size += n;
    if (n != LAB_EOF)
        return n;
    lab_say("%s: %d, %d bytes", what, status, size);
    return 0;
}

static int ask_plainly(lab_stream *peer) {
    return hear(peer, "plain", lab_http_ask(peer, "GET", "/plain"));
}

static int ask_for_chunks(lab_stream *peer) {
    return hear(peer, "chunked", lab_http_ask(peer, "GET", "/chunked"));
}

static int ask_for_none(lab_stream *peer) {
    return hear(peer, "none", lab_http_ask(peer, "GET", "/none"));
}

static int ask_for_head(lab_stream *peer) {
    return hear(peer, "head", lab_http_ask(peer, "HEAD", "/plain"));
}

static int ask_to_echo(lab_stream *peer) {
    static char body[PIECES * PIECE];
    memset(body, 'x', sizeof body);
    return hear(peer, "echo",
                lab_http_ask_with(peer, "POST", "/echo", "text/plain", body,
                                  sizeof body));
}

static int ask_in_chunks(lab_stream *peer) {
    char piece[PIECE];
    memset(piece, 'x', sizeof piece);
    LAB_TRY(lab_http_begin_ask(peer, "POST", "/echo", "text/plain"));
    for (int i = 0; i < PIECES; i++)
        LAB_TRY(lab_http_send(peer, piece, sizeof piece));
    return hear(peer, "echo in chunks", lab_http_end(peer));
}

// All of them, on one connection for as long as the server keeps it.
static int ask(void) {
    static int (*const all[])(lab_stream *) = {ask_plainly,  ask_for_chunks,
                                               ask_for_none, ask_for_head,
                                               ask_to_echo,  ask_in_chunks};
    lab_stream *peer = NULL;
    char address[40];
    int connections = 0;
    snprintf(address, sizeof address, "tcp:127.0.0.1:%d",
             (int)lab_param("port"));
    for (size_t i = 0; i < countof(all); i++) {
        if (!peer || !lab_http_keeps(peer)) {
            lab_close(peer);
            LAB_TRY(lab_connect(&peer, address, 60 * LAB_S));
            connections++;
        }
        LAB_TRY(all[i](peer));
    }
    lab_close(peer);
    lab_say("connections: %d", connections);
    return 0;
}

// --- the flood

enum { CLIENTS = 100 };

static struct {
    char address[40];
    lab_time end, slowest;
    long answered, failed;
} flood_of;

static int ask_once(void) {
    lab_stream *peer;
    char body[16];
    LAB_TRY(lab_connect(&peer, flood_of.address, 60 * LAB_S));
    int rc = lab_http_ask(peer, "GET", "/");
    if (rc == 200)
        rc = lab_http_body(peer, body, sizeof body);
    lab_close(peer);
    return rc;
}

static int keep_asking(void *arg) {
    lab_time begin = lab_now();
    (void)arg;
    while (begin < flood_of.end) {
        bool is_answered = ask_once() == 3; // "ok" and a new line
        lab_time now = lab_now();
        flood_of.answered += is_answered;
        flood_of.failed += !is_answered;
        if (now - begin > flood_of.slowest)
            flood_of.slowest = now - begin;
        begin = now;
    }
    return 0;
}

static int flood(void) {
    lab_task *clients[CLIENTS];
    snprintf(flood_of.address, sizeof flood_of.address, "tcp:127.0.0.1:%d",
             (int)lab_param("port"));
    flood_of.end = lab_now() + lab_param("stay");
    for (size_t i = 0; i < CLIENTS; i++)
        clients[i] = lab_spawn("client", keep_asking, NULL);
    LAB_TRY(lab_gather(clients, CLIENTS));
    lab_say("%ld answered, %ld failed, at most %.1f ms", flood_of.answered,
            flood_of.failed, (double)flood_of.slowest / (double)LAB_MS);
    return 0;
}

const struct lab_demo lab_demo = {
    .name = "http",
    .asks = "Do other programs' clients agree?",
    .params = {{"port", 0, .min = 0, .max = 65535, .text = "0 is any free one"},
               {"patience", 1000, .min = 1, .max = 60000, .unit = "ms",
                .text = "how long a client may take over a request"},
               {"stay", 60000, .min = 1, .max = 3600000, .unit = "ms",
                .text = "how long it serves"}},
    .variants = {{"serve", until_told, "serve other clients", "stay"},
                 {"ask", ask, "ask another server",
                  .outside = "another program's server"},
                 {"flood", flood, "connect to another server, again and again",
                  .outside = "another program's server"}}};
