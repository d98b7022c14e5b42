// watch.h - something that runs again whenever a file is saved.
//
// Use:
//     struct lab_watch watch = {.path = "my.py", .run = run_it, .arg = &it};
//     return lab_watch(call, &watch);
//
// On a terminal what it prints is one page, drawn from the top each time, with
// a line above it that says which save it is of. Elsewhere each run is printed
// below the last, until the input ends. Everywhere Ctrl-C ends it.

#ifndef LAB_SHELL_WATCH_H
#define LAB_SHELL_WATCH_H

#include "shell/command.h"

struct lab_watch {
    const char *path; // of the file
    // Does what is to be done, and prints it. Waits. It is cancelled when the
    // file is saved again. Returns an exit status.
    int (*run)(struct lab_call *call, void *arg);
    void *arg;
};

// Runs it now and after each save. Waits. Returns LAB_EXIT_INTERRUPTED for
// Ctrl-C; at the end of the input, what the last run has returned.
int lab_watch(struct lab_call *call, const struct lab_watch *watch);

// Why nothing can be watched where [call] was made: the end of a sentence, or
// NULL if it can.
const char *lab_watch_obstacle(const struct lab_call *call);

// Appends the page of [text] with [head] above it: [rows] lines, the last
// without a newline. If that is not room enough, the middle is left out, and a
// line says so.
void lab_watch_page(struct lab_text *out, const struct lab_style *style,
                    const char *head, const char *text, int rows);

#endif
