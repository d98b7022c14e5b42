// Connections through real sockets of this machine. Nothing here depends on
// how long anything takes, only on what comes.

#include "test.h"

#include "base/alloc.h"
#include "core/loop.h"
#include "core/room.h"
#include "core/run.h"
#include "core/scope.h"
#include "core/stream.h"
#include "core/task.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

static int in_loop(lab_fn *body, const char *address) {
    return lab_loop_main("test", body, (void *)address);
}

// --- an echo of random pieces

enum { BIG = 1000 * 1000 };

static unsigned dice = 1;

// From 1 to [most], the same in each run of the tests.
static size_t throw(size_t most) {
    dice = dice * 1103515245 + 12345;
    return 1 + (dice >> 8) % most;
}

static int echo(void *arg) {
    lab_stream *peer = arg;
    static char piece[5000];
    int n;
    while ((n = lab_read(peer, piece, throw(sizeof piece))) > 0) {
        // The buffer is shared by all: so it is copied before we wait.
        char own[sizeof piece];
        memcpy(own, piece, (size_t)n);
        LAB_TRY(lab_write(peer, own, (size_t)n));
    }
    if (n == LAB_EOF)
        n = lab_shutdown_write(peer);
    lab_close(peer);
    return n;
}

static int serve(void *arg) {
    lab_stream *peer;
    for (;;) {
        int rc = lab_accept(arg, &peer);
        if (rc < 0) // closed, or cancelled: it was time to go
            return 0;
        lab_spawn_deep("echo", echo, peer, 128 * 1024);
    }
}

static int send_all(void *arg) {
    lab_stream *peer = arg;
    static char data[BIG];
    for (size_t i = 0; i < BIG; i++)
        data[i] = (char)(i * 7 + i / 251);
    for (size_t at = 0; at < BIG;) {
        size_t n = throw(100 * 1000);
        if (n > BIG - at)
            n = BIG - at;
        LAB_TRY(lab_write(peer, data + at, n));
        at += n;
    }
    return lab_shutdown_write(peer);
}

// Reads to the end, which comes when all that send_all sent is there.
static void receive_all(lab_stream *peer) {
    static char piece[7000];
    size_t at = 0, wrong = 0;
    int n;
    while ((n = lab_read(peer, piece, throw(sizeof piece))) > 0)
        for (int i = 0; i < n; i++, at++)
            wrong += piece[i] != (char)(at * 7 + at / 251);
    CHECK_INT(n, LAB_EOF);
    CHECK_INT(at, BIG);
    CHECK_INT(wrong, 0);
}

static int send_and_receive(void *arg) {
    lab_stream *peer;
    LAB_TRY(lab_connect(&peer, arg, LAB_FOREVER));
    lab_task *sender = lab_spawn("send", send_all, peer);
    receive_all(peer);
    LAB_TRY(lab_await(sender));
    lab_close(peer);
    return 0;
}

// The address to connect to, where [asked] has port 0.
static void settle(char out[200], const char *asked, lab_stream *listener) {
    size_t length = strlen(asked);
    snprintf(out, 200, "%s", asked);
    if (strncmp(asked, "tcp:", 4) == 0)
        snprintf(out + length - 1, 200 - length, "%d", lab_port(listener));
}

static int exchange(void *arg) {
    enum { CLIENTS = 4 };
    lab_task *tasks[CLIENTS];
    lab_stream *listener;
    char address[200];
    LAB_TRY(lab_listen(&listener, arg));
    settle(address, arg, listener);
    lab_spawn("serve", serve, listener);
    for (int i = 0; i < CLIENTS; i++)
        tasks[i] = lab_spawn("client", send_and_receive, address);
    int rc = lab_gather(tasks, CLIENTS);
    lab_close(listener);
    return rc;
}

// A folder of its own, and the address of a socket in it.
static char folder[TEST_FOLDER], path[80], unix_address[96];

static void make_folder(void) {
    CHECK(test_folder(folder));
    snprintf(path, sizeof path, "%s/socket", folder);
    snprintf(unix_address, sizeof unix_address, "unix:%s", path);
}

static void remove_folder(void) {
    CHECK(access(path, F_OK) < 0); // the listener took its file away
    CHECK_INT(rmdir(folder), 0);
}

