// grid_internal.h - what is kept of a grid, for choosing its layout in grid.c
// and drawing it in grid_put.c.

#ifndef LAB_VIEW_GRID_INTERNAL_H
#define LAB_VIEW_GRID_INTERNAL_H

#include "view/grid.h"

enum { LAB_GRID_BETWEEN = 2 }; // spaces between columns

struct lab_grid_cell {
    struct lab_text text;
    const char *label; // of one that takes the rest of its row; or NULL
    bool is_painted, has_time;
    enum lab_color color;
    lab_time time; // comes before what follows the first [before] bytes
    size_t before;
};

// One head: what it says, and what its column holds.
struct lab_grid_head {
    const char *name;
    int length, columns;
    char kind; // one of ">#~=<+", or ' '
};

struct lab_grid_head lab_grid_head_of(const struct lab_grid *grid, int column);

// How many rows there are, and the cell in that place; an empty one beyond the
// last.
size_t lab_grid_rows(const struct lab_grid *grid);
const struct lab_grid_cell *lab_grid_cell_at(const struct lab_grid *grid,
                                             size_t row, int column);

// Draws the heads, or a row: in columns, or as lines below its first cell.
void lab_grid_put_heads(const struct lab_grid *grid, struct lab_text *out,
                        const struct lab_style *style);
void lab_grid_put_row(const struct lab_grid *grid, struct lab_text *out,
                      const struct lab_style *style, size_t row);
void lab_grid_put_lines(const struct lab_grid *grid, struct lab_text *out,
                        const struct lab_style *style, size_t row);

#endif
