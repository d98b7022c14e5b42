#include "base/die.h"

#include "base/text.h"
#include "base/write.h"

#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { HOOKS_MOST = 4 };

static void (*hooks[HOOKS_MOST])(void);

void lab_die_hook(void (*restore)(void)) {
    int i = 0;
    while (i < HOOKS_MOST && hooks[i] && hooks[i] != restore)
        i++;
    lab_assert(i < HOOKS_MOST);
    hooks[i] = restore;
}

void lab_die_restore(void) {
    for (int i = HOOKS_MOST - 1; i >= 0; i--)
        if (hooks[i])
            hooks[i]();
}

// What a sentence quotes may come from anywhere, so it is masked here, once.
static void tell(const char *before, const char *sentence) {
    char memory[2048];
    struct lab_text line;
    lab_text_fix(&line, memory, sizeof memory - 1); // for the newline
    lab_text_put(&line, before);
    lab_text_mask(&line, sentence, strlen(sentence), false);
    lab_write_sentence(memory, line.length);
}

// The end is told here and nowhere else: a handler of abort() would say it
// again.
void lab_assert_failed(const char *file, int line, const char *cond) {
    char sentence[1024];
    lab_die_restore();
    snprintf(sentence, sizeof sentence, "%s:%d: looplab broke its promise: %s",
             file, line, cond);
    tell("", sentence);
    signal(SIGABRT, SIG_DFL);
    abort();
}

// Lets the first thread pass, and that one ends the program. The others wait
// for the end: exit() is for one thread, and one sentence is enough. What
// exit() calls may die for the same reason; then the program ends at once.
static _Thread_local int ends_with; // the status, on that thread; or 0

static void pass(int status) {
    static atomic_flag is_ending;
    if (ends_with)
        _exit(ends_with);
    while (atomic_flag_test_and_set(&is_ending))
        pause();
    ends_with = status;
}

int lab_die_status(void) {
    return ends_with;
}

void lab_die(int status, const char *format, ...) {
    char sentence[1024];
    va_list args;
    pass(status);
    lab_die_restore();
    va_start(args, format);
    vsnprintf(sentence, sizeof sentence, format, args);
    va_end(args);
    tell("looplab: ", sentence);
    exit(status);
}
