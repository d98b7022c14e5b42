// From one end of a connection to the other, under the virtual clock: exact.

#include "test.h"

#include "base/alloc.h"
#include "core/executor.h"
#include "core/stream.h"
#include "core/task.h"

#include <string.h>
#include <unistd.h>

static const char home[] = "tcp:127.0.0.1:80";
enum { ROOM = 64 * 1024 };

// --- reading

static lab_stream *ends[2];

// Two ends to try things with.
static bool connected(void) {
    return CHECK_INT(lab_stream_pair(ends), 0);
}

static int write_text(void *arg) {
    return lab_write(ends[1], arg, strlen(arg));
}

VIRTUAL_TEST(reading_gives_what_there_is) {
    char out[10];
    MUST(connected());
    CHECK_INT(write_text("hello"), 0);
    CHECK_INT(lab_read(ends[0], out, 2), 2);
    CHECK(memcmp(out, "he", 2) == 0);
    CHECK_INT(lab_read(ends[0], out, sizeof out), 3);
    CHECK(memcmp(out, "llo", 3) == 0);
    CHECK_INT(lab_read(ends[0], out, 0), LAB_EINVAL);
    CHECK_INT(lab_write(ends[1], out, 0), 0);
    lab_spawn("writer", write_text, "later");
    CHECK_INT(lab_read(ends[0], out, sizeof out), 5);
    CHECK(memcmp(out, "later", 5) == 0);
}

VIRTUAL_TEST(half_a_close_ends_one_way_only) {
    char out[10];
    MUST(connected());
    CHECK_INT(write_text("bye"), 0);
    CHECK_INT(lab_shutdown_write(ends[1]), 0);
    CHECK_INT(lab_shutdown_write(ends[1]), 0);
    CHECK_INT(write_text("more"), LAB_EPIPE);
    CHECK_INT(lab_read(ends[0], out, sizeof out), 3);
    CHECK_INT(lab_read(ends[0], out, sizeof out), LAB_EOF);
    CHECK_INT(lab_read(ends[0], out, sizeof out), LAB_EOF);
    CHECK_INT(lab_write(ends[0], "back", 4), 0);
    CHECK_INT(lab_read(ends[1], out, sizeof out), 4);
}

static int end_later(void *arg) {
    LAB_TRY(lab_sleep(LAB_S));
    return lab_shutdown_write(arg);
}

VIRTUAL_TEST(the_end_wakes_a_reader) {
    char out[10];
    MUST(connected());
    lab_spawn("end", end_later, ends[1]);
    CHECK_INT(lab_read(ends[0], out, sizeof out), LAB_EOF);
    CHECK_INT(lab_now(), LAB_S);
}

// Writes each word of a text by itself, a second before the next.
static int write_words(void *arg) {
    for (char *at = arg; *at;) {
        size_t length = strcspn(at, " ");
        LAB_TRY(lab_write(ends[1], at, length));
        LAB_TRY(lab_sleep(LAB_S));
        at += length + (at[length] == ' ');
    }
    return lab_shutdown_write(ends[1]);
}

VIRTUAL_TEST(lines_are_found_wherever_the_pieces_end) {
    char line[20], rest[20];
    MUST(connected());
    lab_spawn("writer", write_words, "one\r \ntwo\r\n\r\nth ree\r x\r\n rest");
    CHECK_INT(lab_read_until(ends[0], "\r\n", line, sizeof line), 5);
    CHECK_STR(line, "one\r\n");
    CHECK_INT(lab_now(), 1 * LAB_S);
    CHECK_INT(lab_read_until(ends[0], "\r\n", line, sizeof line), 5);
    CHECK_STR(line, "two\r\n");
    CHECK_INT(lab_read_until(ends[0], "\r\n", line, sizeof line), 2);
    CHECK_STR(line, "\r\n");
    CHECK_INT(lab_now(), 1 * LAB_S);
    CHECK_INT(lab_read_until(ends[0], "\r\n", line, sizeof line), 9);
    CHECK_STR(line, "three\rx\r\n");
    CHECK_INT(lab_now(), 3 * LAB_S);
    CHECK_INT(lab_read_until(ends[0], "\r\n", line, sizeof line), LAB_EOF);
    CHECK_INT(lab_now(), 5 * LAB_S);
    CHECK_INT(lab_read(ends[0], rest, sizeof rest), 4); // was left
    CHECK(memcmp(rest, "rest", 4) == 0);
    CHECK_INT(lab_read(ends[0], rest, sizeof rest), LAB_EOF);
}

