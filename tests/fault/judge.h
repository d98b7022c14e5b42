// judge.h - did a program take a fault as it should?
//
// It may absorb it: the same status and the same output as without. Or tell of
// it: in a sentence, with a status that says failure, and nothing in its
// output that is not in the other in the same order, save that the last line
// may break off. All else is wrong: signals, assertions (70), silence, bytes
// lost on the way, computing without end, a terminal that is left raw.

#ifndef LAB_FAULT_JUDGE_H
#define LAB_FAULT_JUDGE_H

#include "play.h"

// One scene under one kind of fault, at every place.
struct sweep {
    const struct scene *scene;
    const struct play *clean; // as it goes without a fault
    const char *fault;        // in words, for reports
    long plays, absorbed, told, wrong;
};

enum verdict { ABSORBED, TOLD, WRONG };

// Judges [now], in which [what] happened at [at]. What is wrong is printed,
// the first few times of each sweep, and counted; so is what is right.
enum verdict judge(struct sweep *sweep, const struct play *now,
                   const char *what, long at);

// Counts [now] as wrong, and prints [why].
void judge_wrong(struct sweep *sweep, const struct play *now, const char *what,
                 long at, const char *why);

// How many lines of the errors of [now] are not in those of [clean].
int judge_sentences(const struct play *clean, const struct play *now);

// Prints one line about [sweep], and fails the test if anything was wrong.
void judge_end(const struct sweep *sweep);

#endif
