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
    LAB_EXERCISES_READ,  // it can be read, has all its parts, what is to try
                         // can be opened, and its lesson names it
    LAB_EXERCISES_QUICK, // its programs are graded; those in Python until they
                         // have gone wrong as they say, or have not for some
                         // runs, as each run is a process
    LAB_EXERCISES_FULL,  // as a learner's are
};

// What else there is to say of a check.
struct lab_exercises_notes {
    bool skipped; // it has programs in Python, and there is none
    bool stopped; // from the terminal
};

// Checks the exercise at [path]. Waits. False with sentences in [error], each
// beginning with path:line. [notes] are set where they are true.
bool lab_exercises_check(struct lab_call *call, const char *path,
                         enum lab_exercises_depth depth,
                         struct lab_exercises_notes *notes,
                         struct lab_text *error);

#endif