VIRTUAL_TEST(a_line_too_long_is_left) {
    char line[6];
    MUST(connected());
    CHECK_INT(write_text("1234\n12345\n12345\n"), 0);
    CHECK_INT(lab_read_until(ends[0], "\n", line, sizeof line), 5);
    CHECK_STR(line, "1234\n"); // just fits
    CHECK_INT(lab_read_until(ends[0], "\n", line, sizeof line), LAB_EMSGSIZE);
    CHECK_INT(lab_read_until(ends[0], "\n", line, sizeof line), LAB_EMSGSIZE);
    CHECK_INT(lab_read_exactly(ends[0], line, 6), 6);
    CHECK(memcmp(line, "12345\n", 6) == 0);
    char more[7];
    CHECK_INT(lab_read_until(ends[0], "\n", more, sizeof more), 6);
    CHECK_INT(lab_read_until(ends[0], "\n", more, 1), LAB_EMSGSIZE);
    CHECK_INT(lab_read_until(ends[0], "\n", more, 0), LAB_EINVAL);
    CHECK_INT(lab_read_until(ends[0], "", more, sizeof more), LAB_EINVAL);
}

VIRTUAL_TEST(what_was_read_ahead_is_seen_again_within_a_smaller_limit) {
    char line[20];
    MUST(connected());
    CHECK_INT(write_text("a\n1234567\n"), 0);
    CHECK_INT(lab_read_until(ends[0], "\n", line, 20), 2);
    CHECK_INT(lab_read_until(ends[0], "\n", line, 5), LAB_EMSGSIZE);
    CHECK_INT(lab_read_until(ends[0], "\n", line, 20), 8);
}

VIRTUAL_TEST(exactly_is_all_or_nothing) {
    char out[20];
    MUST(connected());
    lab_spawn("writer", write_words, "abc def gh");
    CHECK_INT(lab_read_exactly(ends[0], out, 5), 5);
    CHECK_INT(lab_now(), LAB_S);
    CHECK(memcmp(out, "abcde", 5) == 0);
    CHECK_INT(lab_read_exactly(ends[0], out, 0), 0);
    CHECK_INT(lab_read_exactly(ends[0], out, 4), LAB_EOF);
    CHECK_INT(lab_now(), 3 * LAB_S);
    CHECK_INT(lab_read_exactly(ends[0], out, 3), 3);
    CHECK(memcmp(out, "fgh", 3) == 0);
}

VIRTUAL_TEST(more_than_there_is_room_for_can_be_read_at_once) {
    enum { BIG = 5 * ROOM + 3 };
    char *in = lab_alloc(BIG), *out = lab_alloc(BIG);
    MUST(connected());
    for (int i = 0; i < BIG - 1; i++)
        in[i] = (char)(1 + i % 251);
    lab_task *writer = lab_spawn("writer", write_text, in);
    CHECK_INT(lab_read_exactly(ends[0], out, BIG - 1), BIG - 1);
    CHECK(memcmp(in, out, BIG) == 0);
    CHECK_INT(lab_await(writer), 0);
    lab_free(in);
    lab_free(out);
}

// --- writing

struct amount {
    size_t size;
    lab_time done; // when
    int rc;
};

static int write_amount(void *arg) {
    struct amount *a = arg;
    char *data = lab_alloc(a->size);
    memset(data, 'x', a->size);
    a->rc = lab_write(ends[1], data, a->size);
    a->done = lab_now();
    lab_free(data);
    return a->rc;
}

// Reads to the end, and returns how much it was.
static size_t drain(void) {
    size_t count = 0;
    char out[1000];
    for (;;) {
        int n = lab_read(ends[0], out, sizeof out);
        if (n < 0)
            return count;
        count += (size_t)n;
    }
}

VIRTUAL_TEST(what_fits_is_written_without_waiting) {
    struct amount a = {ROOM, -1, 1};
    MUST(connected());
    lab_time before = lab_now();
    CHECK_INT(write_amount(&a), 0);
    CHECK_INT(a.done, before);
    lab_close(ends[1]);
    CHECK_INT(drain(), ROOM);
}

