// A server and its clients in one run, under the virtual clock: exact.

#include "test.h"

#include "core/group.h"
#include "core/stream.h"
#include "core/task.h"
#include "net/http.h"

#include <stdio.h>
#include <string.h>

static const char home[] = "tcp:127.0.0.1:80";

// --- a server with something of everything

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
static bool open_with(struct lab_http_service rules) {
    service = rules;
    service.answer = answer;
    if (!CHECK_INT(lab_listen(&door, home), 0))
        return false;
    server = lab_spawn("server", serve, NULL);
    return true;
}

static bool open(void) {
    return open_with((struct lab_http_service){0});
}

static lab_stream *connect(void) {
    lab_stream *peer;
    CHECK_INT(lab_connect(&peer, home, LAB_FOREVER), 0);
    return peer;
}

// Asks for [target] and checks the reply.
static void check_ask(lab_stream *peer, const char *target, int status,
                      const char *body) {
    char bytes[256] = "";
    CHECK_INT(lab_http_ask(peer, "GET", target), status);
    int n = lab_http_body(peer, bytes, sizeof bytes - 1);
    if (CHECK(n >= 0))
        bytes[n] = '\0';
    CHECK_STR(bytes, body);
}

VIRTUAL_TEST(requests_follow_each_other_on_one_connection) {
    MUST(open());
    lab_stream *peer = connect();
    check_ask(peer, "/one", 200, "/one");
    check_ask(peer, "/two?x=1", 200, "/two?x=1");
    CHECK_INT(lab_http_ask_with(peer, "POST", "/echo", "text/plain", "hi", 2),
              200);
    char body[8];
    CHECK_INT(lab_http_body(peer, body, sizeof body), 2);
    CHECK_INT(lab_now(), 0);
    check_ask(peer, "/slow", 200, "/slow");
    CHECK_INT(lab_now(), LAB_S);
    CHECK_INT(service.connections, 1);
    CHECK_INT(service.served, 4);
    lab_close(peer);
}

VIRTUAL_TEST(a_streamed_reply_comes_piece_by_piece) {
    char body[64];
    MUST(open());
    lab_stream *peer = connect();
    CHECK_INT(lab_http_ask(peer, "GET", "/stream"), 200);
    for (int i = 0; i < 3; i++) {
        CHECK_INT(lab_http_read(peer, body, sizeof body), 6);
        CHECK_INT(lab_now(), i * LAB_S);
    }
    CHECK_INT(lab_http_read(peer, body, sizeof body), LAB_EOF);
    CHECK_INT(lab_now(), 3 * LAB_S);
    check_ask(peer, "/after", 200, "/after");
    CHECK(lab_http_keeps(peer));
}

VIRTUAL_TEST(a_streamed_request_is_read_like_any_other) {
    char body[64];
    MUST(open());
    lab_stream *peer = connect();
    CHECK_INT(lab_http_begin_ask(peer, "POST", "/echo", NULL), 0);
    CHECK_INT(lab_http_send(peer, "one,", 4), 0);
    CHECK_INT(lab_http_send(peer, "", 0), 0);
    CHECK_INT(lab_sleep(LAB_S), 0);
    CHECK_INT(lab_http_send(peer, "two", 3), 0);
    CHECK_INT(lab_http_end(peer), 200);
    CHECK_INT(lab_http_body(peer, body, sizeof body), 7);
    CHECK(memcmp(body, "one,two", 7) == 0);
}
