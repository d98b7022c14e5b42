// The client, with a server that says what a test wants it to say.

#include "test.h"

#include "base/alloc.h"
#include "core/stream.h"
#include "core/task.h"
#include "net/http.h"

#include <stdio.h>
#include <string.h>

#define OK "HTTP/1.1 200 OK\r\n"
#define CHUNKED OK "Transfer-Encoding: chunked\r\n\r\n"

// Asks at one end of a pair, whose other end has said [bytes] and ended.
// [*peer] is the asking end, and [*rc] what lab_http_ask returned.
static lab_stream *hear(const char *bytes, size_t size, int *rc) {
    lab_stream *ends[2];
    CHECK_INT(lab_stream_pair(ends), 0);
    CHECK_INT(lab_write(ends[1], bytes, size), 0);
    CHECK_INT(lab_shutdown_write(ends[1]), 0);
    *rc = lab_http_ask(ends[0], "GET", "/");
    return ends[0];
}

struct row {
    const char *bytes;
    size_t size;
    int status, body; // what lab_http_ask and lab_http_body return
    bool keeps;
};
// clang-format off
#define ROW(bytes, ...) {bytes, sizeof(bytes) - 1, __VA_ARGS__}

static const struct row rows[] = {
    // Good ones.
    ROW(OK "Content-Length: 2\r\n\r\nhi", 200, 2, true),
    ROW("HTTP/1.1 404 \r\nContent-Length: 0\r\n\r\n", 404, 0, true),
    ROW("HTTP/1.1 404\r\nContent-Length: 0\r\n\r\n", 404, 0, true),
    ROW("HTTP/1.1 299 a b\tc \xc3\xa9\r\ncontent-length:2\r\n\r\nhi", 299, 2, true),
    ROW(OK "Content-Length: 2\r\nConnection: Close\r\n\r\nhi", 200, 2, false),
    ROW(OK "Content-Length: 2\r\nConnection: te , close\r\n\r\nhi", 200, 2, false),
    ROW("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi", 200, 2, false),
    ROW("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nhi", 200, 2, true),
    ROW("HTTP/1.0 200 OK\r\nConnection: close, keep-alive\r\nContent-Length: 2\r\n\r\nhi", 200, 2, false),
    ROW("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi", 200, 2, false),
    ROW("HTTP/1.0 200 OK\r\n\r\nuntil the end", 200, 13, false),
    ROW(OK "\r\nuntil the end", 200, 13, false),
    ROW(OK "\r\n", 200, 0, false),
    ROW("HTTP/1.1 204 No Content\r\n\r\n", 204, 0, true),
    ROW("HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", 304, 0, true),
    ROW("HTTP/1.1 100 Continue\r\n\r\n" OK "Content-Length: 2\r\n\r\nhi", 200, 2, true),
    ROW("HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"
        "HTTP/1.1 204 None\r\n\r\n", 204, 0, true),
    ROW(CHUNKED "2\r\nhi\r\n0\r\n\r\n", 200, 2, true),
    ROW(CHUNKED "00002;a=\"b\"\r\nhi\r\nA\r\n0123456789\r\n0;x\r\nX: a\r\nY:\r\n\r\n", 200, 12, true),
    ROW(CHUNKED "0\r\n\r\n", 200, 0, true),
    ROW(OK "Expect: tea\r\nHost: a b\r\nContent-Length: 0\r\n\r\n", 200, 0, true),
    // Bad heads.
    ROW("", LAB_EPROTO, LAB_EPROTO, false),
    ROW("HTTP/1.1 200 OK", LAB_EPROTO, LAB_EPROTO, false),
    ROW(OK "X: a\r\n", LAB_EPROTO, LAB_EPROTO, false),
    ROW("HTTP/1.1 200 OK\n\n", LAB_EPROTO, LAB_EPROTO, false),
    ROW("HTTP/1.1 20 OK\r\n\r\n", LAB_EPROTO, LAB_EPROTO, false),
    ROW("HTTP/1.1 0200 OK\r\n\r\n", LAB_EPROTO, LAB_EPROTO, false),
    ROW("HTTP/1.1 +20 OK\r\n\r\n", LAB_EPROTO, LAB_EPROTO, false),
    ROW("HTTP/1.1 600 OK\r\n\r\n", LAB_EPROTO, LAB_EPROTO, false),
    ROW("HTTP/1.1  200 OK\r\n\r\n", LAB_EPROTO, LAB_EPROTO, false),
    ROW("HTTP/1.1 200 \x1b[2J\r\n\r\n", LAB_EPROTO, LAB_EPROTO, false),
    ROW("HTTP/2.0 200 OK\r\n\r\n", LAB_EPROTO, LAB_EPROTO, false),
    ROW("\r\nHTTP/1.1 200 OK\r\n\r\n", LAB_EPROTO, LAB_EPROTO, false),
    ROW("ICY 200 OK\r\n\r\n", LAB_EPROTO, LAB_EPROTO, false),
    ROW("HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n", LAB_EPROTO, LAB_EPROTO, false),
    ROW("HTTP/1.1 100 Continue\r\n\r\n", LAB_EPROTO, LAB_EPROTO, false),
    ROW(OK "X : a\r\n\r\n", LAB_EPROTO, LAB_EPROTO, false),
    ROW(OK "X: a\r\n b\r\n\r\n", LAB_EPROTO, LAB_EPROTO, false),
    ROW(OK "Content-Length: 2\r\nContent-Length: 2\r\n\r\nhi", LAB_EPROTO, LAB_EPROTO, false),
    ROW(OK "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n", LAB_EPROTO, LAB_EPROTO, false),
    ROW(OK "Transfer-Encoding: gzip, chunked\r\n\r\n", LAB_EPROTO, LAB_EPROTO, false),
    ROW(OK "Content-Length: x\r\n\r\n", LAB_EPROTO, LAB_EPROTO, false),
    // Bad bodies.
    ROW(OK "Content-Length: 3\r\n\r\nhi", 200, LAB_EPROTO, false),
    ROW(OK "Content-Length: 31\r\n\r\n", 200, LAB_EMSGSIZE, true),
    ROW(OK "\r\n0123456789012345678901234567890", 200, LAB_EMSGSIZE, false),
    ROW(CHUNKED "", 200, LAB_EPROTO, false),
    ROW(CHUNKED "2\r\nhi", 200, LAB_EPROTO, false),
    ROW(CHUNKED "2\r\nhi\r\n", 200, LAB_EPROTO, false),
    ROW(CHUNKED "2\r\nhi\r\n0\r\n", 200, LAB_EPROTO, false),
    ROW(CHUNKED "2\r\nhiX\r\n0\r\n\r\n", 200, LAB_EPROTO, false),
    ROW(CHUNKED "x\r\n\r\n", 200, LAB_EPROTO, false),
    ROW(CHUNKED "fffffffffffffff\r\nhi", 200, LAB_EPROTO, false),
};
// clang-format on

