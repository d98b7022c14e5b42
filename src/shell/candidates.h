// candidates.h - what completion has to offer, and how it is shown.

#ifndef LAB_SHELL_CANDIDATES_H
#define LAB_SHELL_CANDIDATES_H

#include "base/text.h"
#include "shell/edit.h"
#include "view/view.h"

#include <stddef.h>

struct lab_candidate {
    char *word;
    char *text; // what it is; or NULL
};

// A zeroed one offers nothing.
struct lab_candidates {
    struct lab_candidate *items; // in the order offered, each once
    size_t count, capacity;
};

// Frees the items; there are none then.
void lab_candidates_free(struct lab_candidates *candidates);

// Adds copies of [word] and [text] to the struct lab_candidates [to], if the
// word is not there yet. As completion functions call it.
void lab_candidates_offer(void *to, const char *word, const char *text);

// Drops the items that do not begin with [word].
void lab_candidates_keep(struct lab_candidates *candidates, const char *word);

// Appends the items as lines of at most style->width columns: one below the
// other, each with its text, in as many columns as it takes to fit in [rows];
// the words alone where whole texts have no room side by side. Those that find
// no room at all are counted in the last row.
void lab_candidates_list(const struct lab_candidates *candidates,
                         const struct lab_style *style, int rows,
                         struct lab_text *out);

// Asks [complete] what the last word of [line] can be, and appends a line for
// each, with its text, or a sentence if there is nothing.
void lab_candidates_tell(lab_edit_complete *complete, void *context,
                         const char *line, const struct lab_style *style,
                         struct lab_text *out);

// Asks [complete] what can follow [line], and appends to [rest] what to type
// for the learner, or to [list] what there is to choose from, as above. If both
// stay empty there is nothing. Returns how many characters before the cursor
// must be erased first.
size_t lab_candidates_answer(lab_edit_complete *complete, void *context,
                             const char *line, const struct lab_style *style,
                             int rows, struct lab_text *rest,
                             struct lab_text *list);

#endif
