// What a server writes, byte by byte, to clients of every kind.

#include "server.h"

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
