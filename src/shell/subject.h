// subject.h - what predict asks about: runs that are not shown.
//
// Use:
//     struct lab_subject subject;
//     int status = lab_subject_open(&subject, call, seed);
//     if (status == LAB_EXIT_OK)
//         ... subject.shown, subject.quiz ...
//     lab_subject_close(&subject);

#ifndef LAB_SHELL_SUBJECT_H
#define LAB_SHELL_SUBJECT_H

#include "lesson/quiz.h"
#include "shell/command.h"

struct lab_subject {
    const struct lab_comparison *shown; // by nobody so far
    struct lab_quiz quiz;               // of it
    // subject.c's own.
    struct lab_call *call;
    struct lab_comparison own;       // what has run; or
    struct lab_recording *recording; // the file that was read
    struct lab_comparison changed;   // with another value, for "what if"
    struct lab_quiz_other other;
    struct lab_text target, values, source, change;
    const char *code; // the program's text, or NULL; borrowed
};

// Runs what [call] means, quietly and under the virtual clock; or reads it from
// a file; or takes what ran last. With call->again a demo has other figures,
// which [seed] chooses. Waits. Returns an exit status, after complaining if it
// is not 0.
int lab_subject_open(struct lab_subject *subject, struct lab_call *call,
                     unsigned long seed);

// The same without questions, for lab_quiz_ask: what runs is a demo or a
// program, and with [change], "delay=2000", if it is not NULL, it runs once
// more.
int lab_subject_open_plain(struct lab_subject *subject, struct lab_call *call,
                           const char *change);

// Makes other questions about it, of the kinds whose bits are in [kinds] alone.
void lab_subject_ask_only(struct lab_subject *subject, unsigned long seed,
                          uint32_t kinds);

// Appends the figures of a demo that are not its defaults, "n=4,delay=2000", or
// "-" if all are.
void lab_subject_put_figures(const struct lab_subject *subject,
                             struct lab_text *out);

// Frees it; what has run is what ran last from now on.
void lab_subject_close(struct lab_subject *subject);

// Does another order of the tasks say the lines as [answer] has them? The
// program is run under all orders, for half a second at most. Waits.
bool lab_subject_is_possible(const struct lab_subject *subject,
                             const struct lab_quiz_question *question,
                             const struct lab_quiz_answer *answer);

#endif
