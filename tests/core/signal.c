#include "core/loop.h"

#include "test.h"

#include <signal.h>
#include <unistd.h>

static int heard;

static void hear(int signal, void *arg) {
    (void)arg;
    heard += signal;
}

static void hear_twice(int signal, void *arg) {
    (void)arg;
    heard += 2 * signal;
}

static void before(int signal) {
    (void)signal;
}

static void (*handler(int signal))(int) {
    struct sigaction action;
    CHECK_INT(sigaction(signal, NULL, &action), 0);
    return action.sa_handler;
}

// Raises SIGUSR1, and lets the loop hear of it.
static int hear_one(void) {
    heard = 0;
    raise(SIGUSR1);
    LAB_TRY(lab_sleep(LAB_NS));
    return heard;
}

static int watch_and_stop(void *arg) {
    (void)arg;
    lab_signal_watch(SIGUSR1, hear, NULL);
    CHECK_INT(hear_one(), SIGUSR1);
    lab_signal_watch(SIGUSR1, hear_twice, NULL);
    CHECK_INT(hear_one(), 2 * SIGUSR1);
    lab_signal_watch(SIGUSR1, NULL, NULL);
    CHECK(handler(SIGUSR1) == before);
    CHECK_INT(hear_one(), 0);
    lab_signal_watch(SIGUSR1, NULL, NULL); // nobody does: nothing changes
    CHECK(handler(SIGUSR1) == before);
    lab_signal_watch(SIGUSR1, hear, NULL); // until the loop ends
    return 0;
}

TEST(a_signal_that_nobody_watches_any_more_does_what_it_did_before) {
    signal(SIGUSR1, before);
    CHECK_INT(lab_loop_main("main", watch_and_stop, NULL), 0);
    CHECK(handler(SIGUSR1) == before);
    signal(SIGUSR1, SIG_DFL);
}

// Of an alarm that comes later nobody knows what it was for.
static void hear_in_peace(int signal, void *arg) {
    (void)arg;
    heard += signal;
    CHECK_INT(alarm(0), 0);
}

static int be_told_to_end(void *arg) {
    (void)arg;
    for (int i = 0; i < 2; i++) {
        int number = i ? SIGHUP : SIGTERM;
        lab_signal_watch(number, hear_in_peace, NULL);
        heard = 0;
        raise(number);
        LAB_TRY(lab_sleep(LAB_NS));
        CHECK_INT(heard, number);
    }
    return 0;
}

TEST(no_alarm_is_left_once_a_signal_to_end_was_heard) {
    CHECK_INT(lab_loop_main("main", be_told_to_end, NULL), 0);
}