VIRTUAL_TEST(a_writer_waits_until_the_last_byte_has_room) {
    struct amount a = {ROOM + 1000, -1, 1};
    char out[1000];
    MUST(connected());
    lab_task *task = lab_spawn("writer", write_amount, &a);
    CHECK_INT(lab_sleep(LAB_S), 0);
    CHECK_INT(a.done, -1);
    CHECK_INT(lab_read(ends[0], out, 999), 999);
    CHECK_INT(lab_sleep(LAB_S), 0);
    CHECK_INT(a.done, -1); // one byte too many still
    CHECK_INT(lab_read(ends[0], out, 1), 1);
    CHECK_INT(lab_sleep(LAB_S), 0);
    CHECK_INT(a.done, 2 * LAB_S);
    CHECK_INT(a.rc, 0);
    CHECK_INT(lab_await(task), 0);
    lab_close(ends[1]);
    CHECK_INT(drain(), ROOM);
}

VIRTUAL_TEST(a_cancelled_writer_has_written_what_had_room) {
    struct amount a = {ROOM + 1000, -1, 1}, b = {10, -1, 1};
    MUST(connected());
    lab_task *task = lab_spawn("writer", write_amount, &a);
    CHECK_INT(lab_sleep(LAB_S), 0);
    lab_cancel(task);
    CHECK_INT(lab_await(task), LAB_ECANCELED);
    task = lab_spawn("writer", write_amount, &b); // none of it has room
    CHECK_INT(lab_yield(), 0);
    lab_cancel(task);
    CHECK_INT(lab_await(task), LAB_ECANCELED);
    lab_close(ends[1]);
    CHECK_INT(drain(), ROOM);
}

static int read_some(void *arg) {
    char out[10];
    return lab_read(arg, out, sizeof out);
}

VIRTUAL_TEST(two_cannot_read_at_once_but_one_may_write_meanwhile) {
    struct amount a = {ROOM + 1, -1, 1};
    MUST(connected());
    lab_task *reader = lab_spawn("reader", read_some, ends[1]);
    lab_task *writer = lab_spawn("writer", write_amount, &a);
    CHECK_INT(lab_yield(), 0);
    CHECK_INT(read_some(ends[1]), LAB_EBUSY);
    CHECK_INT(lab_write(ends[1], "x", 1), LAB_EBUSY);
    CHECK_INT(lab_shutdown_write(ends[1]), LAB_EBUSY);
    CHECK_INT(lab_write(ends[0], "x", 1), 0);
    CHECK_INT(read_some(ends[1]), LAB_EBUSY); // it is the other's byte
    CHECK_INT(lab_await(reader), 1);
    CHECK_INT(read_some(ends[0]), 10);
    CHECK_INT(lab_await(writer), 0);
}

// --- called away

VIRTUAL_TEST(a_cancelled_reader_takes_no_byte) {
    char out[10];
    MUST(connected());
    lab_task *task = lab_spawn("reader", read_some, ends[0]);
    CHECK_INT(lab_yield(), 0);
    lab_cancel(task); // first the cancel, and then bytes, in the same turn
    CHECK_INT(write_text("one"), 0);
    CHECK_INT(lab_await(task), LAB_ECANCELED);
    CHECK_INT(lab_read(ends[0], out, sizeof out), 3);

    task = lab_spawn("reader", read_some, ends[0]);
    CHECK_INT(lab_yield(), 0);
    CHECK_INT(write_text("two"), 0); // the other way round: it has happened
    lab_cancel(task);
    CHECK_INT(lab_await(task), 3);
    CHECK_INT(lab_shutdown_write(ends[1]), 0);
    CHECK_INT(lab_read(ends[0], out, sizeof out), LAB_EOF);
}

static int read_line(void *arg) {
    char line[20];
    return lab_read_until(arg, "\n", line, sizeof line);
}

VIRTUAL_TEST(a_cancelled_reader_of_a_line_leaves_what_came_of_it) {
    char line[20];
    MUST(connected());
    lab_task *task = lab_spawn("reader", read_line, ends[0]);
    CHECK_INT(write_text("half "), 0);
    CHECK_INT(lab_sleep(LAB_S), 0);
    lab_cancel(task);
    CHECK_INT(lab_await(task), LAB_ECANCELED);
    CHECK_INT(write_text("a line\n"), 0);
    CHECK_INT(lab_read_until(ends[0], "\n", line, sizeof line), 12);
    CHECK_STR(line, "half a line\n");
}

