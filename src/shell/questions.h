// questions.h - what a ```predict block of a lesson asks, answered by runs of
// the lesson's demo.
//
// Use:
//     struct lab_questions questions;
//     int status = lab_questions_open(&questions, call, file, &doc, fence);
//     if (status == LAB_EXIT_OK)
//         ... questions.subject.quiz ...
//     lab_questions_close(&questions);

#ifndef LAB_SHELL_QUESTIONS_H
#define LAB_SHELL_QUESTIONS_H

#include "lesson/markdown.h"
#include "shell/subject.h"

struct lab_questions {
    struct lab_subject subject;
    size_t line; // of the file: of the question that cannot be asked
    // questions.c's own.
    struct lab_call call;
    struct lab_text word;       // of the call
    struct lab_comparison last; // what ran last before
};

// Runs the demo or program of [file], quietly, and makes the questions of
// [fence], at most LAB_QUIZ_MOST. Waits. Returns an exit status, after
// complaining if it is not 0. The style and the limits are those of [outer].
int lab_questions_open(struct lab_questions *questions, struct lab_call *outer,
                       struct lab_demo_file *file,
                       const struct lab_markdown *doc,
                       const struct lab_fence *fence);

// Frees them. What ran last is again what it was.
void lab_questions_close(struct lab_questions *questions);

// Appends to [word] what commands call the demo or program of [file]: "3",
// "28_your_own.py".
void lab_questions_word(const struct lab_shell *shell,
                        const struct lab_demo_file *file,
                        struct lab_text *word);

// Appends all questions, or all answers with their questions.
void lab_questions_put(struct lab_text *out, const struct lab_style *style,
                       const struct lab_quiz *quiz);
void lab_questions_put_right(struct lab_text *out,
                             const struct lab_style *style,
                             const struct lab_quiz *quiz);

#endif
