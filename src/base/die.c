#include "base/die.h"

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
    pass(status);
    lab_die_restore();
    fputs("looplab: ", stderr);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    exit(status);
}