static int use_all(void *arg) {
    lab_stream *stream;
    char out[2];
    (void)arg;
    CHECK_INT(lab_sleep(LAB_S), LAB_ECANCELED);
    CHECK_INT(lab_read(ends[0], out, 1), LAB_ECANCELED);
    CHECK_INT(lab_read_exactly(ends[0], out, 1), LAB_ECANCELED);
    CHECK_INT(lab_read_until(ends[0], "\n", out, 2), LAB_ECANCELED);
    CHECK_INT(lab_write(ends[0], "x", 1), LAB_ECANCELED);
    CHECK_INT(lab_connect(&stream, home, LAB_S), LAB_ECANCELED);
    CHECK(stream == NULL);
    CHECK_INT(lab_listen(&stream, home), 0); // does not wait
    lab_stream *peer;
    CHECK_INT(lab_accept(stream, &peer), LAB_ECANCELED);
    CHECK_INT(lab_shutdown_write(ends[0]), 0);
    lab_close(ends[0]);
    return 0;
}

VIRTUAL_TEST(once_cancelled_even_what_need_not_wait_fails) {
    MUST(connected());
    CHECK_INT(write_text("x"), 0);
    lab_task *task = lab_spawn("user", use_all, NULL);
    CHECK_INT(lab_yield(), 0);
    lab_cancel(task);
    CHECK_INT(lab_await(task), 0);
}

// --- closing

static int accept_one(void *arg) {
    lab_stream *peer;
    return lab_accept(arg, &peer);
}

VIRTUAL_TEST(closing_wakes_who_waits_here) {
    struct amount a = {ROOM + 1, -1, 1};
    lab_stream *listener;
    MUST(connected());
    MUST(lab_listen(&listener, home) == 0);
    lab_task *tasks[] = {lab_spawn("reader", read_some, ends[1]),
                         lab_spawn("writer", write_amount, &a),
                         lab_spawn("accept", accept_one, listener)};
    CHECK_INT(lab_sleep(LAB_S), 0);
    lab_close(ends[1]);
    lab_close(listener);
    for (size_t i = 0; i < countof(tasks); i++)
        CHECK_INT(lab_await(tasks[i]), LAB_EBADF);
    CHECK_INT(lab_now(), LAB_S);
    CHECK_STR(lab_error_text(LAB_EBADF), "closed already");
}

VIRTUAL_TEST(what_is_closed_stays_closed) {
    lab_stream *listener, *peer;
    char out[2];
    MUST(connected());
    MUST(lab_listen(&listener, home) == 0);
    lab_close(NULL);
    for (int i = 0; i < 2; i++) {
        lab_close(listener);
        lab_close(ends[0]);
        CHECK_INT(lab_read(ends[0], out, 1), LAB_EBADF);
        CHECK_INT(lab_read_until(ends[0], "\n", out, 2), LAB_EBADF);
        CHECK_INT(lab_write(ends[0], "x", 1), LAB_EBADF);
        CHECK_INT(lab_shutdown_write(ends[0]), LAB_EBADF);
        CHECK_INT(lab_accept(listener, &peer), LAB_EBADF);
    }
}

VIRTUAL_TEST(closing_beats_bytes_of_the_same_turn) {
    MUST(connected());
    lab_task *task = lab_spawn("reader", read_some, ends[0]);
    CHECK_INT(lab_yield(), 0);
    CHECK_INT(write_text("x"), 0);
    lab_close(ends[0]);
    CHECK_INT(lab_await(task), LAB_EBADF);
}

VIRTUAL_TEST(a_listener_is_no_connection) {
    lab_stream *listener, *peer;
    char out[2];
    MUST(connected());
    MUST(lab_listen(&listener, home) == 0);
    CHECK_INT(lab_read(listener, out, 1), LAB_EINVAL);
    CHECK_INT(lab_write(listener, "x", 1), LAB_EINVAL);
    CHECK_INT(lab_shutdown_write(listener), LAB_EINVAL);
    CHECK_INT(lab_accept(ends[0], &peer), LAB_EINVAL);
}

static int close_it(void *arg) {
    lab_close(arg);
    return 0;
}