static void check_row(size_t i) {
    char body[30];
    int rc;
    lab_stream *peer = hear(rows[i].bytes, rows[i].size, &rc);
    bool passed = CHECK_INT(rc, rows[i].status);
    if (rc >= 0)
        passed &=
            CHECK_INT(lab_http_body(peer, body, sizeof body), rows[i].body);
    passed &= CHECK_INT(lab_http_keeps(peer), rows[i].keeps);
    if (!rows[i].keeps)
        passed &= CHECK_INT(lab_http_ask(peer, "GET", "/"), LAB_EPIPE);
    if (!passed)
        fprintf(stderr, "row %zu: %.60s\n", i, rows[i].bytes);
    lab_close(peer);
}

VIRTUAL_TEST(a_reply_is_understood_or_refused) {
    for (size_t i = 0; i < countof(rows); i++)
        check_row(i);
}

// What a request looks like that [ask] makes.
static const char *written_by(void (*ask)(lab_stream *peer), char *text,
                              size_t size) {
    lab_stream *ends[2];
    CHECK_INT(lab_stream_pair(ends), 0);
    CHECK_INT(lab_write(ends[1], "HTTP/1.1 204 None\r\n\r\n", 21), 0);
    ask(ends[0]);
    lab_close(ends[0]);
    int n = lab_read(ends[1], text, size - 1);
    text[n > 0 ? n : 0] = '\0';
    lab_close(ends[1]);
    return text;
}

static void ask_plainly(lab_stream *peer) {
    CHECK_INT(lab_http_ask(peer, "GET", "/a?b"), 204);
}

static void ask_with_fields(lab_stream *peer) {
    CHECK_INT(lab_http_add(peer, "Accept", "*/*"), 0);
    CHECK_INT(lab_http_add(peer, "host", "example.org"), 0);
    CHECK_INT(lab_http_ask_with(peer, "PUT", "/", "text/plain", "hi", 2), 204);
}

static void ask_with_nothing(lab_stream *peer) {
    CHECK_INT(lab_http_ask_with(peer, "POST", "/", NULL, NULL, 0), 204);
}

static void ask_in_chunks(lab_stream *peer) {
    CHECK_INT(lab_http_begin_ask(peer, "POST", "/", "a/b"), 0);
    CHECK_INT(lab_http_ask(peer, "GET", "/"), LAB_EINVAL); // not in between
    CHECK_INT(lab_http_send(peer, "0123456789", 10), 0);
    CHECK_INT(lab_http_send(peer, "", 0), 0);
    CHECK_INT(lab_http_end(peer), 204);
    CHECK_INT(lab_http_end(peer), LAB_EINVAL);
    CHECK_INT(lab_http_send(peer, "x", 1), LAB_EINVAL);
    CHECK_INT(lab_http_reply(peer, 200, NULL, "", 0), LAB_EINVAL);
}

#define WRITTEN(ask) written_by(ask, (char[500]){0}, 500)

