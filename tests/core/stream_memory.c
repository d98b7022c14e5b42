// Connections carried inside a run, under the virtual clock: exact.

#include "test.h"

#include "base/alloc.h"
#include "core/loop.h"
#include "core/run.h"
#include "core/stream.h"
#include "core/task.h"

#include <string.h>

static const char home[] = "tcp:127.0.0.1:80";
enum { ROOM = 64 * 1024, BACKLOG = 4096 };

// --- an echo

// Serves one connection: each line comes back after 10 ms.
static int echo(void *arg) {
    lab_stream *peer = arg;
    char line[100];
    int n;
    while ((n = lab_read_until(peer, "\n", line, sizeof line)) >= 0) {
        LAB_TRY(lab_sleep(10 * LAB_MS));
        LAB_TRY(lab_write(peer, line, (size_t)n));
    }
    lab_close(peer);
    return n == LAB_EOF ? 0 : n;
}

static int serve(void *arg) {
    lab_stream *peer;
    for (;;) {
        LAB_TRY(lab_accept(arg, &peer));
        lab_spawn("echo", echo, peer);
    }
}

static lab_stream *served(const char *address) {
    lab_stream *listener;
    if (CHECK_INT(lab_listen(&listener, address), 0))
        lab_spawn("serve", serve, listener);
    return listener;
}

static void say_hello(const char *address, int times) {
    lab_stream *peer;
    char line[100];
    lab_time begin = lab_now();
    MUST(lab_connect(&peer, address, LAB_FOREVER) == 0);
    for (int i = 1; i <= times; i++) {
        CHECK_INT(lab_write(peer, "hello\n", 6), 0);
        CHECK_INT(lab_read_until(peer, "\n", line, sizeof line), 6);
        CHECK_STR(line, "hello\n");
        CHECK_INT(lab_now() - begin, i * 10 * LAB_MS);
    }
    lab_close(peer);
}

VIRTUAL_TEST(an_echo_takes_exactly_its_time) {
    served(home);
    say_hello(home, 5);
}

VIRTUAL_TEST(unix_sockets_and_names_are_carried_in_memory_too) {
    served("unix:/nowhere/at/all");
    served("memory:here");
    served("tcp:[::1]:80");
    say_hello("unix:/nowhere/at/all", 2);
    say_hello("memory:here", 2);
    say_hello("tcp:[::1]:80", 2);
}

static int hello(void *arg) {
    (void)arg;
    say_hello(home, 3);
    return 0;
}

VIRTUAL_TEST(many_are_served_at_the_same_time) {
    enum { MANY = 500 };
    lab_task *tasks[MANY];
    served(home);
    for (int i = 0; i < MANY; i++)
        tasks[i] = lab_spawn("client", hello, NULL);
    CHECK_INT(lab_gather(tasks, MANY), 0);
    CHECK_INT(lab_now(), 30 * LAB_MS);
}

static int give_number(void *arg) {
    lab_stream *peer;
    char number = *(char *)arg;
    LAB_TRY(lab_connect(&peer, home, LAB_FOREVER));
    return lab_write(peer, &number, 1);
}

VIRTUAL_TEST(connections_are_accepted_in_the_order_they_came) {
    enum { MANY = BACKLOG + 300 }; // so that some have to wait outside
    lab_stream *listener, *peer;
    char numbers[MANY], seen;
    MUST(lab_listen(&listener, home) == 0);
    for (int i = 0; i < MANY; i++) {
        numbers[i] = (char)i;
        lab_spawn("client", give_number, &numbers[i]);
    }
    for (int i = 0; i < MANY; i++) {
        MUST(lab_accept(listener, &peer) == 0);
        CHECK_INT(lab_read(peer, &seen, 1), 1);
        CHECK_INT(seen, (char)i);
        lab_close(peer);
    }
    CHECK_INT(lab_now(), 0);
}

// --- a listener that is full

static int accept_one(void *arg) {
    lab_stream *peer;
    return lab_accept(arg, &peer);
}

static int read_some(void *arg) {
    char out[10];
    return lab_read(arg, out, sizeof out);
}

VIRTUAL_TEST(a_cancelled_accept_takes_nobody) {
    lab_stream *listener, *peer;
    MUST(lab_listen(&listener, home) == 0);
    lab_task *task = lab_spawn("accept", accept_one, listener);
    CHECK_INT(lab_yield(), 0);
    CHECK_INT(lab_accept(listener, &peer), LAB_EBUSY);
    lab_cancel(task);
    CHECK_INT(lab_connect(&peer, home, 0), 0);
    CHECK_INT(lab_await(task), LAB_ECANCELED);
    CHECK_INT(lab_accept(listener, &peer), 0); // still there

    task = lab_spawn("accept", accept_one, listener);
    CHECK_INT(lab_yield(), 0);
    CHECK_INT(lab_connect(&peer, home, 0), 0);
    lab_cancel(task); // too late
    CHECK_INT(lab_await(task), 0);
}

