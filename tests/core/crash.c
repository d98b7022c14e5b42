// Each crash is a child's, whose last words are read.

#include "test.h"

#include "base/die.h"
#include "base/time.h"
#include "core/crash.h"
#include "core/loop.h"
#include "core/sanitizer.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef LAB_TSAN
enum { HIDES_ERRNO = 1 };
#else
enum { HIDES_ERRNO = 0 };
#endif

static volatile bool deeper = true;

static int recurse(void *arg) {
    volatile char frame[300];
    frame[0] = 1;
    return (deeper ? recurse(arg) : 0) + frame[0];
}

static int spawn_recurse(void *arg) {
    return lab_await(lab_spawn("say_after", recurse, arg));
}

static void restore(void) {
    ssize_t n = write(STDERR_FILENO, "restored\n", 9);
    (void)n;
}

static void crash(lab_fn *body) {
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    lab_die_hook(restore);
    lab_crash_init();
    lab_loop_main("main", body, NULL);
    _exit(0);
}

// Runs [body] in a child, reads what it writes to standard error, and returns
// the signal that ended it, or its exit status, negated.
static int signal_of(lab_fn *body, char *words, size_t size) {
    int ends[2], status = 0;
    size_t length = 0;
    ssize_t n;
    if (!CHECK(pipe(ends) == 0))
        return -1;
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        crash(body);
    }
    close(ends[1]);
    while ((n = read(ends[0], words + length, size - 1 - length)) > 0)
        length += (size_t)n;
    words[length] = '\0';
    close(ends[0]);
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) ? WTERMSIG(status) : -WEXITSTATUS(status);
}

TEST(a_task_that_overflows_its_stack_is_named) {
    char words[512];
    if (LAB_SANITIZED) {
        test_skip("sanitizers catch the crash themselves");
        return;
    }
    CHECK_INT(signal_of(spawn_recurse, words, sizeof words), SIGSEGV);
    CHECK(strstr(words, "restored\n") != NULL);
    CHECK(strstr(words, "task #2 say_after overflowed its 64 KiB stack"));
    CHECK(strstr(words, "tests/core/crash.c:") != NULL);
}

static int crash_at_null(void *arg) {
    return *(volatile int *)arg;
}

TEST(any_crash_hands_the_terminal_back_first) {
    char words[512];
    if (LAB_SANITIZED) {
        test_skip("sanitizers catch the crash themselves");
        return;
    }
    CHECK_INT(signal_of(crash_at_null, words, sizeof words), SIGSEGV);
    CHECK_STR(words, "restored\n");
}

static int break_promise(void *arg) {
    lab_assert(arg);
    return 0;
}

TEST(a_broken_promise_says_where_and_aborts) {
    char words[512];
    if (LAB_SANITIZED) {
        test_skip("sanitizers catch the crash themselves");
        return;
    }
    CHECK_INT(signal_of(break_promise, words, sizeof words), SIGABRT);
    CHECK(strstr(words, "tests/core/crash.c:") != NULL);
    CHECK(strstr(words, "broke its promise: arg\n") != NULL);
}

// As libuv does where it cannot have what it needs.
static int give_up(void *arg) {
    (void)arg;
    lab_crash_in_libuv(true);
    errno = EMFILE;
    abort();
}

TEST(libuv_that_is_refused_a_descriptor_ends_in_a_sentence) {
    char words[512];
    if (HIDES_ERRNO) {
        test_skip("this sanitizer hides errno from handlers");
        return;
    }
    CHECK_INT(signal_of(give_up, words, sizeof words), -LAB_EXIT_OS);
    CHECK_STR(words, "restored\nlooplab: the event loop cannot go on: "
                     "too many open files\n");
}

static int give_up_for_no_reason(void *arg) {
    (void)arg;
    lab_crash_in_libuv(true);
    errno = EBADF; // which is a bug, and somebody has to see it
    abort();
}

TEST(libuv_that_gives_up_for_another_reason_aborts) {
    char words[512];
    CHECK_INT(signal_of(give_up_for_no_reason, words, sizeof words), SIGABRT);
    CHECK_STR(words, "restored\n");
}

static int break_promise_in_libuv(void *arg) {
    lab_crash_in_libuv(true);
    errno = ENOMEM;
    return break_promise(arg);
}

TEST(a_broken_promise_in_a_callback_of_libuv_aborts) {
    char words[512];
    CHECK_INT(signal_of(break_promise_in_libuv, words, sizeof words), SIGABRT);
    CHECK(strstr(words, "cannot go on") == NULL);
}