VIRTUAL_TEST(the_other_reads_to_the_end_and_can_write_no_more) {
    char out[10];
    MUST(connected());
    CHECK_INT(write_text("last"), 0);
    lab_close(ends[1]);
    CHECK_INT(lab_write(ends[0], "x", 1), LAB_EPIPE);
    CHECK_INT(lab_read(ends[0], out, sizeof out), 4);
    CHECK_INT(lab_read(ends[0], out, sizeof out), LAB_EOF);
    CHECK_INT(lab_read(ends[0], out, sizeof out), LAB_EOF);
    lab_close(ends[0]);

    struct amount a = {ROOM + 1, -1, 1}; // woken while it waits
    MUST(connected());
    lab_task *writer = lab_spawn("writer", write_amount, &a);
    lab_task *reader = lab_spawn("reader", read_some, ends[1]);
    CHECK_INT(lab_yield(), 0);
    lab_spawn("close", close_it, ends[0]);
    CHECK_INT(lab_await(writer), LAB_EPIPE);
    CHECK_INT(lab_await(reader), LAB_ECONNRESET);
}

VIRTUAL_TEST(what_was_never_read_resets) {
    char out[10];
    MUST(connected());
    CHECK_INT(write_text("unread"), 0);
    CHECK_INT(lab_write(ends[0], "answer", 6), 0);
    lab_close(ends[0]);
    CHECK_INT(lab_read(ends[1], out, sizeof out), 6); // what is on its way
    CHECK_INT(lab_read(ends[1], out, sizeof out), LAB_ECONNRESET);
}

// --- where there is no task

static int in_worker(void *arg) {
    lab_stream *stream, *two[2];
    char out[2];
    (void)arg;
    CHECK_INT(lab_listen(&stream, home), LAB_EPERM);
    CHECK_INT(lab_connect(&stream, home, LAB_S), LAB_EPERM);
    CHECK_INT(lab_stream_pair(two), LAB_EPERM);
    CHECK_INT(lab_read(ends[0], out, 1), LAB_EPERM);
    CHECK_INT(lab_write(ends[0], "x", 1), LAB_EPERM);
    CHECK_INT(lab_shutdown_write(ends[0]), LAB_EPERM);
    return 0;
}

// --- pipes

static lab_stream *from, *into;

static int write_into(void *arg) {
    LAB_TRY(lab_sleep(LAB_S));
    LAB_TRY(lab_write(into, arg, strlen(arg)));
    return lab_shutdown_write(into);
}

VIRTUAL_TEST(a_pipe_goes_one_way_and_ends) {
    char out[10];
    CHECK_INT(lab_pipe(&from, &into), 0);
    CHECK_INT(lab_write(from, "x", 1), LAB_EINVAL);
    CHECK_INT(lab_read(into, out, 1), LAB_EINVAL);
    lab_task *writer = lab_spawn("writer", write_into, "hello");
    CHECK_INT(lab_read(from, out, sizeof out), 5);
    CHECK_INT(lab_now(), LAB_S);
    CHECK_INT(lab_read(from, out, sizeof out), LAB_EOF);
    CHECK_INT(lab_await(writer), 0);
}

// As under the real clock: see stream_real.c.
VIRTUAL_TEST(a_pipe_is_closed_when_its_writing_ends) {
    char out[10];
    CHECK_INT(lab_pipe(&from, &into), 0);
    CHECK_INT(lab_write(into, "hello", 5), 0);
    CHECK_INT(lab_shutdown_write(into), 0);
    CHECK_INT(lab_shutdown_write(into), LAB_EBADF);
    CHECK_INT(lab_write(into, "x", 1), LAB_EBADF);
    CHECK_INT(lab_read(from, out, sizeof out), 5);
    CHECK_INT(lab_read(from, out, sizeof out), LAB_EOF);
}

VIRTUAL_TEST(a_pipe_without_a_reader_takes_nothing) {
    CHECK_INT(lab_pipe(&from, &into), 0);
    lab_close(from);
    CHECK_INT(lab_write(into, "x", 1), LAB_EPIPE);
}

VIRTUAL_TEST(a_descriptor_is_outside_of_virtual_time) {
    int fds[2];
    MUST(CHECK_INT(pipe(fds), 0));
    CHECK_INT(lab_stream_open(&from, fds[0]), LAB_EOUTSIDE);
    CHECK_INT(close(fds[0]), -1); // it was taken
    CHECK_INT(close(fds[1]), 0);
}

VIRTUAL_TEST(only_a_task_has_streams) {
    MUST(connected());
    CHECK_INT(lab_offload(lab_pool_new("pool", 1), in_worker, NULL), 0);
}