TEST(every_byte_comes_back_over_tcp) {
    CHECK_INT(in_loop(exchange, "tcp:127.0.0.1:0"), 0);
}

TEST(every_byte_comes_back_over_a_unix_socket) {
    make_folder();
    CHECK_INT(in_loop(exchange, unix_address), 0);
    remove_folder();
}

TEST(every_byte_comes_back_in_memory) {
    CHECK_INT(in_loop(exchange, "memory:echo"), 0);
}

static int exchange_in_run(void *arg) {
    struct lab_run_options options = {
        .name = "run", .body = exchange, .arg = arg, .clock = LAB_CLOCK_REAL};
    LAB_TRY(lab_run(&options));
    options.clock = LAB_CLOCK_VIRTUAL;
    return lab_run(&options);
}

TEST(a_run_has_streams_under_either_clock) {
    CHECK_INT(in_loop(exchange_in_run, "tcp:127.0.0.1:0"), 0);
}

// --- what the virtual clock promises holds here as well

static lab_stream *ends[2];
static char address[200];

// Connects the two ends over whatever [asked] is.
static int connect_ends(const char *asked) {
    lab_stream *listener;
    LAB_TRY(lab_listen(&listener, asked));
    settle(address, asked, listener);
    LAB_TRY(lab_connect(&ends[0], address, LAB_FOREVER));
    LAB_TRY(lab_accept(listener, &ends[1]));
    CHECK_INT(lab_port(ends[0]), lab_port(listener));
    CHECK_INT(lab_port(ends[1]), lab_port(listener));
    lab_close(listener);
    return 0;
}

static int read_some(void *arg) {
    char out[10];
    return lab_read(arg, out, sizeof out);
}

static int read_line(void *arg) {
    char line[20];
    return lab_read_until(arg, "\n", line, sizeof line);
}

static int accept_one(void *arg) {
    lab_stream *peer;
    return lab_accept(arg, &peer);
}

// Writes more than any system keeps on its way.
static int write_too_much(void *arg) {
    enum { TOO_MUCH = 64 * 1024 * 1024 };
    char *data = lab_alloc(TOO_MUCH);
    int rc = lab_write(arg, data, TOO_MUCH);
    lab_free(data);
    return rc;
}

// Lets [task] get to its wait.
static void let_wait(const lab_task *task) {
    for (int i = 0; i < 3; i++)
        CHECK_INT(lab_yield(), 0);
    CHECK(!lab_task_done(task));
}

// In the room of a server, where bytes are read before the task runs.
static int read_early(void *arg) {
    static char early[10];
    return lab_room_read_early(arg, early, sizeof early, 60 * LAB_S);
}

static int cancels(void *arg) {
    char line[20];
    LAB_TRY(connect_ends(arg));
    lab_task *task = lab_spawn("reader", read_some, ends[0]);
    let_wait(task);
    lab_cancel(task);
    CHECK_INT(lab_write(ends[1], "half ", 5), 0);
    CHECK_INT(lab_await(task), LAB_ECANCELED);
    task = lab_spawn("reader", read_line, ends[0]);
    let_wait(task);
    CHECK_INT(lab_read(ends[0], line, 1), LAB_EBUSY);
    lab_cancel(task);
    CHECK_INT(lab_await(task), LAB_ECANCELED);
    CHECK_INT(lab_write(ends[1], "a line\n", 7), 0);
    CHECK_INT(lab_read_until(ends[0], "\n", line, sizeof line), 12);
    CHECK_STR(line, "half a line\n");

    task = lab_spawn("writer", write_too_much, ends[0]);
    let_wait(task);
    CHECK_INT(lab_write(ends[0], "x", 1), LAB_EBUSY);
    CHECK_INT(lab_write(ends[1], "yes", 3), 0); // the other way is free
    CHECK_INT(lab_read_exactly(ends[0], line, 3), 3);
    lab_cancel(task);
    CHECK_INT(lab_await(task), LAB_ECANCELED);
    return 0;
}

TEST(a_cancel_takes_no_byte_from_a_socket) {
    CHECK_INT(in_loop(cancels, "tcp:127.0.0.1:0"), 0);
    make_folder();
    CHECK_INT(in_loop(cancels, unix_address), 0);
    remove_folder();
}

