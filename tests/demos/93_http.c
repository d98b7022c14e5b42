// 93 http: what other programs' clients are tried against.
//
// A server for tests/net: /delay/MS, /status/N, /bytes/N, /stream/N, /echo,
// /counts, and "ok" for every other page. It says its port and serves until it
// is told to stop, or for as long as [stay] says.

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
    int n = snprintf(body, sizeof body, "{\"connections\": %zu, \"most\": %zu}\n",
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
        .answer = answer, .patience = lab_param("patience")};
    snprintf(address, sizeof address, "tcp:127.0.0.1:%d",
             (int)lab_param("port"));
    LAB_TRY(lab_listen(&door, address));
    lab_say("port %d", lab_port(door));
    lab_task *server = lab_spawn("server", serve, door);
    LAB_TRY(lab_sleep(lab_param("stay")));
    lab_cancel(server);
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
    .variants = {{"until_told", until_told, "serve", "stay"}}};
