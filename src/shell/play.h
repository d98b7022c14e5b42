// play.h - a practice server beside a learner's program, for which it plays web
// sites: run my.py --serve.

#ifndef LAB_SHELL_PLAY_H
#define LAB_SHELL_PLAY_H

#include "core/task.h"
#include "demo/practice.h"
#include "shell/command.h"

struct lab_play {
    struct lab_practice practice;
    lab_task *task; // that serves; NULL: none does
    int port;
};

// Can [call] have one, if it asks for one with --serve? Returns an exit status,
// after complaining if it is not 0.
int lab_play_check(struct lab_call *call,
                   const struct lab_selection *selection);

// Begins to serve if [call] asks for it. Waits. Returns an exit status, after
// complaining.
//
// Owns: [play] must not move until lab_play_end.
int lab_play_begin(struct lab_play *play, struct lab_call *call);

// Stops, if it serves. Waits, even if this task is cancelled.
void lab_play_end(struct lab_play *play);

#endif