// Whether the loop looks at the socket between the cancel and the end of the
// task depends on its turns, so there are many.
static int cancels_early(void *arg) {
    char bytes[4];
    LAB_TRY(connect_ends(arg));
    for (int i = 0; i < 1000; i++) {
        lab_task *task = lab_spawn("reader", read_early, ends[0]);
        let_wait(task);
        lab_cancel(task);
        CHECK_INT(lab_write(ends[1], "some", 4), 0);
        CHECK_INT(lab_await(task), LAB_ECANCELED);
        if (!CHECK_INT(lab_room_read(ends[0], bytes, 4, 60 * LAB_S), 4))
            break;
    }
    return 0;
}

TEST(what_was_read_early_is_there_after_a_cancel) {
    CHECK_INT(in_loop(cancels_early, "tcp:127.0.0.1:0"), 0);
}

static int ending(void *arg) {
    char out[10];
    LAB_TRY(connect_ends(arg));
    CHECK_INT(lab_write(ends[1], "bye", 3), 0);
    CHECK_INT(lab_shutdown_write(ends[1]), 0);
    CHECK_INT(lab_shutdown_write(ends[1]), 0);
    CHECK_INT(lab_write(ends[1], "more", 4), LAB_EPIPE);
    CHECK_INT(lab_read_exactly(ends[0], out, 3), 3);
    CHECK_INT(lab_read(ends[0], out, sizeof out), LAB_EOF);
    CHECK_INT(lab_write(ends[0], "back", 4), 0);
    CHECK_INT(lab_read_exactly(ends[1], out, 4), 4);
    lab_close(ends[1]);
    lab_close(ends[1]);
    CHECK_INT(lab_read(ends[1], out, 1), LAB_EBADF);

    LAB_TRY(connect_ends(arg));
    CHECK_INT(lab_write(ends[0], "unread", 6), 0);
    lab_close(ends[1]);
    CHECK_INT(lab_read(ends[0], out, sizeof out), LAB_ECONNRESET);
    int rc = lab_write(ends[0], "x", 1);
    CHECK(rc == LAB_EPIPE || rc == LAB_ECONNRESET);
    return 0;
}

TEST(an_end_and_a_reset_are_told_from_each_other) {
    CHECK_INT(in_loop(ending, "tcp:127.0.0.1:0"), 0);
    make_folder();
    CHECK_INT(in_loop(ending, unix_address), 0);
    remove_folder();
}

// Has the loop look at all sockets that it watches.
static void let_look(void) {
    lab_stream *others[2];
    CHECK_INT(lab_stream_pair(others), 0);
    lab_task *task = lab_spawn("reader", read_some, others[0]);
    let_wait(task);
    CHECK_INT(lab_write(others[1], "x", 1), 0);
    CHECK_INT(lab_await(task), 1);
}

// Once a reader has got what there was, its next read waits before it tries.
static int reset_unheard(void *arg) {
    (void)arg;
    CHECK_INT(lab_stream_pair(ends), 0);
    lab_task *task = lab_spawn("reader", read_some, ends[0]);
    let_wait(task);
    CHECK_INT(lab_write(ends[1], "some", 4), 0);
    CHECK_INT(lab_await(task), 4);
    CHECK_INT(lab_write(ends[0], "unread", 6), 0);
    lab_close(ends[1]);
    let_look();
    CHECK_INT(lab_within(LAB_S, read_some, ends[0]), LAB_ECONNRESET);
    return 0;
}

TEST(a_reset_that_comes_while_nobody_reads_is_told_later) {
    CHECK_INT(in_loop(reset_unheard, NULL), 0);
}

static int closing(void *arg) {
    lab_stream *listener, *peer;
    LAB_TRY(connect_ends(arg));
    LAB_TRY(lab_listen(&listener, arg));
    lab_task *tasks[] = {lab_spawn("reader", read_some, ends[0]),
                         lab_spawn("writer", write_too_much, ends[0]),
                         lab_spawn("accept", accept_one, listener)};
    for (size_t i = 0; i < countof(tasks); i++)
        let_wait(tasks[i]);
    CHECK_INT(lab_accept(listener, &peer), LAB_EBUSY);
    lab_close(listener);
    lab_close(ends[0]);
    for (size_t i = 0; i < countof(tasks); i++)
        CHECK_INT(lab_await(tasks[i]), LAB_EBADF);
    return 0;
}

