#include "view/grid.h"

#include "base/alloc.h"
#include "view/line.h"

#include <string.h>

enum { BETWEEN = 2 }; // spaces between columns

// One head: what it says, and what its column holds.
struct head {
    const char *name;
    int length;
    char kind; // '>', '#' or ' '
};

static struct head head_of(const struct lab_grid *grid, int column) {
    const char *at = grid->heads;
    while (column-- > 0)
        at += strcspn(at, "|") + 1;
    char kind = *at == '>' || *at == '#' ? *at : ' ';
    at += kind != ' ';
    return (struct head){at, (int)strcspn(at, "|"), kind};
}

void lab_grid_init(struct lab_grid *grid, const char *heads) {
    *grid = (struct lab_grid){.heads = heads, .columns = 1};
    for (const char *c = heads; *c; c++)
        grid->columns += *c == '|';
}

struct lab_text *lab_grid_cell(struct lab_grid *grid) {
    grid->cells =
        lab_grow(grid->cells, grid->count, &grid->room, sizeof *grid->cells);
    struct lab_text *cell = &grid->cells[grid->count++];
    *cell = (struct lab_text){0};
    return cell;
}

// A glyph is kept as one letter, and drawn when the style is known.
void lab_grid_bar(struct lab_text *cell, enum lab_picture_glyph glyph,
                  int times) {
    char letter[2] = {(char)('A' + glyph), '\0'};
    lab_text_repeat(cell, letter, times);
}

static void put_bar(struct lab_text *out, const struct lab_style *style,
                    const char *bar) {
    while (*bar) {
        const char letter[2] = {*bar, '\0'};
        size_t n = strspn(bar, letter);
        lab_picture_glyph(out, style, (enum lab_picture_glyph)(*bar - 'A'),
                          (int)n);
        bar += n;
    }
}

static const char *cell_at(const struct lab_grid *grid, size_t row,
                           int column) {
    size_t i = row * (size_t)grid->columns + (size_t)column;
    return i < grid->count ? lab_text_string(&grid->cells[i]) : "";
}

static size_t rows_of(const struct lab_grid *grid) {
    size_t columns = (size_t)grid->columns;
    return (grid->count + columns - 1) / columns;
}

// Sets the widths; returns that of the whole. A column of nothing has none.
static int measure(struct lab_grid *grid) {
    int all = -BETWEEN;
    for (int i = 0; i < grid->columns; i++) {
        int widest = 0;
        for (size_t row = 0; row < rows_of(grid); row++) {
            int width = lab_line_columns(cell_at(grid, row, i));
            widest = width > widest ? width : widest;
        }
        struct head head = head_of(grid, i);
        if (widest > 0 && head.length > widest)
            widest = head.length;
        grid->widths[i] = widest;
        all += widest > 0 ? widest + BETWEEN : 0;
    }
    return all;
}

// Appends [string] in its column; *[spaces] are due before it, and come only
// if something is put, so that no line ends in them.
static void put_cell(const struct lab_grid *grid, struct lab_text *out,
                     const struct lab_style *style, int column,
                     const char *string, int *spaces) {
    struct head head = head_of(grid, column);
    int width = grid->widths[column];
    int used = lab_line_columns(string);
    if (used > 0) {
        int before = head.kind == '>' ? width - used : 0;
        lab_text_repeat(out, " ", *spaces + before);
        if (head.kind == '#')
            put_bar(out, style, string);
        else
            lab_line_put(out, style, string, width);
        *spaces = width - before - used;
    } else {
        *spaces += width;
    }
    *spaces += width > 0 ? BETWEEN : 0;
}

static void put_heads(const struct lab_grid *grid, struct lab_text *out,
                      const struct lab_style *style) {
    int spaces = 0;
    struct lab_text name = {0};
    lab_view_color(out, style, LAB_COLOR_HEAD);
    for (int i = 0; i < grid->columns; i++) {
        struct head head = head_of(grid, i);
        int width = grid->widths[i];
        if (width == 0)
            continue;
        lab_text_clear(&name);
        lab_text_repeat(&name, " ", head.kind == '>' ? width - head.length : 0);
        lab_text_write(&name, head.name, (size_t)head.length);
        lab_text_repeat(out, " ", spaces);
        lab_text_put(out, lab_text_string(&name));
        spaces = width - (int)name.length + BETWEEN;
    }
    lab_view_color(out, style, LAB_COLOR_NONE);
    lab_text_put(out, "\n");
    lab_text_free(&name);
    lab_view_color(out, style, LAB_COLOR_DIM);
    spaces = 0;
    for (int i = 0; i < grid->columns; i++) {
        if (grid->widths[i] == 0)
            continue;
        lab_text_repeat(out, " ", spaces);
        lab_text_repeat(out, style->ascii ? "-" : "─", grid->widths[i]);
        spaces = BETWEEN;
    }
    lab_view_color(out, style, LAB_COLOR_NONE);
    lab_text_put(out, "\n");
}

// One row as lines, the first cell being what they are about.
static void put_stack(const struct lab_grid *grid, struct lab_text *out,
                      const struct lab_style *style, size_t row) {
    struct lab_text line = {0};
    int indent = style->width < 24 ? 1 : 2;
    lab_view_color(out, style, LAB_COLOR_HEAD);
    lab_line_put(out, style, cell_at(grid, row, 0), style->width);
    lab_view_color(out, style, LAB_COLOR_NONE);
    lab_text_put(out, "\n");
    for (int i = 1; i < grid->columns; i++) {
        struct head head = head_of(grid, i);
        const char *cell = cell_at(grid, row, i);
        if (!*cell)
            continue;
        if (head.kind == '#') {
            lab_text_repeat(out, " ", indent);
            put_bar(out, style, cell);
            lab_text_put(out, "\n");
            continue;
        }
        lab_text_clear(&line);
        lab_text_printf(&line, "%.*s: %s", head.length, head.name, cell);
        lab_line_wrap(out, style, LAB_COLOR_NONE, indent,
                      lab_text_string(&line));
    }
    lab_text_free(&line);
}

static void put_row(const struct lab_grid *grid, struct lab_text *out,
                    const struct lab_style *style, size_t row) {
    int spaces = 0;
    for (int i = 0; i < grid->columns; i++)
        put_cell(grid, out, style, i, cell_at(grid, row, i), &spaces);
    lab_text_put(out, "\n");
}

void lab_grid_put(struct lab_grid *grid, struct lab_text *out,
                  const struct lab_style *style) {
    bool fits = measure(grid) <= style->width;
    if (fits && grid->count > 0)
        put_heads(grid, out, style);
    for (size_t row = 0; row < rows_of(grid); row++) {
        if (fits)
            put_row(grid, out, style, row);
        else
            put_stack(grid, out, style, row);
    }
    for (size_t i = 0; i < grid->count; i++)
        lab_text_free(&grid->cells[i]);
    lab_free(grid->cells);
    *grid = (struct lab_grid){0};
}
