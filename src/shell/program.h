// program.h - is there a program of one's own where a command is told to look?
//
// Use:
//     int status = lab_program_check(call, "my.py");
//     if (status != LAB_EXIT_OK)
//         return status;

#ifndef LAB_SHELL_PROGRAM_H
#define LAB_SHELL_PROGRAM_H

#include "shell/command.h"

// Can [word], which ends as programs do, be read, and is it text? Those of the
// lessons are found by their names. Returns an exit status, after complaining
// with what is there instead.
int lab_program_check(struct lab_call *call, const char *word);

// The same for [word], which ends in another way: it may be a folder, a file of
// another kind, or a program without its ending. Returns LAB_EXIT_OK if it is a
// demo, or nothing that could be meant for a file.
int lab_program_check_other(struct lab_call *call, const char *word);

#endif
