// child.h - what a run says that ends the program: it is a child's, and its
// last words are read.

#ifndef LAB_TEST_CHILD_H
#define LAB_TEST_CHILD_H

#include "test.h"
#include "valgrind.h"

#include "core/run.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// ASan's leak checker shall not look for what a hurried end leaves, and TSan's
// _exit would sleep for a second.
static inline void child_exit(int status, void *arg) {
    (void)arg;
    syscall(SYS_exit_group, status);
}

// Calls [act] with [arg] in a child, stores the beginning of what it writes to
// standard error in [words] and returns its exit status, 1 if [act] returned an
// error; -1 if a signal ended it.
static inline int child_end(int (*act)(void *arg), void *arg, char *words,
                            size_t size) {
    int ends[2], status = -1;
    size_t length = 0;
    ssize_t n;
    words[0] = '\0';
    if (!CHECK(pipe(ends) == 0))
        return -1;
    pid_t child = fork();
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL); // it may never end by itself
        valgrind_expect_leaks();
        dup2(ends[1], STDERR_FILENO);
        on_exit(child_exit, NULL);
        exit(act(arg) < 0);
    }
    close(ends[1]);
    while ((n = read(ends[0], words + length, size - 1 - length)) > 0)
        length += (size_t)n;
    words[length] = '\0';
    close(ends[0]);
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static inline int child_play(void *options) {
    return lab_run(options);
}

// The same for a run of [body] under the virtual clock.
static inline int child_run(int (*body)(void *arg), char *words, size_t size) {
    struct lab_run_options options = {
        .name = "child", .body = body, .clock = LAB_CLOCK_VIRTUAL};
    return child_end(child_play, &options, words, size);
}

// Does [body] end the program as a bug, with [with] in what it says?
static inline void child_dies(int (*body)(void *arg), const char *with) {
    char words[1024];
    CHECK_INT(child_run(body, words, sizeof words), 70);
    if (!CHECK(strstr(words, with) != NULL))
        fprintf(stderr, "%s is not in: %s\n", with, words);
}

#endif
