// driven.h - a program of one's own, whose order somebody chooses.
//
// It runs in a process. There every order is tried first, so that the goal and
// the best score are known, and judged by the claims of an exercise, or by what
// the program claims itself, or that it ends without an error. Each choice is
// then a run of it by a longer schedule.

#ifndef LAB_SHELL_DRIVEN_H
#define LAB_SHELL_DRIVEN_H

#include "demo/drive_goal.h"
#include "shell/command.h"

// Drives the program that call->target.selection means: of the exercise of
// call->file, "c", "python" or the learner's own; without one, a program. After
// the choices of the script [from], if it is not NULL. Waits. Returns an exit
// status, after complaining if it is not 0.
int lab_driven_play(struct lab_call *call, enum lab_drive_goal goal,
                    const char *from);

#endif