struct caller {
    lab_time timeout;
    lab_time done;
    lab_stream *peer;
};

static int call(void *arg) {
    struct caller *c = arg;
    int rc = lab_connect(&c->peer, home, c->timeout);
    c->done = lab_now();
    return rc;
}

static lab_stream *full_listener(void) {
    lab_stream *listener, *peer;
    CHECK_INT(lab_listen(&listener, home), 0);
    for (int i = 0; i < BACKLOG; i++)
        CHECK_INT(lab_connect(&peer, home, 0), 0);
    return listener;
}

VIRTUAL_TEST(who_cannot_be_taken_in_waits_in_line) {
    struct caller c[5] = {{LAB_FOREVER, -1, NULL},
                          {LAB_FOREVER, -1, NULL},
                          {LAB_S, -1, NULL},
                          {3 * LAB_S, -1, NULL},
                          {LAB_FOREVER, -1, NULL}};
    lab_task *tasks[5];
    lab_stream *listener = full_listener(), *peer;
    for (int i = 0; i < 5; i++)
        tasks[i] = lab_spawn("caller", call, &c[i]);
    CHECK_INT(lab_sleep(2 * LAB_S), 0);
    lab_cancel(tasks[1]); // from the middle, in the turn that makes room
    CHECK_INT(lab_accept(listener, &peer), 0);
    CHECK_INT(lab_accept(listener, &peer), 0);
    CHECK_INT(lab_await(tasks[0]), 0);
    CHECK_INT(lab_await(tasks[1]), LAB_ECANCELED);
    CHECK_INT(lab_await(tasks[2]), LAB_ETIMEDOUT);
    CHECK_INT(lab_await(tasks[3]), 0);
    CHECK(!lab_task_done(tasks[4]));
    CHECK_INT(c[0].done, 2 * LAB_S);
    CHECK_INT(c[2].done, 1 * LAB_S);
    CHECK_INT(c[3].done, 2 * LAB_S);
    CHECK(c[1].peer == NULL && c[2].peer == NULL);
    CHECK_INT(lab_connect(&peer, home, 0), LAB_ETIMEDOUT); // behind the last
    lab_close(listener);
    CHECK_INT(lab_await(tasks[4]), LAB_ECONNREFUSED);
}

VIRTUAL_TEST(a_connection_that_failed_leaves_nothing) {
    lab_stream *listener = full_listener(), *peer;
    CHECK_INT(lab_sleep(LAB_S), 0); // now there is room for a timer
    long live = lab_alloc_live();
    for (int i = 0; i < 10; i++)
        CHECK_INT(lab_connect(&peer, home, 0), LAB_ETIMEDOUT);
    CHECK_INT(lab_connect(&peer, "memory:none", 0), LAB_ECONNREFUSED);
    CHECK_INT(lab_listen(&peer, home), LAB_EADDRINUSE);
    CHECK_INT(lab_alloc_live(), live);
    lab_close(listener);
}

static int accept_later(void *arg) {
    LAB_TRY(lab_sleep(LAB_S));
    return accept_one(arg);
}

VIRTUAL_TEST(a_place_that_comes_with_the_timeout_is_taken_by_one) {
    struct caller c[2] = {{LAB_S, -1, NULL}, {LAB_FOREVER, -1, NULL}};
    lab_stream *listener = full_listener();
    // Its timer is the first of two at that time: so it is too late.
    lab_task *late = lab_spawn("late", call, &c[0]);
    lab_task *next = lab_spawn("next", call, &c[1]);
    lab_task *maker = lab_spawn("accept", accept_later, listener);
    CHECK_INT(lab_await(maker), 0);
    CHECK_INT(lab_await(late), LAB_ETIMEDOUT);
    CHECK_INT(lab_await(next), 0);
    // The other way round it gets the place, and its timer nothing.
    c[0].timeout = 0;
    late = lab_spawn("late", call, &c[0]);
    maker = lab_spawn("accept", accept_one, listener);
    CHECK_INT(lab_await(late), 0);
    CHECK_INT(lab_await(maker), 0);
    for (int i = 0; i < BACKLOG; i++) // no place was lost
        CHECK_INT(accept_one(listener), 0);
    maker = lab_spawn("accept", accept_one, listener);
    CHECK_INT(lab_sleep(LAB_S), 0);
    CHECK(!lab_task_done(maker)); // and none was made up
}

