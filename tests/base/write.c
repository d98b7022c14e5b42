#include "base/write.h"

#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

enum { BYTES = 300 * 1000 }; // several times what a pipe holds

static char bytes[BYTES], came[BYTES];

struct reader {
    int fd;
    pthread_t writer;
    int signals; // to send before anything is read
};

static void *read_all(void *arg) {
    struct reader *reader = arg;
    size_t at = 0;
    for (int i = 0; i < reader->signals; i++) {
        pthread_kill(reader->writer, SIGUSR1);
        sched_yield();
    }
    while (at < BYTES) {
        ssize_t n = read(reader->fd, came + at, BYTES - at);
        if (n <= 0)
            break;
        at += (size_t)n;
    }
    return NULL;
}

static void through_a_pipe(int flags, int signals) {
    int ends[2];
    pthread_t thread;
    MUST(pipe(ends) == 0);
    fcntl(ends[1], F_SETFL, flags);
    struct reader reader = {ends[0], pthread_self(), signals};
    for (size_t i = 0; i < BYTES; i++)
        bytes[i] = (char)(i * 7 + i / 251);
    memset(came, 0, sizeof came);
    MUST(pthread_create(&thread, NULL, read_all, &reader) == 0);
    CHECK_INT(lab_write_whole(ends[1], bytes, BYTES), 0);
    close(ends[1]);
    pthread_join(thread, NULL);
    close(ends[0]);
    CHECK(memcmp(bytes, came, BYTES) == 0);
}

TEST(write_waits_where_a_descriptor_would_not) {
    through_a_pipe(O_NONBLOCK, 0);
}

static void on_signal(int signal) {
    (void)signal;
}

TEST(write_goes_on_after_signals) {
    struct sigaction before, action = {.sa_handler = on_signal};
    sigaction(SIGUSR1, &action, &before);
    through_a_pipe(0, 2000);
    sigaction(SIGUSR1, &before, NULL);
}

TEST(write_tells_why_it_cannot) {
    CHECK_INT(lab_write_whole(-1, "x", 1), -EBADF);
    CHECK_INT(lab_write_whole(-1, "x", 0), 0);
}

TEST(what_is_written_to_memory_is_read_from_its_beginning) {
    char read_back[8] = "";
    int fd = lab_write_memory("test", "hello", 5);
    MUST(CHECK(fd >= 0));
    CHECK_INT(read(fd, read_back, sizeof read_back), 5);
    CHECK_STR(read_back, "hello");
    close(fd);
}
