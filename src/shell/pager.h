// pager.h - a text that is longer than the screen, moved by keys.
//
// Use:
//     struct lab_pager pager;
//     lab_pager_init(&pager, text);
//     do {
//         lab_pager_fit(&pager, columns, rows);
//         lab_pager_put(&pager, &screen, style);
//         ... draw the screen, wait for a key ...
//     } while (lab_pager_obey(&pager, key));
//     lab_pager_term(&pager);
//
// Lines that are wider than the screen take several rows, so nothing is cut.
// The last row says which lines are shown, and which keys there are.

#ifndef LAB_SHELL_PAGER_H
#define LAB_SHELL_PAGER_H

#include "view/view.h"

struct lab_pager {
    const char *text; // borrowed
    // pager.c's own.
    struct lab_pager_row *rows; // as they are on this screen
    size_t count, room;
    size_t lines;        // of the text
    size_t top;          // the first row that is shown
    size_t found;        // the row after which the next search begins
    size_t from;         // where it begins in the text
    int columns, height; // of the screen, without the last row
    bool searching;      // a pattern is being typed
    bool missing;        // it was not found
    bool helps;          // the keys are listed
    struct lab_text pattern;
};

void lab_pager_init(struct lab_pager *pager, const char *text);
void lab_pager_term(struct lab_pager *pager);

// Lays the text out for a screen of [columns] and [rows], and keeps the place.
void lab_pager_fit(struct lab_pager *pager, int columns, int rows);

// Shows the line at byte [from] of the text at the top.
void lab_pager_begin_at(struct lab_pager *pager, size_t from);

// Moves as [key] says, a key of lab_canvas_key. Returns false if it says to
// leave.
bool lab_pager_obey(struct lab_pager *pager, int key);

// Appends the screen, whose last row has no newline.
void lab_pager_put(const struct lab_pager *pager, struct lab_text *out,
                   const struct lab_style *style);

// For lab_canvas: in which column of that row one types, or 0.
int lab_pager_caret(const struct lab_pager *pager);

#endif