VIRTUAL_TEST(who_waits_at_a_door_that_is_closed_is_turned_away) {
    lab_stream *listener, *peer;
    MUST(lab_listen(&listener, home) == 0);
    CHECK_INT(lab_connect(&peer, home, LAB_S), 0);
    lab_task *task = lab_spawn("reader", read_some, peer);
    CHECK_INT(lab_sleep(LAB_S), 0);
    lab_close(listener);
    CHECK_INT(lab_await(task), LAB_ECONNRESET);
    CHECK_INT(lab_write(peer, "x", 1), LAB_EPIPE);
}

// --- the end of a run

static lab_stream *ends[2];

static int pump(void *arg) {
    static const char data[ROOM + 5000];
    (void)arg;
    return lab_write(ends[1], data, sizeof data);
}

VIRTUAL_TEST(the_end_of_a_run_closes_what_is_open) {
    lab_stream *listener = full_listener(), *peer;
    struct caller c = {LAB_FOREVER, -1, NULL};
    lab_spawn("caller", call, &c);
    CHECK_INT(lab_yield(), 0);
    CHECK_INT(lab_accept(listener, &peer), 0);
    MUST(lab_stream_pair(ends) == 0);
    CHECK_INT(lab_write(ends[1], "unread", 6), 0);
    lab_spawn("reader", read_some, peer);
    lab_spawn("pump", pump, NULL);
    CHECK_INT(lab_sleep(LAB_S), 0);
} // and main.c looks for what is left

// --- the record

static int converse(void *arg) {
    (void)arg;
    served(home);
    say_hello(home, 2);
    return 0;
}

static struct lab_record *record_of(lab_fn *body) {
    struct lab_record *record = lab_record_new();
    int rc = lab_run(&(struct lab_run_options){.name = "main",
                                               .body = body,
                                               .clock = LAB_CLOCK_VIRTUAL,
                                               .record = record});
    CHECK_INT(rc, 0);
    return record;
}

TEST(the_record_says_what_is_waited_for_and_is_always_the_same) {
    struct lab_record *one = record_of(converse), *two = record_of(converse);
    size_t waits[LAB_ONS] = {0};
    CHECK_INT(lab_record_count(one), lab_record_count(two));
    for (size_t i = 0; i < lab_record_count(one); i++) {
        const struct lab_event *event = lab_record_at(one, i);
        CHECK(memcmp(event, lab_record_at(two, i), sizeof *event) == 0);
        waits[event->on] += event->kind == LAB_EVENT_WAIT;
    }
    CHECK(waits[LAB_ON_ACCEPT] > 0 && waits[LAB_ON_READ] > 0);
    CHECK_INT(waits[LAB_ON_IO], 0);
    lab_record_free(one);
    lab_record_free(two);
}

// --- a cancel after every step

static int sip(void *arg) {
    char out[3000];
    int n;
    (void)arg;
    while ((n = lab_read(ends[0], out, sizeof out)) > 0)
        LAB_TRY(lab_yield());
    return n;
}

static int greet(void *arg) {
    lab_stream *peer;
    char line[100];
    (void)arg;
    LAB_TRY(lab_connect(&peer, home, LAB_S));
    LAB_TRY(lab_write(peer, "hello\n", 6));
    return lab_read_until(peer, "\n", line, sizeof line);
}

static int steps_to_cancel;

static int interrupted(void *arg) {
    lab_stream *listener;
    (void)arg;
    LAB_TRY(lab_listen(&listener, home));
    LAB_TRY(lab_stream_pair(ends));
    lab_task *tasks[] = {
        lab_spawn("serve", serve, listener), lab_spawn("greet", greet, NULL),
        lab_spawn("greet", greet, NULL), lab_spawn("pump", pump, NULL),
        lab_spawn("sip", sip, NULL)};
    size_t count = countof(tasks);
    for (int i = 0; i < steps_to_cancel / (int)count; i++)
        LAB_TRY(i < 30 ? lab_yield() : lab_sleep(5 * LAB_MS));
    lab_cancel(tasks[(size_t)steps_to_cancel % count]);
    LAB_TRY(lab_sleep(LAB_S));
    for (size_t i = 0; i < count; i++)
        lab_ignore(lab_task_result(tasks[i])); // whatever it is
    return 0;
}

TEST(a_cancel_after_any_step_leaves_nothing_behind) {
    long live = lab_alloc_live();
    for (steps_to_cancel = 0; steps_to_cancel < 200; steps_to_cancel++) {
        int rc = lab_run(&(struct lab_run_options){
            .name = "main", .body = interrupted, .clock = LAB_CLOCK_VIRTUAL});
        CHECK_INT(rc, 0);
        CHECK_INT(lab_alloc_live(), live);
    }
}
