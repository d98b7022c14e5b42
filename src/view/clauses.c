#include "view/clauses.h"

#include <stdint.h>
#include <string.h>

// Fewer repetitions are written out: that is as short, and plainer.
enum { FEW = 2 };

// Puts [clause] into the list, where it is the latest.
static void put(struct lab_clauses *clauses, const char *clause) {
    struct lab_text oldest = clauses->last[LAB_CLAUSES_TURN - 1];
    lab_text_put(lab_names_next(&clauses->names), clause);
    memmove(clauses->last + 1, clauses->last,
            (LAB_CLAUSES_TURN - 1) * sizeof *clauses->last);
    lab_text_clear(&oldest);
    lab_text_put(&oldest, clause);
    clauses->last[0] = oldest;
    clauses->kept += clauses->kept < LAB_CLAUSES_TURN;
}

// The clause that would continue the repetition.
static const char *expected(const struct lab_clauses *clauses) {
    size_t done = clauses->again % clauses->turn;
    return lab_text_string(&clauses->last[clauses->turn - 1 - done]);
}

// Ends a repetition: says how often it was, and what has begun once more.
static void end_turns(struct lab_clauses *clauses) {
    size_t turn = clauses->turn, again = clauses->again;
    size_t times = turn ? again / turn : 0, rest = turn ? again % turn : 0;
    if (times > 0 && times < FEW) {
        rest += times * turn;
    } else if (times > 0) {
        struct lab_text *out = lab_names_next(&clauses->names);
        lab_text_printf(out, "the same %zu times more", times);
    }
    // [last] turns with each that is put, so the oldest of a turn is next.
    for (size_t i = 0; i < rest; i++) {
        struct lab_text clause = {0};
        lab_text_put(&clause, lab_text_string(&clauses->last[turn - 1]));
        put(clauses, lab_text_string(&clause));
        lab_text_free(&clause);
    }
    clauses->turn = clauses->again = 0;
}

// Takes the clause that was written, once it is whole.
static void take(struct lab_clauses *clauses) {
    const char *clause = lab_text_string(&clauses->next);
    if (clauses->next.length == 0)
        return;
    if (clauses->turn && strcmp(clause, expected(clauses)) != 0)
        end_turns(clauses);
    for (size_t i = 0; !clauses->turn && i < clauses->kept; i++)
        if (strcmp(clause, lab_text_string(&clauses->last[i])) == 0)
            clauses->turn = i + 1;
    if (clauses->turn)
        clauses->again++;
    else
        put(clauses, clause);
    lab_text_clear(&clauses->next);
}

struct lab_text *lab_clauses_next(struct lab_clauses *clauses) {
    clauses->names.most = SIZE_MAX;
    take(clauses);
    clauses->count++;
    return &clauses->next;
}

void lab_clauses_end(struct lab_clauses *clauses, struct lab_text *out) {
    take(clauses);
    end_turns(clauses);
    lab_names_end(&clauses->names, out);
    clauses->count = clauses->kept = 0;
}

void lab_clauses_free(struct lab_clauses *clauses) {
    lab_names_free(&clauses->names);
    lab_text_free(&clauses->next);
    for (size_t i = 0; i < LAB_CLAUSES_TURN; i++)
        lab_text_free(&clauses->last[i]);
}
