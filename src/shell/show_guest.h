// show_guest.h - running a learner's own program, and putting it before them.

#ifndef LAB_SHELL_SHOW_GUEST_H
#define LAB_SHELL_SHOW_GUEST_H

#include "shell/command.h"

// A program that was interrupted, and has not ended yet.
struct lab_interrupted {
    struct lab_guest *guest;
    struct lab_interrupted *earlier;
};

// Kills the programs that were interrupted and have not ended. For Ctrl-C: a
// task hears of the first one only.
void lab_show_interrupted_again(struct lab_shell *shell);

// Does what lab_show_run does, with the guest of [selection].
int lab_show_guest(struct lab_call *call, const struct lab_selection *selection,
                   lab_view_fn *view);

#endif
