// driving.h - somebody chooses the order of a run, choice by choice: typed at
// the prompt, or a line each in a script or a pipe.

#ifndef LAB_SHELL_DRIVING_H
#define LAB_SHELL_DRIVING_H

#include "demo/drive.h"
#include "shell/command.h"

struct lab_driving {
    const struct lab_drive *drive; // which has a goal
    const char *from;   // a script of choices that have been made; or NULL
    bool chose_variant; // nobody named it
    // NULL: as lab_drive_run does; or runs it in the order of [script] into
    // [comparison], which is zeroed. Waits. Returns an exit status, after
    // complaining if it is not 0.
    int (*run)(void *arg, const char *script,
               struct lab_comparison *comparison);
    void *arg;
};

// How [goal] is typed: "lock"; "" if it is any.
const char *lab_drive_goal_word(enum lab_drive_goal goal);

// Asks for choices until the answer is to leave, or there are no more answers.
// Waits. Returns an exit status, after complaining if it is not 0.
int lab_driving_play(struct lab_call *call, const struct lab_driving *driving);

#endif
