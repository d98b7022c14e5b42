#include "base/die.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

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

void lab_die(int status, const char *format, ...) {
    va_list args;
    lab_die_restore();
    fputs("looplab: ", stderr);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    exit(status);
}
