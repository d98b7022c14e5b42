// hold.h - what is printed while the screen is taken, held back until it is
// given back.
//
// Use:
//     struct lab_hold hold;
//     lab_hold_begin(&hold, shell);
//     ... other tasks may print, and would print over the screen ...
//     lab_hold_end(&hold);

#ifndef LAB_SHELL_HOLD_H
#define LAB_SHELL_HOLD_H

#include "shell/shell.h"

struct lab_hold {
    struct lab_shell *shell;
    struct lab_text held;
    // What the shell printed with.
    void (*print)(struct lab_shell *shell, const char *bytes, size_t n);
    void *printer;
};

// Owns: [hold] must not move until lab_hold_end, which prints what was held. Of
//       very much the end is lost.
void lab_hold_begin(struct lab_hold *hold, struct lab_shell *shell);
void lab_hold_end(struct lab_hold *hold);

#endif
