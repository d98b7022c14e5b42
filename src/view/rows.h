// rows.h - names and what they mean, in rows of one layout at any width.
//
// Use:
//     struct lab_rows rows = {.indent = 2};
//     lab_rows_add(&rows, "list", "show the demos and what they ask");
//     ...
//     lab_rows_put(&rows, out, style);
//
// Where both columns have room, the meaning is beside the name, and wrapped
// there if it is long. Where they do not, it is below the name, for all rows.

#ifndef LAB_VIEW_ROWS_H
#define LAB_VIEW_ROWS_H

#include "view/view.h"

// A zeroed one has no rows and no indent.
struct lab_rows {
    int indent;   // columns from the left
    int least;    // columns of the left side, even if its texts are shorter
    char **cells; // owned: left, right, left, right, ...
    size_t count, capacity;
};

// Adds a row; both are copied.
void lab_rows_add(struct lab_rows *rows, const char *left, const char *right);

// Appends the rows to [out] and frees them.
void lab_rows_put(struct lab_rows *rows, struct lab_text *out,
                  const struct lab_style *style);

// The same of [count] rows on a screen of [height] lines, of which the last has
// no newline and says how to go back: what has no room is left out, and empty
// lines fill the rest. A row without a name is left out, too.
void lab_rows_put_screen(struct lab_text *out, const struct lab_style *style,
                         const char *const rows[][2], size_t count, int height);

#endif
