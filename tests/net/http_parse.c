// What must not be understood: requests and replies that are malformed, or that
// two programs could read in two ways.

#include "test.h"

#include "base/alloc.h"
#include "core/stream.h"
#include "core/task.h"
#include "net/http.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char home[] = "tcp:127.0.0.1:80";

#define H "Host: localhost\r\n"
#define GET "GET / HTTP/1.1\r\n"
#define POST "POST /echo HTTP/1.1\r\n" H
#define CHUNKED POST "Transfer-Encoding: chunked\r\n\r\n"
#define A10 "aaaaaaaaaa"
#define A100 A10 A10 A10 A10 A10 A10 A10 A10 A10 A10
#define A1000 A100 A100 A100 A100 A100 A100 A100 A100 A100 A100
#define X10                                                                    \
    "X: a\r\nX: b\r\nX: c\r\nX: d\r\nX: e\r\n"                                 \
    "X: f\r\nX: g\r\nX: h\r\nX: i\r\nX: j\r\n"

struct row {
    int status;
    const char *bytes;
    size_t size;
};
// clang-format off
#define ROW(status, bytes) {status, bytes, sizeof(bytes) - 1}

static const struct row requests[] = {
    // The first line.
    ROW(400, "GET\r\n\r\n"),
    ROW(400, "GET /\r\n\r\n"),
    ROW(400, "GET / \r\n\r\n"),
    ROW(400, "GET  / HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "GET /  HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "GET / HTTP/1.1 \r\n" H "\r\n"),
    ROW(400, "GET /a b HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "GET\t/ HTTP/1.1\r\n" H "\r\n"),
    ROW(400, " GET / HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "\r\n\r\nGET / HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "\nGET / HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "G@T / HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "GET: / HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "G\0T / HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "GET /\0 HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "GET /\x7f HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "GET /\x01 HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "GET /\xc3\xa9 HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "GET /a\rb HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "GET /\t HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "GET page HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "GET ../page HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "GET ?q HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "GET /#part HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "GET *x HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "CONNECT localhost:80 HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "GET https://localhost/ HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "GET ftp://localhost/ HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "GET http:/// HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "GET http://localhost HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "GET http://other/ HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "GET http://localhost/ HTTP/1.0\r\n\r\n"),
    ROW(400, "GET http://localhost?q=/ HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "GET http://a@localhost/ HTTP/1.1\r\n" H "\r\n"),
    // The version.
    ROW(400, "GET / http/1.1\r\n" H "\r\n"),
    ROW(400, "GET / HTTP/1\r\n" H "\r\n"),
    ROW(400, "GET / HTTP/1.\r\n" H "\r\n"),
    ROW(400, "GET / HTTP/1.11\r\n" H "\r\n"),
    ROW(400, "GET / HTTP/11.1\r\n" H "\r\n"),
    ROW(400, "GET / HTTP/+1.1\r\n" H "\r\n"),
    ROW(400, "GET / HTTP/1,1\r\n" H "\r\n"),
    ROW(400, "GET / HTTP 1.1\r\n" H "\r\n"),
    ROW(400, "GET / HTTPS/1.1\r\n" H "\r\n"),
    ROW(400, "GET / ICY/1.1\r\n" H "\r\n"),
    ROW(505, "GET / HTTP/1.2\r\n" H "\r\n"),
    ROW(505, "GET / HTTP/2.0\r\n" H "\r\n"),
    ROW(505, "GET / HTTP/0.9\r\n" H "\r\n"),
    ROW(505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    // Other protocols.
    ROW(400, "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"),
    ROW(400, "SSH-2.0-OpenSSH_9.2\r\n\r\n"),
    ROW(400, "\x00"),
    ROW(400, "\xff\xfb\x01"),
    ROW(400, "{\"jsonrpc\": \"2.0\"}\r\n\r\n"),
    // Ends of lines.
    ROW(400, "GET / HTTP/1.1\n" "Host: localhost\n\n"),
    ROW(400, "GET / HTTP/1.1\n" H "\r\n"),
    ROW(400, GET "Host: localhost\n\r\n"),
    ROW(400, GET H "\n"),
    ROW(400, GET H "X: a\nY: b\r\n\r\n"),
    ROW(400, GET H "X: a\rY: b\r\n\r\n"),
    ROW(400, GET H "\rX: a\r\n\r\n"),
    ROW(400, "GET / HTTP/1.1\rX: a\r\n" H "\r\n"),
    ROW(400, "GET / HTTP/1.1\r\r\n" H "\r\n"),
    ROW(400, "GET / HTTP/1.1\0\r\n" H "\r\n"),
    ROW(400, GET H "X: a\r\r\n\r\n"),
    ROW(400, GET H "\r\r\n\r\n"),
    // Fields.
    ROW(400, GET H "X\r\n\r\n"),
    ROW(400, GET H ": a\r\n\r\n"),
    ROW(400, GET H "X : a\r\n\r\n"),
    ROW(400, GET H "X\t: a\r\n\r\n"),
    ROW(400, GET H " X: a\r\n\r\n"),
    ROW(400, GET H "\tX: a\r\n\r\n"),
    ROW(400, GET H "X: a\r\n b\r\n\r\n"),
    ROW(400, GET H "X: a\r\n\tb\r\n\r\n"),
    ROW(400, GET " X: a\r\n" H "\r\n"),
    ROW(400, GET H "X Y: a\r\n\r\n"),
    ROW(400, GET H "X/Y: a\r\n\r\n"),
    ROW(400, GET H "X(Y): a\r\n\r\n"),
    ROW(400, GET H "\xc3\xa9: a\r\n\r\n"),
    ROW(400, GET H "X: a\0b\r\n\r\n"),
    ROW(400, GET H "X\0: a\r\n\r\n"),
    ROW(400, GET H "X: a\x01\r\n\r\n"),
    ROW(400, GET H "X: a\x7f\r\n\r\n"),
    ROW(400, GET H "X: \x1b[2J\r\n\r\n"),
    // The host.
    ROW(400, GET "\r\n"),
    ROW(400, GET "X: a\r\n\r\n"),
    ROW(400, GET H H "\r\n"),
    ROW(400, GET H "Host: other\r\n\r\n"),
    ROW(400, GET "Host: local host\r\n\r\n"),
    ROW(400, GET "Host: localhost/\r\n\r\n"),
    ROW(400, GET "Host: a@localhost\r\n\r\n"),
    ROW(400, GET "Host: localhost#\r\n\r\n"),
    ROW(400, GET "Host: localhost?\r\n\r\n"),
    ROW(421, GET "Host:\r\n\r\n"),
    ROW(421, GET "Host: evil.example\r\n\r\n"),
    ROW(421, GET "Host: localhost.evil.example\r\n\r\n"),
    ROW(421, GET "Host: localhost:80.evil.example\r\n\r\n"),
    ROW(421, GET "Host: localhost:80x\r\n\r\n"),
    ROW(421, GET "Host: 127.0.0.1.evil.example\r\n\r\n"),
    ROW(421, GET "Host: 127.0.0.10\r\n\r\n"),
    ROW(421, GET "Host: [::1].evil.example\r\n\r\n"),
    ROW(421, "GET / HTTP/1.0\r\n\r\n"),
    // How long the body is.
    ROW(400, POST "Content-Length: 4\r\nContent-Length: 4\r\n\r\nabcd"),
    ROW(400, POST "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcd"),
    ROW(400, POST "Content-Length: 4, 4\r\n\r\nabcd"),
    ROW(400, POST "Content-Length:\r\n\r\n"),
    ROW(400, POST "Content-Length: +4\r\n\r\nabcd"),
    ROW(400, POST "Content-Length: -1\r\n\r\n"),
    ROW(400, POST "Content-Length: 4 4\r\n\r\nabcd"),
    ROW(400, POST "Content-Length: 0x4\r\n\r\nabcd"),
    ROW(400, POST "Content-Length: 4a\r\n\r\nabcd"),
    ROW(400, POST "Content-Length: 4.0\r\n\r\nabcd"),
    ROW(400, POST "Content-Length : 4\r\n\r\nabcd"),
    ROW(400, POST "X: a\r\n Content-Length: 4\r\n\r\nabcd"),
    ROW(413, POST "Content-Length: 1001\r\n\r\n"),
    ROW(413, POST "Content-Length: 999999999999999\r\n\r\n"),
    ROW(413, POST "Content-Length: 18446744073709551620\r\n\r\nabcd"),
    ROW(400, POST "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    ROW(400, POST "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n"),
    ROW(400, POST "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"),
    ROW(501, POST "Transfer-Encoding: gzip, chunked\r\n\r\n"),
    ROW(501, POST "Transfer-Encoding: chunked, identity\r\n\r\n"),
    ROW(501, POST "Transfer-Encoding: identity\r\n\r\n"),
    ROW(501, POST "Transfer-Encoding: xchunked\r\n\r\n"),
    ROW(501, POST "Transfer-Encoding:\r\n\r\n"),
    ROW(400, POST "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n"),
    ROW(400, POST "Transfer-Encoding\0: chunked\r\n\r\n0\r\n\r\n"),
    ROW(400, POST "X: a\rTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    ROW(400, "POST /echo HTTP/1.0\r\n" H "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    // Chunks.
    ROW(400, CHUNKED "\r\n"),
    ROW(400, CHUNKED "g\r\n"),
    ROW(400, CHUNKED "-1\r\n"),
    ROW(400, CHUNKED "+1\r\na\r\n"),
    ROW(400, CHUNKED "0x1\r\na\r\n"),
    ROW(400, CHUNKED " 1\r\na\r\n"),
    ROW(400, CHUNKED "1 \r\na\r\n"),
    ROW(400, CHUNKED "1\na\r\n"),
    ROW(400, CHUNKED "1\r\nab\r\n"),
    ROW(400, CHUNKED "2\r\na\r\n0\r\n"),
    ROW(400, CHUNKED "1\r\na\n0\r\n\r\n"),
    ROW(400, CHUNKED "1\r\na0\r\n\r\n"),
    ROW(400, CHUNKED "1;\0\r\na\r\n0\r\n\r\n"),
    ROW(400, CHUNKED "1;\x01\r\na\r\n0\r\n\r\n"),
    ROW(400, CHUNKED "1;" A1000 A100 "\r\na\r\n0\r\n\r\n"),
    ROW(400, CHUNKED "10000000000000001\r\na\r\n0\r\n\r\n"),
    ROW(413, CHUNKED "fffffffffffffff\r\na\r\n0\r\n\r\n"),
    ROW(413, CHUNKED "3e9\r\na\r\n"),
    ROW(413, CHUNKED "1\r\na\r\n3e8\r\na\r\n"),
    ROW(400, CHUNKED "0\r\nX : a\r\n\r\n"),
    ROW(400, CHUNKED "0\r\nX\r\n\r\n"),
    ROW(400, CHUNKED "0\r\nX: a\n\r\n"),
    ROW(400, CHUNKED "0\r\n" X10 X10 X10 X10 X10 X10 X10 "\r\n"),
    // What is expected, and how much.
    ROW(417, GET H "Expect: tea\r\n\r\n"),
    ROW(417, GET H "Expect: 100-continue, tea\r\n\r\n"),
    ROW(431, GET H X10 X10 X10 X10 X10 X10 X10 X10 X10 X10 "\r\n"),
    // What never comes to an end.
    ROW(408, "G"),
    ROW(408, "GET / HTTP/1.1\r\n"),
    ROW(408, GET H "\r"),
    ROW(408, POST "Content-Length: 5\r\n\r\nabcd"),
    ROW(408, CHUNKED "2\r\na"),
    ROW(408, CHUNKED "1\r\na\r\n"),
    ROW(408, CHUNKED "0\r\n"),
    ROW(408, CHUNKED "0\r\nX: a\r\n"),
};
// clang-format on

static int answer(lab_stream *peer, const struct lab_http_head *request,
                  void *arg) {
    char body[2000];
    int n = 0;
    (void)arg;
    if (strcmp(request->target, "/echo") == 0)
        n = lab_http_body(peer, body, sizeof body);
    return n < 0 ? n : lab_http_reply(peer, 200, NULL, body, (size_t)n);
}

static int serve(void *door) {
    struct lab_http_service service = {
        .answer = answer, .body_most = 1000, .patience = LAB_S};
    return lab_http_serve(door, &service);
}

// Sends [row], and another request at once unless it has to end there. Returns
// all that comes back.
static void converse(const struct row *row, char *reply, size_t size) {
    static const char next[] = GET H "\r\n";
    lab_stream *peer;
    int n = 0, rc = lab_connect(&peer, home, LAB_FOREVER);
    if (rc == 0)
        rc = lab_write(peer, row->bytes, row->size);
    if (rc == 0 && row->status != 408)
        rc = lab_write(peer, next, sizeof next - 1);
    CHECK(rc == 0 || rc == LAB_EPIPE);
    while ((rc = lab_read(peer, reply + n, size - 1 - (size_t)n)) > 0)
        n += rc;
    CHECK_INT(rc, LAB_EOF); // and no reset: what was refused is read
    reply[n] = '\0';
    lab_close(peer);
}

// The status of the first reply in [text], and how many replies there are.
static int first_status(const char *text, int *count) {
    *count = 0;
    for (const char *at = text; (at = strstr(at, "HTTP/1.1 ")); at++)
        ++*count;
    return strncmp(text, "HTTP/1.1 ", 9) == 0 ? atoi(text + 9) : 0;
}

static void check_refused(size_t i) {
    char reply[4096];
    int count;
    lab_time begin = lab_now();
    converse(&requests[i], reply, sizeof reply);
    bool passed = CHECK_INT(first_status(reply, &count), requests[i].status);
    passed &= CHECK_INT(count, 1); // what comes after it is no request
    passed &= CHECK(strstr(reply, "\r\nConnection: close\r\n") != NULL);
    // At once, or when the patience is over.
    lab_time least = requests[i].status == 408 ? LAB_S : 0;
    passed &= CHECK(lab_now() - begin >= least);
    passed &= CHECK(lab_now() - begin <= least + LAB_S);
    if (!passed)
        fprintf(stderr, "row %zu: %.60s\n", i, requests[i].bytes);
}

VIRTUAL_TEST(a_malformed_request_is_refused_and_nothing_after_it_is_heard) {
    lab_stream *door;
    CHECK(countof(requests) >= 100);
    MUST(CHECK_INT(lab_listen(&door, home), 0));
    lab_task *server = lab_spawn("server", serve, door);
    for (size_t i = 0; i < countof(requests); i++)
        check_refused(i);
    lab_cancel(server);
}
