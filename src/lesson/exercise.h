// exercise.h - a program to mend, with all that belongs to it, in one file.
//
// An exercise is lessons/exercises/NN_name.md, with the number and the name of
// its lesson:
//
//     # 11 semaphore: three at a time      a title, and the task in a few
//     Nine calls go out at once. ...       sentences; no answer
//
//     ```claims
//     count(arrived) = n                   what must hold; see demo/claim.h
//     cancel: last(begins - ends) = 0      asked under cancel alone; late: too
//     small  n=3 limit=2                   tried under every schedule
//     cases  n=9 limit=3; n=7 limit=2      tried under many
//     under  late, cancel                  what else is tried with the small
//     one
//     ```
//     ```c start: peak(begins - ends)      what the learner gets, and the claim
//                                          that it breaks first
//     ```c solution                        two or more, each by another way
//     ```c solution: with a condition
//     ```c wrong: time                     two or more, and the claim each
//     ```c wrong: last(...) under cancel   breaks first
//     ```c table                           the end of each program in C
//     ```python start: ...                 the same in Python
//     ```assemble                          lines of the usual Python solution,
//                                          in order; "a | b": b is wrong. Those
//                                          marked "# given" stay in their place
//     ```try                               which parameters of the demo may be
//     semaphore limit=1..9: peak(inside) <= 4; time <= 4 * delay
//                                          changed, and what must then hold
//     ```hint                              three: where to look, what is
//                                          missing, how; "hint c" and "hint
//                                          python" are one in each language
//     ## After                             what it was
//
// A claim of a start or a wrong answer is named by its first words, without
// its prefix. That a program ends ok is claimed of each.

#ifndef LAB_LESSON_EXERCISE_H
#define LAB_LESSON_EXERCISE_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

enum { LAB_EXERCISE_HINTS = 3 };

// One program of an exercise.
struct lab_exercise_program {
    enum lab_exercise_kind {
        LAB_EXERCISE_START,
        LAB_EXERCISE_SOLUTION,
        LAB_EXERCISE_WRONG,
    } kind;
    bool is_python;
    char *text;  // all of it
    char *name;  // of a solution: "with a condition", or ""; of others the
                 // first words of the claim that it breaks first
    char *under; // the phase in which it does: "cancel", "late", "seeds"; ""
    size_t line; // where the block begins, from 1
};

// A line to put in its place.
struct lab_exercise_line {
    char *right, *wrong; // wrong: the distractor, or NULL
    bool given;          // it is in its place already
};

// Strings are owned. What the file lacks is NULL or 0.
struct lab_exercise {
    char *path, *title; // "11 semaphore: three at a time"
    char *statement;    // Markdown
    char *after;        // likewise
    char *table;        // what each program in C ends with, and has in .text
    char **claims;      // with their prefixes
    size_t claim_count;
    char *small, **cases;
    size_t case_count;
    bool late, cancel;
    struct lab_exercise_program *programs;
    size_t program_count;
    struct lab_exercise_line *lines; // to assemble, in the right order
    size_t line_count;
    char *try_values, *try_claims; // "semaphore limit=1..9", the claims by ";"
    char *hints[2][LAB_EXERCISE_HINTS]; // for C; for Python
    size_t hint_count[2];
    // exercise.c's own.
    size_t claim_room, case_room, program_room, line_room;
    size_t claims_line; // where the claims begin
};

// Reads the file at [path] into [exercise].
//
// Owns:   yours, until lab_exercise_free, also after an error.
// Errors: false, with one sentence a line in [error], each beginning with
//         path:line, or naming a file that cannot be read.
bool lab_exercise_read(struct lab_exercise *exercise, const char *path,
                       struct lab_text *error);

// Has it all that exercises have: three hints, and in C, Python or both a
// start, two solutions and two wrong answers? Do the first two hints have
// nothing of a solution's text, and is none about the other language? If not,
// appends sentences to [error] as lab_exercise_read does.
bool lab_exercise_is_whole(const struct lab_exercise *exercise,
                           struct lab_text *error);

void lab_exercise_free(struct lab_exercise *exercise);

// The first program of a kind, or the one [after] that; NULL if there is none.
const struct lab_exercise_program *
lab_exercise_find(const struct lab_exercise *exercise,
                  enum lab_exercise_kind kind, bool is_python,
                  const struct lab_exercise_program *after);

// Is [claim] the one that [program] says it breaks first? Of all claims of an
// exercise the first is meant.
bool lab_exercise_names(const struct lab_exercise_program *program,
                        const char *claim);

// In which phase a claim is judged, by its prefix: "cancel", "late", or "" for
// the others. [*rest] is the claim without that prefix.
const char *lab_exercise_phase(const char *claim, const char **rest);

#endif
