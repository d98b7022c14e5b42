// lend.h - another program on our terminal, in front of us.
//
// Use:
//     struct lab_lent lent;
//     int rc = lab_lend(shell, (char *[]){"vi", "nap.c", NULL}, &lent);
//
// Runs beside the prompt continue, and what they print is shown afterwards.

#ifndef LAB_SHELL_LEND_H
#define LAB_SHELL_LEND_H

#include "core/child.h"
#include "shell/shell.h"

// What came of it.
struct lab_lent {
    struct lab_child_end end;
    bool took_keys; // it has read what was typed, or would have
};

// Runs the program [words] on the terminal, which is then as it is for any
// program. Waits until it has ended, and returns 0. Ctrl-C is its, not ours.
//
// Errors: those of lab_child_start.
LAB_CHECKED int lab_lend(struct lab_shell *shell, char **words,
                         struct lab_lent *lent);

// Refuses [command] where nobody is at the prompt: "edit needs the terminal".
// Returns an exit status.
int lab_lend_check(struct lab_shell *shell, const char *command);

#endif
