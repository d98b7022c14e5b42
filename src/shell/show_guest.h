// show_guest.h - running a learner's own program, and putting it before them.

#ifndef LAB_SHELL_SHOW_GUEST_H
#define LAB_SHELL_SHOW_GUEST_H

#include "shell/command.h"

// Does what lab_show_run does, with the guest of [selection].
int lab_show_guest(struct lab_call *call, const struct lab_selection *selection,
                   lab_view_fn *view);

#endif
