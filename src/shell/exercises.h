// exercises.h - are exercises as they should be?
//
// Every program of an exercise is built and graded: a start and a wrong answer
// must break the claim that they name, in the phase that they name, and a
// solution must pass.

#ifndef LAB_SHELL_EXERCISES_H
#define LAB_SHELL_EXERCISES_H

#include "shell/command.h"

// Is [path] that of an exercise?
bool lab_exercises_is(const char *path);

// Appends the path of exercise [index] of those in the folder, in the order of
// their lessons. False beyond the last.
bool lab_exercises_path(struct lab_shell *shell, size_t index,
                        struct lab_text *path);

// How much is asked of an exercise.
enum lab_exercises_depth {
    LAB_EXERCISES_READ,  // it can be read, and has all its parts
    LAB_EXERCISES_QUICK, // its programs are graded; those in Python under late
                         // timers, cancels and many seeds only if that is
                         // where they go wrong, as each run is a process
    LAB_EXERCISES_FULL,  // as a learner's are
};

// Checks the exercise at [path]. Waits. False with sentences in [error], each
// beginning with path:line. [*skipped] is set if it has programs in Python, and
// there is none.
bool lab_exercises_check(struct lab_call *call, const char *path,
                         enum lab_exercises_depth depth, bool *skipped,
                         struct lab_text *error);

#endif
