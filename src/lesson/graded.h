// graded.h - what grading a program of an exercise has come to, for learners.
//
// Use:
//     struct lab_graded graded = {.grade = &grade, .file = "my.c"};
//     lab_graded_put(&out, style, &graded);
//
// The table has the claims of the phase that decides: up to the first that
// does not hold, and those that wait for it. Below it stands what was tried,
// the simplest schedule against that claim, and the first event of its run that
// shows it, with lanes.

#ifndef LAB_LESSON_GRADED_H
#define LAB_LESSON_GRADED_H

#include "demo/grade.h"
#include "view/view.h"

struct lab_graded {
    const struct lab_grade *grade;
    const char *file; // the program, as it is typed
    // The run of the first schedule against it, and the program's text; NULL
    // if there is none, or if it could not be run again.
    const struct lab_comparison *again;
    const char *source;
};

// Appends all that, in 20 lines or so.
void lab_graded_put(struct lab_text *out, const struct lab_style *style,
                    const struct lab_graded *graded);

// Appends one sentence: how much was tried, if it passed; or which claim does
// not hold, and in how many schedules.
void lab_graded_put_sentence(struct lab_text *out,
                             const struct lab_grade *grade);

// Appends the words after a command that show the schedule against it:
// " my.c n=3 limit=2 --schedule=0,1".
void lab_graded_put_words(struct lab_text *out,
                          const struct lab_graded *graded);

// What is first against it, or NULL if it passed or was stopped.
const struct lab_grade_claim *lab_graded_first(const struct lab_grade *grade);

#endif
