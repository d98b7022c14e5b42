#include "test.h"

#include "core/fd.h"
#include "core/loop.h"
#include "core/run.h"

#include <sys/socket.h>
#include <unistd.h>

// A socket, its peer, and the socket as it is waited for.
static int ends[2];
static lab_fd *fd;

static int wait_for(void *events) {
    return lab_fd_wait(fd, *(const int *)events, LAB_FOREVER);
}

static int reading = LAB_READABLE, writing = LAB_WRITABLE,
           both = LAB_READABLE | LAB_WRITABLE;

// Writes until the socket takes no more.
static void fill(void) {
    static const char bytes[4096];
    while (send(ends[0], bytes, sizeof bytes, MSG_DONTWAIT) > 0)
        ;
}

// Reads all that was written.
static void drain(void) {
    char bytes[4096];
    while (recv(ends[1], bytes, sizeof bytes, MSG_DONTWAIT) > 0)
        ;
}

// Runs [body] in a run of its own under the real clock, with the socket.
static int run(void *body) {
    CHECK_INT(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
    int rc = lab_run(&(struct lab_run_options){
        .name = "root", .body = *(lab_fn **)body, .clock = LAB_CLOCK_REAL});
    close(ends[0]);
    close(ends[1]);
    return rc;
}

static int with_socket(lab_fn *body) {
    return lab_loop_main("test", run, &body);
}

static lab_task *wait_in_task(int *events) {
    lab_task *task = lab_spawn("waiter", wait_for, events);
    CHECK_INT(lab_yield(), 0);
    return task;
}

static int one_in_each_direction(void *arg) {
    (void)arg;
    CHECK_INT(lab_fd_open(&fd, ends[0]), 0);
    fill();
    lab_task *reader = wait_in_task(&reading);
    lab_task *writer = wait_in_task(&writing);
    CHECK_INT(lab_fd_wait(fd, LAB_READABLE, LAB_FOREVER), LAB_EBUSY);
    CHECK_INT(lab_fd_wait(fd, LAB_WRITABLE, LAB_FOREVER), LAB_EBUSY);
    CHECK_INT(lab_fd_wait(fd, both, LAB_FOREVER), LAB_EBUSY);
    drain();
    CHECK_INT(lab_await(writer), LAB_WRITABLE);
    CHECK(!lab_task_done(reader)); // the other's event is not its own
    CHECK_INT(write(ends[1], "x", 1), 1);
    CHECK_INT(lab_await(reader), LAB_READABLE);
    lab_fd_close(fd);
    return 0;
}

TEST(a_descriptor_has_one_waiter_in_each_direction) {
    CHECK_INT(with_socket(one_in_each_direction), 0);
}

static int either_way(void *arg) {
    (void)arg;
    CHECK_INT(lab_fd_open(&fd, ends[0]), 0);
    CHECK_INT(lab_fd_wait(fd, both, LAB_FOREVER), LAB_WRITABLE);
    CHECK_INT(write(ends[1], "x", 1), 1);
    CHECK_INT(lab_fd_wait(fd, both, LAB_FOREVER), both);
    CHECK_INT(lab_fd_wait(fd, 0, LAB_FOREVER), LAB_EINVAL);
    CHECK_INT(lab_fd_wait(fd, 4, LAB_FOREVER), LAB_EINVAL);
    lab_fd_close(fd);
    return 0;
}

TEST(a_wait_for_both_directions_says_which_are_ready) {
    CHECK_INT(with_socket(either_way), 0);
}

static int cancel_one(void *arg) {
    (void)arg;
    CHECK_INT(lab_fd_open(&fd, ends[0]), 0);
    fill();
    lab_task *reader = wait_in_task(&reading);
    lab_task *writer = wait_in_task(&writing);
    lab_cancel(writer);
    CHECK_INT(lab_await(writer), LAB_ECANCELED);
    CHECK_INT(lab_fd_wait(fd, LAB_WRITABLE, 0), LAB_ETIMEDOUT); // free again
    CHECK_INT(write(ends[1], "x", 1), 1);
    CHECK_INT(lab_await(reader), LAB_READABLE);
    lab_fd_close(fd);
    return 0;
}

TEST(a_cancelled_wait_leaves_the_other_direction_alone) {
    CHECK_INT(with_socket(cancel_one), 0);
}

static int close_under_waiters(void *arg) {
    (void)arg;
    CHECK_INT(lab_fd_open(&fd, ends[0]), 0);
    fill();
    lab_task *reader = wait_in_task(&reading);
    lab_task *writer = wait_in_task(&writing);
    lab_fd_close(fd);
    CHECK_INT(lab_fd_open(&fd, ends[0]), 0); // at once
    CHECK_INT(lab_await(reader), LAB_EBADF);
    CHECK_INT(lab_await(writer), LAB_EBADF);
    lab_fd_close(fd);
    lab_fd_close(NULL);
    return 0;
}

TEST(closing_ends_the_waits_for_a_descriptor) {
    CHECK_INT(with_socket(close_under_waiters), 0);
}

// It was ready before: the task only had no turn yet.
static int close_after_event(void *arg) {
    (void)arg;
    CHECK_INT(lab_fd_open(&fd, ends[0]), 0);
    lab_task *reader = wait_in_task(&reading);
    CHECK_INT(write(ends[1], "x", 1), 1);
    while (lab_task_state(reader) != LAB_TASK_READY)
        CHECK_INT(lab_yield(), 0);
    lab_fd_close(fd);
    CHECK_INT(lab_await(reader), LAB_EBADF);
    return 0;
}

TEST(a_descriptor_closed_between_event_and_turn_is_not_ready) {
    CHECK_INT(with_socket(close_after_event), 0);
}

static int hang_up(void *arg) {
    char c;
    (void)arg;
    CHECK_INT(lab_fd_open(&fd, ends[0]), 0);
    lab_task *reader = wait_in_task(&reading);
    CHECK_INT(shutdown(ends[1], SHUT_RDWR), 0);
    int rc = lab_await(reader);
    CHECK(rc == LAB_EOF || rc == LAB_READABLE);
    CHECK_INT(read(ends[0], &c, 1), 0);
    return 0; // and the run closes it
}

TEST(a_hang_up_ends_a_wait_and_a_run_closes_what_is_left_open) {
    CHECK_INT(with_socket(hang_up), 0);
}

static int open_twice(void *arg) {
    lab_fd *other, *third;
    (void)arg;
    CHECK_INT(lab_fd_open(&fd, ends[0]), 0);
    CHECK_INT(lab_fd_open(&other, ends[0]), 0);
    lab_task *reader = wait_in_task(&reading);
    CHECK_INT(lab_fd_wait(other, LAB_READABLE, LAB_FOREVER), LAB_EEXIST);
    CHECK_INT(lab_fd_open(&third, ends[0]), LAB_EEXIST);
    CHECK(third == NULL);
    CHECK_INT(write(ends[1], "x", 1), 1);
    CHECK_INT(lab_await(reader), LAB_READABLE);
    CHECK_INT(lab_fd_wait(other, LAB_READABLE, LAB_FOREVER), LAB_READABLE);
    CHECK_INT(lab_fd_open(&third, -1), LAB_EBADF);
    return 0;
}

TEST(a_descriptor_is_waited_for_by_one_lab_fd_at_a_time) {
    CHECK_INT(with_socket(open_twice), 0);
}

VIRTUAL_TEST(no_descriptor_is_waited_for_under_the_virtual_clock) {
    int fds[2];
    CHECK_INT(pipe(fds), 0);
    CHECK_INT(lab_fd_open(&fd, fds[0]), LAB_EOUTSIDE);
    CHECK(fd == NULL);
    close(fds[0]);
    close(fds[1]);
}
