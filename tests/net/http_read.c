// However the bytes come, in one piece or one by one, they say the same.

#include "test.h"

#include "core/scope.h"
#include "core/stream.h"
#include "core/task.h"
#include "net/http.h"

#include <stdio.h>
#include <string.h>

static const char talk[] = "\r\nPOST /first HTTP/1.1\r\nHost: localhost\r\n"
                           "Content-Length: 10\r\n\r\n0123456789"
                           "PUT /second?x=y HTTP/1.1\r\nHost: 127.0.0.1:80\r\n"
                           "X-Long: a b\tc  \r\nTransfer-Encoding: Chunked\r\n"
                           "\r\n3;x=y\r\nabc\r\n00a\r\ndefghijklm\r\n0\r\n"
                           "Trailer: t\r\n\r\n"
                           "GET /third HTTP/1.1\r\nHost: [::1]\r\n"
                           "Connection: close\r\n\r\n";
static const char heard[] = "POST /first localhost 10:0123456789\n"
                            "PUT /second?x=y 127.0.0.1:80 -1:abcdefghijklm\n"
                            "GET /third [::1] 0:\n";

// Notes what was asked in [arg], and reads the body in small pieces.
static int note(lab_stream *peer, const struct lab_http_head *request,
                void *arg) {
    char piece[4];
    size_t used = strlen(arg);
    char *text = (char *)arg + used;
    int n = snprintf(text, 200, "%s %s %s %d:", request->method,
                     request->target, request->host, (int)request->length);
    text += n;
    while ((n = lab_http_read(peer, piece, sizeof piece)) > 0) {
        memcpy(text, piece, (size_t)n);
        text += n;
    }
    CHECK_INT(n, LAB_EOF);
    CHECK_INT(lab_http_read(peer, piece, sizeof piece), LAB_EOF);
    snprintf(text, 2, "\n");
    const char *value = lab_http_field(peer, "x-long");
    if (strstr(request->target, "second"))
        CHECK_STR(value, "a b\tc");
    return lab_http_reply(peer, 200, NULL, "", 0);
}

static int serve(void *arg) {
    lab_stream *door;
    struct lab_http_service service = {.answer = note, .arg = arg};
    LAB_TRY(lab_listen(&door, "memory:door"));
    int rc = lab_http_serve(door, &service);
    lab_close(door);
    return rc;
}

// Sends the talk in pieces of [size] bytes, the first of [first].
static void check_in_pieces(size_t first, size_t size) {
    char text[1000] = "", reply[1000];
    lab_stream *peer;
    lab_task *server = lab_spawn("server", serve, text);
    CHECK_INT(lab_yield(), 0);
    if (!CHECK_INT(lab_connect(&peer, "memory:door", LAB_FOREVER), 0))
        return;
    for (size_t at = 0, n = first; at < sizeof talk - 1; at += n, n = size) {
        n = n < sizeof talk - 1 - at ? n : sizeof talk - 1 - at;
        CHECK_INT(lab_write(peer, talk + at, n), 0);
        for (int i = 0; i < 3; i++)
            CHECK_INT(lab_yield(), 0);
    }
    while (lab_read(peer, reply, sizeof reply) > 0)
        continue;
    lab_close(peer);
    lab_cancel(server);
    CHECK_INT(lab_await(server), LAB_ECANCELED);
    if (!CHECK_STR(text, heard))
        fprintf(stderr, "in pieces of %zu and %zu bytes\n", first, size);
}

VIRTUAL_TEST(bytes_one_by_one_say_the_same) {
    check_in_pieces(sizeof talk, 1);
    check_in_pieces(1, 1);
    check_in_pieces(3, 7);
}

VIRTUAL_TEST(bytes_cut_anywhere_say_the_same) {
    for (size_t first = 1; first < sizeof talk - 1; first++)
        check_in_pieces(first, sizeof talk);
}

// --- cancelled in the middle

static int write_later(void *peer) {
    static const char reply[] =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n";
    char request[200];
    LAB_TRY(lab_read(peer, request, sizeof request));
    for (size_t i = 0; i < sizeof reply - 1; i++) {
        LAB_TRY(lab_sleep(LAB_S));
        LAB_TRY(lab_write(peer, reply + i, 1));
    }
    return 0;
}

// Reading that gives up and tries again loses nothing.
VIRTUAL_TEST(a_body_is_whole_though_its_reader_gives_up_each_time) {
    lab_stream *ends[2];
    char body[20] = "";
    int size = 0, n = 0, given_up = 0;
    MUST(CHECK_INT(lab_stream_pair(ends), 0));
    lab_task *server = lab_spawn("server", write_later, ends[1]);
    CHECK_INT(lab_http_ask(ends[0], "GET", "/"), 200);
    while (n != LAB_EOF && n != LAB_EPROTO) {
        struct lab_timeout timeout;
        lab_timeout_enter(&timeout, 300 * LAB_MS);
        n = lab_timeout_exit(&timeout, lab_http_read(ends[0], body + size, 9));
        size += n > 0 ? n : 0;
        given_up += n == LAB_ETIMEDOUT;
    }
    CHECK_INT(n, LAB_EOF);
    CHECK_STR(body, "hello world");
    CHECK(given_up > 50);
    CHECK(lab_http_keeps(ends[0]));
    CHECK_INT(lab_await(server), 0);
}
