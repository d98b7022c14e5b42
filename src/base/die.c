#include "base/die.h"

#include "base/write.h"

#include <errno.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void (*hook)(void);

void lab_die_hook(void (*restore)(void)) {
    hook = restore;
}

void lab_die_restore(void) {
    if (hook)
        hook();
}

void lab_assert_failed(const char *file, int line, const char *cond) {
    lab_die_restore();
    fprintf(stderr, "%s:%d: looplab broke its promise: %s\n", file, line, cond);
    errno = 0; // nobody else's fault: see crash.c
    abort();
}

// Lets one thread pass, once, and it is the one that ends the program. What
// exit() calls may need what there was none of; others that need it, too, wait
// for the end: exit() is not for two at a time, nor is one sentence.
static void pass(int status) {
    static atomic_flag is_ending;
    static _Thread_local int with;
    if (with)
        _exit(with);
    while (atomic_flag_test_and_set(&is_ending))
        pause();
    with = status;
}

void lab_die(int status, const char *format, ...) {
    va_list args;
    char sentence[1024], line[sizeof sentence + 16];
    pass(status);
    lab_die_restore();
    va_start(args, format);
    vsnprintf(sentence, sizeof sentence, format, args);
    va_end(args);
    int n = snprintf(line, sizeof line, "looplab: %s\n", sentence);
    lab_write_whole(STDERR_FILENO, line, (size_t)n);
    exit(status);
}