TEST(closing_a_socket_wakes_who_waits_here) {
    CHECK_INT(in_loop(closing, "tcp:127.0.0.1:0"), 0);
    make_folder();
    CHECK_INT(in_loop(closing, unix_address), 0);
    remove_folder();
}

static int cancel_accept(void *arg) {
    lab_stream *listener, *peer;
    LAB_TRY(lab_listen(&listener, arg));
    settle(address, arg, listener);
    lab_task *task = lab_spawn("accept", accept_one, listener);
    let_wait(task);
    lab_cancel(task);
    CHECK_INT(lab_connect(&peer, address, LAB_FOREVER), 0);
    CHECK_INT(lab_await(task), LAB_ECANCELED);
    CHECK_INT(lab_accept(listener, &peer), 0); // still there
    CHECK_INT(lab_listen(&peer, address), LAB_EADDRINUSE);
    return 0;
}

TEST(a_cancelled_accept_leaves_the_connection) {
    CHECK_INT(in_loop(cancel_accept, "tcp:127.0.0.1:0"), 0);
    make_folder();
    CHECK_INT(in_loop(cancel_accept, unix_address), 0);
    remove_folder();
}

// --- connections that are gone before they are accepted

static int next_error; // of the next call, if it is not 0

// In the place of libc's. Nobody here asks who connects.
int accept4(int fd, __SOCKADDR_ARG who, socklen_t *size, int flags) {
    (void)who;
    (void)size;
    if (next_error) {
        errno = next_error;
        next_error = 0;
        return -1;
    }
    return (int)syscall(SYS_accept4, fd, NULL, NULL, flags);
}

static const int errors[] = {EINTR,       ECONNABORTED, ENETDOWN, EPROTO,
                             ENOPROTOOPT, EHOSTDOWN,    ENONET,   EHOSTUNREACH,
                             EOPNOTSUPP,  ENETUNREACH,  EPERM};

static int accept_after_errors(void *arg) {
    lab_stream *listener, *client, *peer;
    LAB_TRY(lab_listen(&listener, arg));
    settle(address, arg, listener);
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        LAB_TRY(lab_connect(&client, address, LAB_FOREVER));
        next_error = errors[i];
        CHECK_INT(lab_accept(listener, &peer), 0);
        CHECK_INT(next_error, 0);
        lab_close(client);
        lab_close(peer);
    }
    LAB_TRY(lab_connect(&client, address, LAB_FOREVER));
    next_error = EMFILE;
    CHECK_INT(lab_accept(listener, &peer), -EMFILE);
    CHECK_INT(lab_accept(listener, &peer), 0); // it has waited
    return 0;
}

TEST(a_connection_that_is_gone_does_not_end_an_accept) {
    CHECK_INT(in_loop(accept_after_errors, "tcp:127.0.0.1:0"), 0);
}

static int refused(void *arg) {
    lab_stream *listener, *peer;
    LAB_TRY(lab_listen(&listener, arg));
    settle(address, arg, listener);
    lab_close(listener);
    CHECK_INT(lab_connect(&peer, address, LAB_FOREVER), LAB_ECONNREFUSED);
    CHECK(peer == NULL);
    return 0;
}

TEST(where_nobody_listens_is_refused) {
    CHECK_INT(in_loop(refused, "tcp:127.0.0.1:0"), 0);
    make_folder();
    CHECK_INT(in_loop(refused, unix_address), 0);
    remove_folder();
}

static int replace(void *arg) {
    lab_stream *listener;
    // Another name for the file, so that closing leaves a stale socket.
    char other[96];
    snprintf(other, sizeof other, "%s2", path);
    LAB_TRY(lab_listen(&listener, arg));
    CHECK_INT(rename(path, other), 0);
    lab_close(listener);
    CHECK_INT(rename(other, path), 0);
    CHECK_INT(lab_listen(&listener, arg), 0);
    lab_close(listener);
    FILE *file = fopen(path, "w"); // no socket: somebody else's
    fclose(file);
    CHECK_INT(lab_listen(&listener, arg), LAB_EADDRINUSE);
    CHECK_INT(unlink(path), 0);
    return 0;
}

TEST(a_dead_socket_is_replaced_and_no_other_file) {
    make_folder();
    CHECK_INT(in_loop(replace, unix_address), 0);
    remove_folder();
}

