// grid_put.c - a grid as it is drawn, when its layout is chosen.

#include "view/grid_internal.h"
#include "view/line.h"

#include <string.h>

// Figures stand on the right.
static bool is_figure(char kind) {
    return kind == '>' || kind == '<';
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

// Appends [cell] in [width] columns; *[spaces] are due before it, and come only
// if something is put, so that no line ends in them.
static void put_cell(struct lab_text *out, const struct lab_style *style,
                     const struct lab_grid_cell *cell, char kind, int width,
                     int *spaces) {
    const char *string = lab_text_string(&cell->text);
    int used = lab_line_columns(string);
    used = used < width ? used : width;
    if (used > 0) {
        int before = is_figure(kind) ? width - used : 0;
        if (cell->is_painted)
            lab_view_color(out, style, cell->color);
        lab_text_repeat(out, " ", *spaces + before);
        if (kind == '#')
            put_bar(out, style, string);
        else
            lab_line_left(out, style, string, used);
        if (cell->is_painted)
            lab_view_color(out, style, LAB_COLOR_NONE);
        *spaces = width - before - used;
    } else {
        *spaces += width;
    }
    *spaces += width > 0 ? LAB_GRID_BETWEEN : 0;
}

// What is left of a formula for the lines below its first, in [width] columns.
static void wrap(struct lab_text *lines, const struct lab_style *style,
                 const struct lab_grid_cell *cell, int width) {
    struct lab_style narrow = *style;
    narrow.width = width;
    narrow.color = false;
    lab_line_wrap(lines, &narrow, LAB_COLOR_NONE, 0,
                  lab_text_string(&cell->text));
}

// Is [cell], which takes the rest of its row, so short that all of it may be
// read there, on a few lines? A longer one is cut.
static bool is_sentence(const struct lab_grid_cell *cell, int width) {
    enum { MOST = 3 };
    return lab_line_columns(lab_text_string(&cell->text)) <= MOST * width;
}

// Line [line] of [cell] in a column of [width], as a cell of its own.
static struct lab_grid_cell line_of(const struct lab_grid_cell *cell, char kind,
                                    const struct lab_style *style, int width,
                                    int line) {
    struct lab_grid_cell part = {.is_painted = cell->is_painted,
                                 .color = cell->color};
    struct lab_text lines = {0};
    if (kind != '=' || width == 0) {
        lab_text_put(&part.text, line ? "" : lab_text_string(&cell->text));
        return part;
    }
    wrap(&lines, style, cell, width);
    const char *at = lab_text_string(&lines);
    while (line-- > 0 && *at)
        at += strcspn(at, "\n") + (at[strcspn(at, "\n")] == '\n');
    lab_text_write(&part.text, at, strcspn(at, "\n"));
    lab_text_free(&lines);
    return part;
}

// Puts line [line] of a row. Returns whether there was anything in it.
static bool put_line(const struct lab_grid *grid, struct lab_text *out,
                     const struct lab_style *style, size_t row, int line) {
    int spaces = 0, left = style->width;
    size_t before = out->length;
    for (int i = 0; i < grid->columns; i++) {
        const struct lab_grid_cell *cell = lab_grid_cell_at(grid, row, i);
        char kind = lab_grid_head_of(grid, i).kind;
        int width = grid->widths[i];
        if (cell->label) {
            kind = is_sentence(cell, left) ? '=' : ' ';
            width = left;
        }
        struct lab_grid_cell part = line_of(cell, kind, style, width, line);
        if (!cell->label || !grid->has_lines)
            put_cell(out, style, &part, kind, width, &spaces);
        lab_text_free(&part.text);
        if (cell->label)
            break;
        left -= width > 0 ? width + LAB_GRID_BETWEEN : 0;
    }
    bool any = out->length > before;
    if (any || line == 0)
        lab_text_put(out, "\n");
    return any;
}

// What has no room in the row is said below it: "n * delay; ratio 1.00". What a
// formula is needs no word, and a bar is not said.
static void put_below(const struct lab_grid *grid, struct lab_text *out,
                      const struct lab_style *style, size_t row) {
    const struct lab_grid_cell *rest = NULL;
    struct lab_text said = {0};
    for (int i = 1; i < grid->columns; i++) {
        struct lab_grid_head head = lab_grid_head_of(grid, i);
        const struct lab_grid_cell *cell = lab_grid_cell_at(grid, row, i);
        if (cell->label) {
            rest = cell;
            break;
        }
        if (!grid->below[i] || head.kind == '#' || cell->text.length == 0)
            continue;
        lab_text_put(&said, said.length ? "; " : "");
        if (head.kind != '=')
            lab_text_printf(&said, "%.*s ", head.length, head.name);
        lab_text_put(&said, cell->text.data);
    }
    if (said.length)
        lab_line_wrap(out, style, LAB_COLOR_DIM, 2, lab_text_string(&said));
    if (rest)
        lab_line_printf(out, style, rest->color, 2, "%s: %s", rest->label,
                        lab_text_string(&rest->text));
    lab_text_free(&said);
}

void lab_grid_put_row(const struct lab_grid *grid, struct lab_text *out,
                      const struct lab_style *style, size_t row) {
    for (int line = 0; put_line(grid, out, style, row, line); line++)
        ;
    if (grid->has_lines)
        put_below(grid, out, style, row);
}

void lab_grid_put_heads(const struct lab_grid *grid, struct lab_text *out,
                        const struct lab_style *style) {
    int spaces = 0;
    struct lab_text name = {0};
    lab_view_color(out, style, LAB_COLOR_HEAD);
    for (int i = 0; i < grid->columns; i++) {
        struct lab_grid_head head = lab_grid_head_of(grid, i);
        int width = grid->widths[i];
        int before = is_figure(head.kind) ? width - head.columns : 0;
        if (width == 0)
            continue;
        lab_text_clear(&name);
        lab_text_write(&name, head.name, (size_t)head.length);
        lab_text_repeat(out, " ", spaces + before);
        lab_line_put(out, style, lab_text_string(&name), head.columns);
        spaces = width - before - head.columns + LAB_GRID_BETWEEN;
    }
    lab_view_color(out, style, LAB_COLOR_NONE);
    lab_text_put(out, "\n");
    lab_text_free(&name);
    if (style->plain)
        return;
    lab_view_color(out, style, LAB_COLOR_DIM);
    spaces = 0;
    for (int i = 0; i < grid->columns; i++) {
        if (grid->widths[i] == 0)
            continue;
        lab_text_repeat(out, " ", spaces);
        lab_text_repeat(out, style->ascii ? "-" : "─", grid->widths[i]);
        spaces = LAB_GRID_BETWEEN;
    }
    lab_view_color(out, style, LAB_COLOR_NONE);
    lab_text_put(out, "\n");
}

// One row as lines, the first cell being what they are about.
void lab_grid_put_lines(const struct lab_grid *grid, struct lab_text *out,
                        const struct lab_style *style, size_t row) {
    // With one column less "predicted: 100.0 ms" fits the smallest screen.
    int indent = style->width < 24 ? 1 : 2;
    const char *about = lab_text_string(&lab_grid_cell_at(grid, row, 0)->text);
    bool has_room = lab_line_columns(about) <= style->width;
    lab_line_beside(out, style, LAB_COLOR_HEAD, has_room ? 0 : 2 * indent,
                    about);
    for (int i = 1; i < grid->columns; i++) {
        struct lab_grid_head head = lab_grid_head_of(grid, i);
        const struct lab_grid_cell *cell = lab_grid_cell_at(grid, row, i);
        const char *string = lab_text_string(&cell->text);
        if (cell->label) {
            lab_line_printf(out, style, cell->color, indent, "%s: %s",
                            cell->label, string);
            break;
        }
        if (*string && head.kind == '#') {
            lab_text_repeat(out, " ", indent);
            put_bar(out, style, string);
            lab_text_put(out, "\n");
        } else if (*string) {
            lab_line_printf(out, style, cell->color, indent, "%.*s: %s",
                            head.length, head.name, string);
        }
    }
}
