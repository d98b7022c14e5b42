// A server and its clients in one run, under the virtual clock: exact.

#include "test.h"

#include "core/scope.h"
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

// --- what else a client may do

// Sends [bytes] as they are and returns all that comes back, until the server
// closes.
static const char *say_in(char *reply, size_t size, const char *bytes,
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

#define H "Host: localhost\r\n"
#define CLOSE "Connection: close\r\n"
#define SAY(bytes, ends) say_in((char[2000]){0}, 2000, bytes, ends)

VIRTUAL_TEST(a_client_that_ends_its_writing_is_answered_still) {
    MUST(open());
    CHECK_STR(SAY("GET /slow HTTP/1.1\r\n" H "\r\n", true),
              "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
              "Content-Length: 5\r\n\r\n/slow");
    CHECK_INT(lab_now(), LAB_S);
    CHECK_STR(SAY("", true), "");
    CHECK_STR(SAY("GET /slow HT", true), "");
    CHECK_INT(lab_now(), LAB_S);
}

VIRTUAL_TEST(requests_sent_together_are_answered_in_turn) {
    MUST(open());
    CHECK_STR(SAY("GET /slow HTTP/1.1\r\n" H "\r\n"
                  "GET /b HTTP/1.1\r\n" H CLOSE "\r\n",
                  false),
              "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
              "Content-Length: 5\r\n\r\n/slow"
              "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
              "Content-Length: 2\r\n" CLOSE "\r\n/b");
}

VIRTUAL_TEST(an_old_client_gets_what_it_understands) {
    MUST(open());
    CHECK_STR(SAY("GET /a HTTP/1.0\r\n" H "\r\n", false),
              "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
              "Content-Length: 2\r\n" CLOSE "\r\n/a");
    CHECK_STR(
        SAY("GET /a HTTP/1.0\r\n" H "Connection: Keep-Alive\r\n\r\n", true),
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
        "Content-Length: 2\r\nConnection: keep-alive\r\n\r\n/a");
    CHECK_STR(SAY("GET /stream HTTP/1.0\r\n" H "\r\n", false),
              "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n" CLOSE "\r\n"
              "piece\npiece\npiece\n");
}

VIRTUAL_TEST(head_gets_the_head_alone) {
    MUST(open());
    CHECK_STR(SAY("HEAD /a HTTP/1.1\r\n" H "\r\n"
                  "HEAD /stream HTTP/1.1\r\n" H CLOSE "\r\n",
                  false),
              "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
              "Content-Length: 2\r\n\r\n"
              "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
              "Transfer-Encoding: chunked\r\n" CLOSE "\r\n");
    lab_stream *peer = connect();
    CHECK_INT(lab_http_ask(peer, "HEAD", "/page"), 200);
    CHECK_INT(lab_http_head_of(peer)->length, 5);
    CHECK_INT(lab_http_body(peer, NULL, 0), 0);
    check_ask(peer, "/next", 200, "/next");
    lab_close(peer);
}

#define POST(fields) "POST /echo HTTP/1.1\r\n" H fields "\r\n"

VIRTUAL_TEST(a_client_that_asks_is_told_to_continue) {
    char reply[200];
    MUST(open());
    lab_stream *peer = connect();
    const char *head = POST("Expect: 100-continue\r\nContent-Length: 2\r\n");
    CHECK_INT(lab_write(peer, head, strlen(head)), 0);
    CHECK_INT(lab_read_until(peer, "\r\n\r\n", reply, sizeof reply), 25);
    CHECK_STR(reply, "HTTP/1.1 100 Continue\r\n\r\n");
    CHECK_INT(lab_write(peer, "hi", 2), 0);
    CHECK(lab_read_until(peer, "hi", reply, sizeof reply) > 0);
    CHECK_STR(reply, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
    lab_close(peer);
}

VIRTUAL_TEST(a_client_is_told_to_continue_before_a_reply_begins) {
    char reply[200];
    MUST(open());
    lab_stream *peer = connect();
    const char *head = "POST /early HTTP/1.1\r\n" H
                       "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n";
    CHECK_INT(lab_write(peer, head, strlen(head)), 0);
    CHECK_INT(lab_read_until(peer, "\r\n\r\n", reply, sizeof reply), 25);
    CHECK_STR(reply, "HTTP/1.1 100 Continue\r\n\r\n");
    CHECK_INT(lab_write(peer, "hi", 2), 0);
    CHECK(lab_read_until(peer, "0\r\n\r\n", reply, sizeof reply) > 0);
    CHECK_STR(reply, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                     "2\r\nhi\r\n0\r\n\r\n");
    lab_close(peer);
}

// Its body may come or not, so what follows could not be told from it.
VIRTUAL_TEST(a_client_that_asks_and_is_not_told_finds_the_connection_closed) {
    MUST(open());
    CHECK_STR(SAY("POST /a HTTP/1.1\r\n" H "Expect: 100-continue\r\n"
                  "Content-Length: 2\r\n\r\n",
                  false),
              "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
              "Content-Length: 2\r\n" CLOSE "\r\n/a");
}

VIRTUAL_TEST(a_body_that_nobody_reads_is_no_request) {
    MUST(open());
    CHECK_STR(SAY("POST /a HTTP/1.1\r\n" H "Content-Length: 18\r\n\r\n"
                  "GET / HTTP/1.1\r\n\r\n"
                  "POST /b HTTP/1.1\r\n" H
                  "Transfer-Encoding: chunked\r\n" CLOSE "\r\n"
                  "A;x=1\r\nGET / HTTP\r\n0\r\nX: trailer\r\n\r\n",
                  false),
              "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
              "Content-Length: 2\r\n\r\n/a"
              "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
              "Content-Length: 2\r\n" CLOSE "\r\n/b");
}

VIRTUAL_TEST(an_answer_that_fails_is_500) {
    MUST(open());
    lab_stream *peer = connect();
    check_ask(peer, "/fail", 500, "Internal Server Error");
    CHECK(!lab_http_keeps(peer));
    CHECK_INT(lab_http_ask(peer, "GET", "/"), LAB_EPIPE);
    lab_close(peer);
    peer = connect();
    check_ask(peer, "/mute", 500, "Internal Server Error");
    lab_close(peer);
}

VIRTUAL_TEST(a_head_has_a_most) {
    enum { MOST = 16 * 1024 };
    static char head[MOST + 100];
    MUST(open());
    for (int over = 0; over < 2; over++) {
        int n = snprintf(head, sizeof head, "GET / HTTP/1.1\r\n" H CLOSE "X: ");
        memset(head + n, 'a', MOST - (size_t)n - 4 + (size_t)over);
        snprintf(head + MOST - 4 + over, 5, "\r\n\r\n");
        const char *reply = SAY(head, false);
        CHECK(strstr(reply, over ? "HTTP/1.1 431 " : "HTTP/1.1 200 ") == reply);
    }
}

// --- time

// Sends a byte each second, and returns when the server closes.
static void drip(const char *bytes, char *reply, size_t size) {
    lab_stream *peer = connect();
    for (const char *at = bytes; lab_write(peer, at, 1) == 0 && at[1]; at++)
        if (lab_sleep(LAB_S) < 0)
            break;
    int n = lab_read(peer, reply, size - 1);
    reply[n > 0 ? n : 0] = '\0';
    lab_close(peer);
}

VIRTUAL_TEST(a_slow_client_is_told_so_when_the_patience_is_over) {
    char reply[200];
    MUST(open());
    drip("GET / HTTP/1.1\r\n", reply, sizeof reply);
    CHECK(strstr(reply, "HTTP/1.1 408 Request Timeout\r\n") == reply);
}

VIRTUAL_TEST(a_slow_body_is_no_better_than_a_slow_head) {
    char reply[200];
    MUST(open_with((struct lab_http_service){.patience = 5 * LAB_S}));
    lab_stream *peer = connect();
    const char *head = POST("Content-Length: 100\r\n");
    CHECK_INT(lab_write(peer, head, strlen(head)), 0);
    for (int i = 0; i < 5; i++) {
        CHECK_INT(lab_write(peer, "x", 1), 0);
        CHECK_INT(lab_sleep(LAB_S), 0);
    }
    CHECK(lab_read_until(peer, "\r\n", reply, sizeof reply) > 0);
    CHECK_STR(reply, "HTTP/1.1 408 Request Timeout\r\n");
    CHECK_INT(lab_now(), 5 * LAB_S);
    lab_close(peer);
}

VIRTUAL_TEST(an_idle_connection_is_closed_in_the_end) {
    char byte;
    MUST(open());
    lab_stream *fresh = connect();
    CHECK_INT(lab_read(fresh, &byte, 1), LAB_EOF);
    CHECK_INT(lab_now(), 10 * LAB_S);
    lab_close(fresh);
    lab_stream *peer = connect();
    check_ask(peer, "/", 200, "/");
    CHECK_INT(lab_sleep(59 * LAB_S), 0);
    check_ask(peer, "/", 200, "/");
    CHECK_INT(lab_read(peer, &byte, 1), LAB_EOF);
    CHECK_INT(lab_now(), (10 + 59 + 60) * LAB_S);
    lab_close(peer);
}

// It sends requests until there is no more room for replies, and reads none.
static int ask_only(void *peer) {
    static const char head[] =
        "GET /aaaaaaaaaaaaaaaaaaaa HTTP/1.1\r\n" H "\r\n";
    for (;;)
        LAB_TRY(lab_write(peer, head, sizeof head - 1));
}

VIRTUAL_TEST(a_client_that_reads_nothing_is_given_up) {
    MUST(open());
    lab_stream *peer = connect();
    CHECK_INT(lab_within(15 * LAB_S, ask_only, peer), LAB_EPIPE);
    CHECK_INT(lab_now(), 10 * LAB_S);
    CHECK_INT(service.connections, 0);
    lab_close(peer);
}

// --- many

static int ask_slow(void *arg) {
    (void)arg;
    lab_stream *peer;
    LAB_TRY(lab_connect(&peer, home, LAB_FOREVER));
    int status = lab_http_ask(peer, "GET", "/slow");
    lab_close(peer);
    return status;
}

VIRTUAL_TEST(requests_are_answered_at_the_same_time_and_counted) {
    enum { N = 100 };
    lab_task *tasks[N];
    MUST(open());
    for (int i = 0; i < N; i++)
        tasks[i] = lab_spawn("ask", ask_slow, NULL);
    CHECK_INT(lab_gather(tasks, N), 0);
    CHECK_INT(lab_now(), LAB_S);
    CHECK_INT(service.in_flight_most, N);
    CHECK_INT(service.in_flight, 0);
    CHECK_INT(service.served, N);
    CHECK_INT(lab_yield(), 0);
    CHECK_INT(lab_yield(), 0);
    CHECK_INT(service.connections, 0);
}

VIRTUAL_TEST(the_one_that_is_idle_for_longest_makes_room) {
    char byte;
    MUST(open_with((struct lab_http_service){.connections_most = 2}));
    lab_stream *first = connect();
    check_ask(first, "/", 200, "/");
    lab_stream *second = connect();
    check_ask(second, "/", 200, "/");
    check_ask(first, "/", 200, "/");                // now second is
    CHECK_INT(lab_write(second, "GET / HT", 8), 0); // and is, with half a head
    lab_stream *third = connect();
    check_ask(third, "/", 200, "/");
    CHECK_INT(lab_read(second, &byte, 1), LAB_EOF);
    check_ask(first, "/", 200, "/");
    CHECK_INT(lab_now(), 0);
    CHECK_INT(service.connections, 2);
    lab_close(first);
    lab_close(second);
    lab_close(third);
}

VIRTUAL_TEST(where_all_are_busy_a_new_one_waits) {
    lab_task *tasks[3];
    MUST(open_with((struct lab_http_service){.connections_most = 2}));
    for (int i = 0; i < 3; i++)
        tasks[i] = lab_spawn("ask", ask_slow, NULL);
    CHECK_INT(lab_gather(tasks, 3), 0);
    CHECK_INT(lab_now(), 2 * LAB_S);
    CHECK_INT(service.in_flight_most, 2);
}

// --- the end

VIRTUAL_TEST(a_cancelled_server_ends_with_all_of_its_connections) {
    lab_task *tasks[3];
    MUST(open());
    lab_stream *idle = connect();
    for (int i = 0; i < 3; i++)
        tasks[i] = lab_spawn("ask", ask_slow, NULL);
    CHECK_INT(lab_sleep(LAB_MS), 0);
    CHECK_INT(service.connections, 4);
    lab_task *late =
        lab_spawn("late", ask_slow, NULL); // whose connection has not begun
    CHECK_INT(lab_yield(), 0);
    lab_cancel(server);
    CHECK_INT(lab_gather_all(&server, 1), 1);
    CHECK_INT(lab_task_result(server), LAB_ECANCELED);
    CHECK_INT(service.connections, 0);
    CHECK_INT(service.in_flight, 0);
    CHECK(lab_task_child(server, NULL) == NULL ||
          lab_task_done(lab_task_child(server, NULL)));
    CHECK_INT(lab_gather_all(tasks, 3), 3);
    CHECK_INT(lab_task_result(tasks[0]), LAB_EPROTO);
    CHECK_INT(lab_gather_all(&late, 1), 1);
    CHECK_INT(lab_now(), LAB_MS);
    lab_close(idle);
}

VIRTUAL_TEST(a_server_ends_when_its_door_is_closed) {
    MUST(open());
    lab_stream *peer = connect();
    check_ask(peer, "/", 200, "/");
    lab_close(door);
    CHECK_INT(lab_await(server), LAB_EBADF);
    CHECK_INT(service.connections, 0);
    lab_close(peer);
}

VIRTUAL_TEST(a_client_that_goes_away_takes_nothing_with_it) {
    static const char *const parts[] = {"",
                                        "GET",
                                        "GET /slow HTTP/1.1\r\n" H "\r\n",
                                        POST("Content-Length: 9\r\n"),
                                        "GET /stream HTTP/1.1\r\n" H "\r\n",
                                        "nonsense\r\n\r\n"};
    MUST(open());
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        lab_stream *peer = connect();
        CHECK_INT(lab_write(peer, parts[i], strlen(parts[i])), 0);
        CHECK_INT(lab_yield(), 0);
        lab_close(peer);
    }
    CHECK_INT(lab_sleep(5 * LAB_S), 0);
    CHECK_INT(service.connections, 0);
    CHECK_INT(service.in_flight, 0);
    lab_stream *peer = connect();
    check_ask(peer, "/", 200, "/");
    lab_close(peer);
}
