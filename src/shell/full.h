// full.h - stepping through a run on the whole screen.

#ifndef LAB_SHELL_FULL_H
#define LAB_SHELL_FULL_H

#include "shell/look.h"

// Is there a terminal that can be drawn on, and may it be?
bool lab_full_possible(const struct lab_call *call);

// Waits for keys and moves [stepper] as they say, until one says to leave. What
// other tasks print meanwhile appears afterwards. Returns an exit status.
int lab_full_step(struct lab_call *call, struct lab_look *stepper);

#endif
