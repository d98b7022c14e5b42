// answers.h - the questions of a quiz, asked one after the other.
//
// Use:
//     struct lab_answers answers = {.call = call, .subject = &subject};
//     int status = lab_answers_ask(&answers);
//     lab_answers_note(&answers, "predict");

#ifndef LAB_SHELL_ANSWERS_H
#define LAB_SHELL_ANSWERS_H

#include "shell/subject.h"

enum lab_answer {
    LAB_ANSWER_OPEN,
    LAB_ANSWER_SKIPPED,
    LAB_ANSWER_MISSED,
    LAB_ANSWER_HALF,
    LAB_ANSWER_RIGHT,
};

struct lab_answers {
    struct lab_call *call;
    const struct lab_subject *subject;
    bool enter_skips; // as in a lesson, where Enter continues
    enum lab_answer marks[LAB_QUIZ_MOST];
    size_t at;       // which question comes next
    bool over;       // no more answers will come
    bool wants_back; // to the question before the first of the quiz
};

// Prints a sentence in [color].
void lab_answers_say(const struct lab_answers *answers, enum lab_color color,
                     const char *sentence);

// Asks until every question is answered or skipped, or somebody leaves. In a
// pipe whose lines are used up, the questions that are left are only shown.
// Waits. Returns an exit status.
int lab_answers_ask(struct lab_answers *answers);

// How many questions have [mark].
size_t lab_answers_count(const struct lab_answers *answers,
                         enum lab_answer mark);

// Prints how many were right, and how to come back to the others; nothing if
// none was answered.
void lab_answers_put_tally(const struct lab_answers *answers);

// Notes in the learner's progress how the questions about a demo were answered,
// if one was. [what] is the word for it: "predict".
void lab_answers_note(const struct lab_answers *answers, const char *what);

#endif
