// grid.h - figures in columns; where these do not fit, with the rest of a row
// below it; where that does not fit either, line by line.
//
// Use:
//     struct lab_grid grid;
//     lab_grid_init(&grid, "who|>lasted|#share");
//     lab_text_put(lab_grid_cell(&grid), "loop");
//     lab_grid_cell(&grid);
//     lab_grid_time(&grid, 5 * LAB_S);
//     lab_grid_bar(lab_grid_cell(&grid), LAB_PICTURE_JOB, 7);
//     ... row by row ...
//     lab_grid_put(&grid, out, style);
//
// A head that begins with ">" is one of figures, which stand on the right; one
// that begins with "#" is one of bars; one that begins with "~" is one of
// words, which are cut where there is no room for the whole; one that begins
// with "=" is one of formulas, which then continue on the next line. Formulas
// are the first to go below their row, then what is below a head that begins
// with "<", figures otherwise, then the last column, but never one whose head
// begins with "+". Columns without any cell are left out.

#ifndef LAB_VIEW_GRID_H
#define LAB_VIEW_GRID_H

#include "view/picture.h"

enum { LAB_GRID_COLUMNS = 10 };

struct lab_grid {
    const char *heads; // borrowed
    struct lab_grid_cell *cells;
    int columns, widths[LAB_GRID_COLUMNS];
    bool below[LAB_GRID_COLUMNS], has_lines; // below its rows
    size_t count, room;                      // of the cells
    struct lab_times times;
};

// Makes an empty grid with these [heads].
//
// Owns: borrows [heads]; until lab_grid_put, which frees all else.
void lab_grid_init(struct lab_grid *grid, const char *heads);

// Appends to [heads] one for [name], which may come from anywhere. [kind] is a
// sign as above, or ' '. A "|" in it is written "/".
void lab_grid_put_head(struct lab_text *heads, char kind, const char *name);

// Returns the next cell to write to, row by row.
//
// Owns: borrowed, until the next call.
struct lab_text *lab_grid_cell(struct lab_grid *grid);

// The same of a cell in [color].
struct lab_text *lab_grid_painted(struct lab_grid *grid, enum lab_color color);

// Adds a cell that says whether something [held].
void lab_grid_held(struct lab_grid *grid, bool held);

// The same for a cell that takes the place of the rest of its row. Where it
// stands below others, [label] comes before it.
struct lab_text *lab_grid_rest(struct lab_grid *grid, enum lab_color color,
                               const char *label);

// Appends [time] to the newest cell, or "-" if it is negative; once at most.
// All times of a grid are in one unit.
void lab_grid_time(struct lab_grid *grid, lab_time time);

// Appends [times] times [glyph] to the cell of a bar.
void lab_grid_bar(struct lab_text *cell, enum lab_picture_glyph glyph,
                  int times);

// Appends the grid to [out] and frees it; nothing if it has no rows.
void lab_grid_put(struct lab_grid *grid, struct lab_text *out,
                  const struct lab_style *style);

// Appends what [render] shows. Its grids are all laid out as the one that has
// least room. [render] may be called twice.
void lab_grid_view(struct lab_text *out,
                   const struct lab_comparison *comparison,
                   const struct lab_style *style, lab_view_fn *render);

#endif
