// ending.h - how a program ends that a signal ends: it is a child's end, and
// its last words are read.

#ifndef LAB_TEST_ENDING_H
#define LAB_TEST_ENDING_H

#include "test.h"
#include "valgrind.h"

#include "base/die.h"
#include "base/write.h"
#include "core/crash.h"
#include "core/loop.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static inline void ending_restore(void) {
    lab_write_whole(STDERR_FILENO, "restored\n", 9);
}

static inline void ending_play(lab_fn *body, void *arg) {
    enum { DEADLINE = 60 }; // seconds, which only a failure reaches
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    alarm(DEADLINE);
    lab_die_hook(ending_restore);
    lab_crash_init();
    lab_loop_main("main", body, arg);
    _exit(0);
}

// Runs [body] with [arg] as the root of a loop in a child, reads what it writes
// to standard error, and returns the signal that ended it, or its exit status,
// negated. The words begin with "restored\n" if the hooks were called.
static inline int ending_of(lab_fn *body, void *arg, char *words, size_t size) {
    int ends[2], status = 0;
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
        ending_play(body, arg);
    }
    close(ends[1]);
    while ((n = read(ends[0], words + length, size - 1 - length)) > 0)
        length += (size_t)n;
    words[length] = '\0';
    close(ends[0]);
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) ? WTERMSIG(status) : -WEXITSTATUS(status);
}

// Is [part] in [words]?
static inline bool ending_has(const char *words, const char *part) {
    bool there = CHECK(strstr(words, part) != NULL);
    if (!there)
        fprintf(stderr, "  \"%s\" is not in: %s\n", part, words);
    return there;
}

#endif
