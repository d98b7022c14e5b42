// mending_internal.h - what the parts of mending share: mending.c grades and
// watches the program, mending_take.c takes what is typed, mending_put.c
// prints.

#ifndef LAB_SHELL_MENDING_INTERNAL_H
#define LAB_SHELL_MENDING_INTERNAL_H

#include "core/lock.h"
#include "core/watched.h"
#include "shell/grading.h"

struct lab_mending {
    struct lab_call *call;
    struct lab_grading grading;
    struct lab_text path; // of the learner's program
    bool is_python, is_graded, has_passed, is_busy, is_over;
    size_t hints; // shown so far
    size_t shown; // the number of the one shown last
    size_t solutions;
    int status; // of what was graded last
    // A save while Enter grades waits for it, or both would use [grading].
    struct lab_lock grader;
    struct lab_watched *file;
};

// Grades the program and prints what it came to. Waits.
void lab_mending_grade(struct lab_mending *m);

// Does what was typed. Waits.
void lab_mending_take(struct lab_mending *m, const char *typed);

// Print Markdown; the task; where the program is and how to begin; what can be
// typed now; what was graded.
void lab_mending_put_markdown(const struct lab_mending *m,
                              const char *markdown);
void lab_mending_put_task(const struct lab_mending *m);
void lab_mending_put_beginning(const struct lab_mending *m, bool is_open);
void lab_mending_put_keys(const struct lab_mending *m);
void lab_mending_put_grade(const struct lab_mending *m);

#endif