static int connect_one(void *arg) {
    lab_stream *peer;
    return lab_connect(&peer, arg, LAB_FOREVER);
}

// A unix socket of [path] that never waits, and its address.
static int raw_socket(struct sockaddr_un *place) {
    *place = (struct sockaddr_un){.sun_family = AF_UNIX};
    memcpy(place->sun_path, path, strlen(path));
    return socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

static int accept_many(int listener, int count) {
    while (count > 0) {
        int fd = accept(listener, NULL, NULL);
        if (fd >= 0) {
            count--;
            close(fd);
        }
        LAB_TRY(lab_yield());
    }
    return 0;
}

static int crowd(void *arg) {
    enum { CROWD = 20, ROOM = 4 }; // more than may wait to be accepted
    lab_task *tasks[CROWD];
    lab_stream *peer;
    struct sockaddr_un place;
    int listener = raw_socket(&place);
    CHECK_INT(bind(listener, (void *)&place, sizeof place), 0);
    CHECK_INT(listen(listener, ROOM), 0);
    for (int i = 0; i < CROWD; i++)
        tasks[i] = lab_spawn("caller", connect_one, arg);
    lab_task *hopeless = lab_spawn("hopeless", connect_one, arg);
    let_wait(hopeless);
    lab_cancel(hopeless);
    CHECK_INT(lab_await(hopeless), LAB_ECANCELED);
    CHECK_INT(lab_connect(&peer, arg, 0), LAB_ETIMEDOUT);
    LAB_TRY(accept_many(listener, CROWD));
    close(listener);
    unlink(path);
    return lab_gather(tasks, CROWD);
}

static lab_stream *late;

static int connect_late(void *arg) {
    return lab_connect(&late, arg, LAB_FOREVER);
}

static int close_early(void *arg) {
    enum { ROOM = 4 };
    struct sockaddr_un place;
    int listener = raw_socket(&place), others[2 * ROOM];
    CHECK_INT(bind(listener, (void *)&place, sizeof place), 0);
    CHECK_INT(listen(listener, ROOM), 0);
    for (size_t i = 0; i < countof(others); i++) {
        others[i] = raw_socket(&place);
        lab_ignore(connect(others[i], (void *)&place, sizeof place));
    }
    lab_task *task = lab_spawn("late", connect_late, arg);
    let_wait(task);
    CHECK(late == NULL);
    lab_close(late); // as one does who tidies up
    lab_cancel(task);
    CHECK_INT(lab_await(task), LAB_ECANCELED);
    for (size_t i = 0; i < countof(others); i++)
        close(others[i]);
    close(listener);
    unlink(path);
    return 0;
}

TEST(a_stream_is_nobodys_until_it_is_connected) {
    make_folder();
    CHECK_INT(in_loop(close_early, unix_address), 0);
    remove_folder();
}

TEST(who_finds_a_unix_socket_full_tries_again) {
    make_folder();
    CHECK_INT(in_loop(crowd, unix_address), 0);
    remove_folder();
}

// A unix socket says at once that it is full. With fewer places a burst of
// connections over TCP is refused, and each tries again after a second.
static int burst(void *arg) {
    enum { BURST = 500 }; // and as many open files
    struct sockaddr_un place;
    int fds[BURST], made = 0;
    lab_stream *listener;
    LAB_TRY(lab_listen(&listener, arg));
    for (int i = 0; i < BURST; i++) {
        fds[i] = raw_socket(&place);
        made += connect(fds[i], (void *)&place, sizeof place) == 0;
    }
    for (int i = 0; i < BURST; i++)
        close(fds[i]);
    lab_close(listener);
    return made;
}

TEST(a_burst_of_connections_waits_to_be_accepted) {
    make_folder();
    CHECK_INT(in_loop(burst, unix_address), 500);
    remove_folder();
}

// --- several at a time

static int count_turns(void *arg) {
    unsigned *turns = arg;
    for (;;) {
        LAB_TRY(lab_yield());
        ++*turns;
    }
}

static int chat_alone(void *arg) {
    unsigned turns = 0;
    char c;
    (void)arg;
    LAB_TRY(lab_stream_pair(ends));
    lab_spawn("other", count_turns, &turns);
    for (int i = 0; i < 1000; i++) { // neither ever has to wait
        LAB_TRY(lab_write(ends[0], "x", 1));
        LAB_TRY(lab_read(ends[1], &c, 1));
    }
    CHECK(turns > 50);
    return 0;
}

TEST(who_never_has_to_wait_lets_others_run) {
    CHECK_INT(in_loop(chat_alone, NULL), 0);
}

static int left_open(void *arg) {
    lab_stream *listener;
    LAB_TRY(connect_ends("tcp:127.0.0.1:0"));
    LAB_TRY(lab_listen(&listener, arg));
    lab_spawn("reader", read_some, ends[0]);
    lab_spawn("accept", accept_one, listener);
    return lab_yield();
}

static int run_left_open(void *arg) {
    return lab_run(&(struct lab_run_options){
        .name = "run", .body = left_open, .arg = arg, .clock = LAB_CLOCK_REAL});
}

TEST(the_end_of_a_real_run_closes_what_is_open) {
    make_folder();
    CHECK_INT(in_loop(run_left_open, unix_address), 0);
    remove_folder();
} // and main.c looks for what is left

// --- a cancel after every step

static int steps_to_cancel;

static int greet(void *arg) {
    lab_stream *peer;
    char line[8];
    LAB_TRY(lab_connect(&peer, arg, LAB_FOREVER));
    LAB_TRY(lab_write(peer, "hello", 5));
    LAB_TRY(lab_read_exactly(peer, line, 5));
    lab_close(peer);
    return 0;
}

static int interrupted(void *arg) {
    lab_stream *listener;
    LAB_TRY(lab_listen(&listener, arg));
    settle(address, arg, listener);
    lab_task *tasks[] = {lab_spawn("serve", serve, listener),
                         lab_spawn("greet", greet, address),
                         lab_spawn("greet", greet, address)};
    for (int i = 0; i < steps_to_cancel / 3; i++)
        LAB_TRY(lab_yield());
    lab_cancel(tasks[steps_to_cancel % 3]);
    return 0; // and the others are cancelled
}

TEST(a_cancel_after_any_step_leaves_no_socket_behind) {
    make_folder();
    for (steps_to_cancel = 0; steps_to_cancel < 150; steps_to_cancel++) {
        CHECK_INT(in_loop(interrupted, "tcp:127.0.0.1:0"), 0);
        CHECK_INT(in_loop(interrupted, unix_address), 0);
    }
    remove_folder();
}

// --- pipes

static int pipe_through(void *arg) {
    lab_stream *from, *into;
    char out[20];
    (void)arg;
    LAB_TRY(lab_pipe(&from, &into));
    CHECK_INT(lab_write(from, "x", 1), LAB_EINVAL);
    CHECK_INT(lab_read(into, out, 1), LAB_EINVAL);
    lab_task *writer = lab_spawn("writer", send_all, into);
    receive_all(from);
    CHECK_INT(lab_await(writer), 0);
    CHECK_INT(lab_shutdown_write(into), LAB_EBADF); // it was called before
    CHECK_INT(lab_write(into, "x", 1), LAB_EBADF);
    LAB_TRY(lab_pipe(&from, &into));
    lab_close(from);
    CHECK_INT(lab_write(into, "x", 1), LAB_EPIPE);
    return 0;
}

TEST(a_pipe_carries_all_and_ends) {
    CHECK_INT(in_loop(pipe_through, NULL), 0);
}

static int open_descriptors(void *arg) {
    lab_stream *from;
    int fds[2];
    char out[10];
    (void)arg;
    if (!CHECK(pipe(fds) == 0 && write(fds[1], "hi", 2) == 2))
        return LAB_EINVAL;
    LAB_TRY(lab_stream_open(&from, fds[0]));
    CHECK_INT(lab_read(from, out, sizeof out), 2);
    close(fds[1]);
    CHECK_INT(lab_read(from, out, sizeof out), LAB_EOF);
    CHECK_INT(lab_stream_open(&from, open("/dev/null", O_RDONLY)), LAB_EINVAL);
    CHECK_INT(lab_stream_open(&from, -1), LAB_EBADF);
    return 0;
}

TEST(an_open_descriptor_becomes_a_stream_unless_it_is_a_plain_file) {
    CHECK_INT(in_loop(open_descriptors, NULL), 0);
}