VIRTUAL_TEST(requests_are_written_so) {
    CHECK_STR(WRITTEN(ask_plainly), "GET /a?b HTTP/1.1\r\n"
                                    "Host: localhost\r\n\r\n");
    CHECK_STR(WRITTEN(ask_with_fields),
              "PUT / HTTP/1.1\r\nAccept: */*\r\nhost: example.org\r\n"
              "Content-Type: text/plain\r\nContent-Length: 2\r\n\r\nhi");
    CHECK_STR(WRITTEN(ask_with_nothing),
              "POST / HTTP/1.1\r\nHost: localhost\r\n"
              "Content-Length: 0\r\n\r\n");
    CHECK_STR(WRITTEN(ask_in_chunks),
              "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: a/b\r\n"
              "Transfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n0\r\n\r\n");
}

// What is written into a head stays in its line.
VIRTUAL_TEST(what_would_begin_another_line_is_refused) {
    lab_stream *ends[2];
    static const char *const bad[] = {"a\r\nb", "a\nb", "a\rb", "a\x01"};
    static char most[2000];
    memset(most, 'a', sizeof most - 1);
    MUST(CHECK_INT(lab_stream_pair(ends), 0));
    for (size_t i = 0; i < countof(bad); i++) {
        CHECK_INT(lab_http_add(ends[0], "X", bad[i]), LAB_EINVAL);
        CHECK_INT(lab_http_add(ends[0], bad[i], "x"), LAB_EINVAL);
        CHECK_INT(lab_http_ask(ends[0], bad[i], "/"), LAB_EINVAL);
        CHECK_INT(lab_http_ask(ends[0], "GET", bad[i]), LAB_EINVAL);
        CHECK_INT(lab_http_begin_ask(ends[0], "GET", "/", bad[i]), LAB_EINVAL);
    }
    CHECK_INT(lab_http_ask(ends[0], "GET", "/a b"), LAB_EINVAL);
    CHECK_INT(lab_http_ask(ends[0], "", "/"), LAB_EINVAL);
    CHECK_INT(lab_http_add(ends[0], "", "x"), LAB_EINVAL);
    CHECK_INT(lab_http_add(ends[0], "content-length", "1"), LAB_EINVAL);
    CHECK_INT(lab_http_add(ends[0], "Transfer-Encoding", "x"), LAB_EINVAL);
    CHECK_INT(lab_http_add(ends[0], "X", most), LAB_EMSGSIZE);
    lab_close(ends[0]);
    CHECK_INT(lab_http_add(ends[0], "X", "x"), LAB_EBADF);
    lab_close(ends[1]);
}

// The server refuses after the head, and closes without reading the body.
static int refuse_early(void *peer) {
    char head[200];
    LAB_TRY(lab_read_until(peer, "\r\n\r\n", head, sizeof head));
    LAB_TRY(
        lab_write(peer, "HTTP/1.1 413 No\r\nContent-Length: 0\r\n\r\n", 38));
    lab_close(peer);
    return 0;
}

VIRTUAL_TEST(a_server_that_refuses_early_is_heard) {
    static char body[200 * 1024]; // more than is on its way
    lab_stream *ends[2];
    MUST(CHECK_INT(lab_stream_pair(ends), 0));
    lab_spawn("server", refuse_early, ends[1]);
    CHECK_INT(lab_http_ask_with(ends[0], "PUT", "/", NULL, body, sizeof body),
              413);
    CHECK(!lab_http_keeps(ends[0]));
    lab_close(ends[0]);
}

static int ask_once(void *peer) {
    return lab_http_ask(peer, "GET", "/");
}

VIRTUAL_TEST(one_task_at_a_time_asks) {
    lab_stream *ends[2];
    MUST(CHECK_INT(lab_stream_pair(ends), 0));
    lab_task *first = lab_spawn("first", ask_once, ends[0]);
    CHECK_INT(lab_yield(), 0);
    CHECK_INT(lab_http_ask(ends[0], "GET", "/"), LAB_EBUSY);
    lab_close(ends[0]); // while the first is in it
    CHECK_INT(lab_await(first), LAB_EBADF);
    CHECK_INT(lab_http_ask(ends[0], "GET", "/"), LAB_EBADF);
    CHECK(lab_http_field(ends[0], "x") == NULL);
    lab_close(ends[1]);
}

VIRTUAL_TEST(a_reply_to_a_head_has_no_body_however_it_was_asked) {
    static const char replies[] =
        OK "Content-Length: 5\r\n\r\n" OK "Content-Length: 2\r\n\r\nhi";
    char body[8];
    lab_stream *ends[2];
    CHECK_INT(lab_stream_pair(ends), 0);
    CHECK_INT(lab_write(ends[1], replies, sizeof replies - 1), 0);
    CHECK_INT(lab_http_begin_ask(ends[0], "HEAD", "/", NULL), 0);
    CHECK_INT(lab_http_send(ends[0], "why not", 7), 0);
    CHECK_INT(lab_http_end(ends[0]), 200);
    CHECK_INT(lab_http_body(ends[0], body, sizeof body), 0);
    CHECK_INT(lab_http_ask(ends[0], "GET", "/"), 200);
    CHECK_INT(lab_http_body(ends[0], body, sizeof body), 2);
}
