// clauses.h - what somebody did in a row, as one list: "begins, says "a" and
// ends". What is done again and again, one deed or two in turn, is told once:
// "resumes steps, gets 0 from steps, the same 99 times more and ends".
//
// Use:
//     struct lab_clauses clauses = {0};
//     lab_text_put(lab_clauses_next(&clauses), "begins");
//     lab_text_put(lab_clauses_next(&clauses), "ends");
//     lab_clauses_end(&clauses, &out);                     "begins and ends"
//     lab_clauses_free(&clauses);

#ifndef LAB_VIEW_CLAUSES_H
#define LAB_VIEW_CLAUSES_H

#include "view/names.h"

enum { LAB_CLAUSES_TURN = 2 }; // the longest repetition that is noticed

// A zeroed one is empty.
struct lab_clauses {
    size_t count; // that were added

    // clauses.c's own.
    struct lab_names names;
    struct lab_text next;                   // the one that is written now
    struct lab_text last[LAB_CLAUSES_TURN]; // of [names], the latest first
    size_t kept;                            // how many of these there are
    size_t turn, again; // clauses in a repetition, and how many came again
};

// Returns where to write the next clause.
//
// Owns: borrowed, until the next call.
struct lab_text *lab_clauses_next(struct lab_clauses *clauses);

// Appends the clauses and forgets them.
void lab_clauses_end(struct lab_clauses *clauses, struct lab_text *out);

void lab_clauses_free(struct lab_clauses *clauses);

#endif
