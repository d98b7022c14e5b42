// candidates.h - what completion has to offer, and how it is shown.

#ifndef LAB_SHELL_CANDIDATES_H
#define LAB_SHELL_CANDIDATES_H

#include "base/text.h"
#include "shell/edit.h"

#include <stddef.h>

// A zeroed one offers nothing.
struct lab_candidates {
    char **items; // in the order offered, each once
    size_t count, capacity;
};

// Frees the items; there are none then.
void lab_candidates_free(struct lab_candidates *candidates);

// Adds a copy of [item] to the struct lab_candidates [to], if it is not there
// yet. As completion functions call it.
void lab_candidates_offer(void *to, const char *item);

// Drops the items that do not begin with [word].
void lab_candidates_keep(struct lab_candidates *candidates, const char *word);

// Appends the items as lines of at most [columns], in columns read downwards.
void lab_candidates_list(const struct lab_candidates *candidates, int columns,
                         struct lab_text *out);

// Asks [complete] what can follow [line], and appends to [rest] what to type
// for the learner, or to [list] what there is to choose from. If both stay
// empty there is nothing. Returns how many characters before the cursor must
// be erased first.
size_t lab_candidates_answer(lab_edit_complete *complete, void *context,
                             const char *line, int columns,
                             struct lab_text *rest, struct lab_text *list);

#endif
