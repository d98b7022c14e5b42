// What is written late: in order with all else, and never lost.

#include "test.h"

#include "core/loop.h"
#include "core/room.h"
#include "core/run.h"
#include "core/stream.h"
#include "core/task.h"
#include "core/transport_internal.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static lab_stream *stream;
static int peer; // its other end

static int late(const char *text) {
    return lab_room_write_late(stream, text, strlen(text), LAB_FOREVER);
}

// What has come by now; "" if nothing has, "end" at the end.
static const char *came(void) {
    static char text[100];
    ssize_t n = recv(peer, text, sizeof text - 1, MSG_DONTWAIT);
    text[n > 0 ? n : 0] = '\0';
    return n == 0 ? "end" : n < 0 && errno != EAGAIN ? strerror(errno) : text;
}

// Runs [body] on a real loop between a stream and a plain socket.
static int with_peer(void *arg) {
    lab_fn *const *body = arg;
    int fds[2], little = 1;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) < 0)
        return -errno;
    setsockopt(fds[0], SOL_SOCKET, SO_SNDBUF, &little, sizeof little);
    peer = fds[1];
    LAB_TRY(lab_stream_open(&stream, fds[0]));
    int rc = (*body)(NULL);
    close(peer);
    return rc;
}

static int run(lab_fn *body) {
    return lab_loop_main("test", with_peer, &body);
}

static int leaves(void *arg) {
    (void)arg;
    CHECK_INT(late("one "), 0);
    CHECK_INT(late("two"), 0);
    CHECK_STR(came(), "");
    LAB_TRY(lab_yield());
    CHECK_STR(came(), "one two");
    return 0;
}

TEST(what_is_late_leaves_when_the_turn_is_over) {
    CHECK_INT(run(leaves), 0);
}

static int stays_in_order(void *arg) {
    (void)arg;
    CHECK_INT(late("one "), 0);
    CHECK_INT(lab_write(stream, "two ", 4), 0);
    CHECK_STR(came(), "one two ");
    CHECK_INT(late("three"), 0);
    CHECK_INT(lab_shutdown_write(stream), 0);
    CHECK_STR(came(), "three");
    CHECK_STR(came(), "end");
    CHECK_INT(late("four"), LAB_EPIPE);
    return 0;
}

TEST(what_is_late_stays_in_order) {
    CHECK_INT(run(stays_in_order), 0);
}

static int closes(void *arg) {
    (void)arg;
    CHECK_INT(late("bye"), 0);
    lab_close(stream);
    CHECK_STR(came(), "bye");
    CHECK_STR(came(), "end");
    CHECK_INT(late("more"), LAB_EBADF);
    return 0;
}

TEST(what_is_late_leaves_before_its_stream_is_closed) {
    CHECK_INT(run(closes), 0);
}

enum { PIECE = 1000 };

// Writes late until the socket is full, pieces of a, b, c and so on, and
// returns how many there are.
static size_t fill(void) {
    char piece[PIECE];
    size_t pieces = 0;
    while (!lab_stream_is_stuck(stream) && pieces < 1000) {
        memset(piece, 'a' + (int)(pieces++ % 26), sizeof piece);
        CHECK_INT(lab_room_write_late(stream, piece, sizeof piece, 0), 0);
        CHECK_INT(lab_yield(), 0);
    }
    CHECK(lab_stream_is_stuck(stream));
    return pieces;
}

// Reads [size] bytes, unless nothing comes any more.
static bool reads(lab_stream *reader, char *bytes, size_t size) {
    for (size_t got = 0; got < size;) {
        int n = lab_room_read(reader, bytes + got, size - got, 60 * LAB_S);
        if (!CHECK(n > 0))
            return false;
        got += (size_t)n;
    }
    return true;
}

static int waits_for_room(void *arg) {
    (void)arg;
    size_t pieces = fill();
    lab_stream *reader;
    char piece[PIECE], wanted[PIECE];
    CHECK_INT(lab_shutdown_write(stream), LAB_EBUSY);
    LAB_TRY(lab_stream_open(&reader, dup(peer)));
    for (size_t i = 0; i < pieces && reads(reader, piece, PIECE); i++) {
        memset(wanted, 'a' + (int)(i % 26), sizeof wanted);
        CHECK(memcmp(piece, wanted, sizeof piece) == 0);
    }
    CHECK(!lab_stream_is_stuck(stream));
    CHECK_INT(lab_write(stream, "yes", 3), 0);
    CHECK(reads(reader, piece, 3) && memcmp(piece, "yes", 3) == 0);
    return 0;
}

TEST(what_is_late_waits_for_room_though_no_task_does) {
    CHECK_INT(run(waits_for_room), 0);
}

static int is_bounded(void *arg) {
    static const char much[20 * 1024];
    (void)arg;
    fill();
    CHECK_INT(lab_room_write(stream, "little", 6, 1), LAB_ETIMEDOUT);
    CHECK_INT(lab_room_write_late(stream, much, sizeof much, 1), LAB_ETIMEDOUT);
    return 0;
}

TEST(what_is_written_after_what_is_late_waits_for_it) {
    CHECK_INT(run(is_bounded), 0);
}

static int is_gone(void *arg) {
    char byte;
    (void)arg;
    fill();
    close(peer);
    // Waits until the loop has seen it.
    int rc = lab_read(stream, &byte, 1);
    CHECK(rc == LAB_EOF || rc == LAB_ECONNRESET);
    for (int i = 0; i < 1000 && lab_stream_is_stuck(stream); i++)
        CHECK_INT(lab_yield(), 0);
    CHECK(!lab_stream_is_stuck(stream));
    CHECK_INT(late("more"), 0);
    LAB_TRY(lab_yield());
    CHECK_INT(lab_write(stream, "more", 4), LAB_EPIPE);
    peer = dup(0); // with_peer closes it
    return 0;
}

TEST(what_is_late_for_nobody_is_thrown_away) {
    CHECK_INT(run(is_gone), 0);
}

VIRTUAL_TEST(nothing_is_late_in_memory) {
    lab_stream *ends[2];
    char bytes[4];
    MUST(lab_stream_pair(ends) == 0);
    CHECK_INT(lab_room_write_late(ends[0], "four", 4, LAB_FOREVER), 0);
    CHECK_INT(lab_bytes_count(&ends[0]->late), 0);
    CHECK_INT(lab_read(ends[1], bytes, sizeof bytes), 4);
}
