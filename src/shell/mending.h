// mending.h - a learner mends the program of an exercise, in an editor of his
// own.
//
// Use:
//     return lab_mending(call, is_python);
//
// The program is ./exercises/11_semaphore.c. It is graded when it is saved, and
// on Enter; e opens it in an editor. Meanwhile a hint, the task and a solution
// can be asked for, and commands look at the run that was graded. Where nobody
// types it is graded once.

#ifndef LAB_SHELL_MENDING_H
#define LAB_SHELL_MENDING_H

#include "shell/grading.h"

// Mends the exercise of call->file. Waits. Returns an exit status: of what was
// graded last.
int lab_mending(struct lab_call *call, bool is_python);

// Appends where the learner's program of the exercise of call->file is, and
// puts its start there, unless there is something. Returns an exit status,
// after complaining if it is not 0.
int lab_mending_begin(struct lab_call *call,
                      const struct lab_exercise *exercise, bool is_python,
                      struct lab_text *own);

// Notes what came of [grading], for `progress`, after [hints] were shown.
void lab_mending_note(const struct lab_grading *grading, size_t hints);

#endif
