// A server and its clients in one run, under the virtual clock: exact.

#include "server.h"

#include "base/alloc.h"
#include "core/loop.h"
#include "core/room.h"
#include "core/scope.h"

#include <unistd.h>

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

static int ask_for_slow(void *peer) {
    return lab_http_ask(peer, "GET", "/slow");
}

static int ask_slow(void *arg) {
    (void)arg;
    lab_stream *peer;
    LAB_TRY(lab_connect(&peer, home, LAB_FOREVER));
    int status = ask_for_slow(peer);
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

// --- whom it serves

VIRTUAL_TEST(only_names_that_lead_here_are_served) {
    static const char *const more[] = {"httpbin.org", NULL};
    static const struct {
        const char *host;
        int status, with_any;
    } rows[] = {{"localhost", 200, 200},       {"LOCALHOST:80", 200, 200},
                {"127.0.0.1:", 200, 200},      {"[::1]:8000", 200, 200},
                {"httpbin.org", 200, 200},     {"httpbin.org:80", 200, 200},
                {"www.httpbin.org", 421, 200}, {"httpbin.org.evil", 421, 200},
                {"httpbin.org:80x", 421, 200}};
    MUST(open_with((struct lab_http_service){.hosts = more}));
    for (int any = 0; any < 2; any++) {
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
            lab_stream *peer = connect();
            CHECK_INT(lab_http_add(peer, "Host", rows[i].host), 0);
            CHECK_INT(lab_http_ask(peer, "GET", "/"),
                      any ? rows[i].with_any : rows[i].status);
            lab_close(peer);
        }
        service.any_host = true;
    }
}

// --- replies that leave late

enum { TOO_MUCH = 16 * 1024 * 1024 }; // for any socket
static char address[TEST_FOLDER + 16];

// Writes as much as there is room for, and then replies.
static int fill_and_reply(lab_stream *peer, const struct lab_http_head *request,
                          void *bytes) {
    CHECK_INT(lab_room_write(peer, bytes, TOO_MUCH, 1), LAB_ETIMEDOUT);
    return answer(peer, request, NULL);
}

// The last bytes that come until the end, with a 0.
static void read_last(lab_stream *peer, char *last, size_t most) {
    char bytes[4096];
    size_t kept = 0;
    int n;
    while ((n = lab_read(peer, bytes, sizeof bytes)) > 0) {
        size_t fresh = (size_t)n < most ? (size_t)n : most;
        size_t old = kept < most - fresh ? kept : most - fresh;
        memmove(last, last + kept - old, old);
        memcpy(last + old, bytes + (size_t)n - fresh, fresh);
        kept = old + fresh;
    }
    CHECK_INT(n, LAB_EOF);
    last[kept] = '\0';
}

typedef int end_fn(lab_stream *peer);

// Asks a server of one connection, does what ends this one, and reads the reply
// only then.
static int ask_and_end(void *arg) {
    static const char request[] = "GET /last HTTP/1.1\r\n" H "\r\n";
    char *bytes = lab_alloc(TOO_MUCH), last[6];
    lab_stream *peer;
    end_fn *const *end = arg;
    service = (struct lab_http_service){.answer = fill_and_reply,
                                        .arg = bytes,
                                        .quick = true,
                                        .connections_most = 1};
    LAB_TRY(lab_listen(&door, address));
    server = lab_spawn("server", serve, NULL);
    LAB_TRY(lab_connect(&peer, address, LAB_FOREVER));
    LAB_TRY(lab_write(peer, request, sizeof request - 1));
    while (service.served == 0)
        LAB_TRY(lab_yield());
    LAB_TRY((*end)(peer));
    // The server has the end before we read. That it waits is what is tested.
    for (int i = 0; i < 1000 && service.connections > 0; i++)
        LAB_TRY(lab_yield());
    read_last(peer, last, sizeof last - 1);
    CHECK_STR(last, "/last");
    lab_close(door);
    CHECK_INT(lab_await(server), LAB_EBADF);
    lab_free(bytes);
    return 0;
}

static void check_last_reply(end_fn *end) {
    char folder[TEST_FOLDER];
    MUST(test_folder(folder));
    snprintf(address, sizeof address, "unix:%s/door", folder);
    CHECK_INT(lab_loop_main("main", ask_and_end, &end), 0);
    CHECK_INT(rmdir(folder), 0);
}

TEST(a_late_reply_comes_though_the_client_has_ended_its_writing) {
    check_last_reply(lab_shutdown_write);
}

static int need_its_place(lab_stream *peer) {
    lab_stream *other;
    (void)peer;
    return lab_connect(&other, address, LAB_FOREVER);
}

TEST(a_late_reply_comes_though_another_client_needs_the_place) {
    check_last_reply(need_its_place);
}

// One that becomes idle while another waits makes room for it.
VIRTUAL_TEST(a_new_one_need_not_wait_until_a_busy_one_goes_away) {
    MUST(open_with((struct lab_http_service){.connections_most = 1}));
    lab_stream *first = connect();
    lab_task *slow = lab_spawn("ask", ask_for_slow, first);
    CHECK_INT(lab_yield(), 0);
    lab_stream *second = connect();
    check_ask(second, "/", 200, "/");
    CHECK_INT(lab_await(slow), 200);
    CHECK(lab_now() < 2 * LAB_S);
    lab_close(first);
    lab_close(second);
}
