#include "view/rows.h"

#include "base/alloc.h"
#include "view/line.h"

#include <string.h>

enum {
    GAP = 2,        // between the columns
    NARROWEST = 24, // the right column; if it would be less, it goes below
    BELOW = 2       // how much deeper it is then
};

static void add(struct lab_rows *rows, const char *cell) {
    rows->cells = lab_grow(rows->cells, rows->count, &rows->capacity,
                           sizeof *rows->cells);
    rows->cells[rows->count++] = lab_strdup(cell);
}

void lab_rows_add(struct lab_rows *rows, const char *left, const char *right) {
    add(rows, left);
    add(rows, right);
}

static int widest_left(const struct lab_rows *rows) {
    int widest = rows->least;
    for (size_t i = 0; i < rows->count; i += 2) {
        int columns = lab_line_columns(rows->cells[i]);
        widest = columns > widest ? columns : widest;
    }
    return widest;
}

// In [width] columns, or on lines of its own if that is 0.
static void put_left(struct lab_text *out, const struct lab_style *style,
                     const struct lab_rows *rows, const char *left, int width) {
    lab_text_repeat(out, " ", rows->indent);
    if (width) {
        lab_view_color(out, style, LAB_COLOR_HEAD);
        lab_line_left(out, style, left, width);
        lab_view_color(out, style, LAB_COLOR_NONE);
    } else {
        bool has_room = lab_line_columns(left) <= style->width - rows->indent;
        lab_line_beside(out, style, LAB_COLOR_HEAD,
                        rows->indent + (has_room ? 0 : 2 * BELOW), left);
    }
}

static void put_row(struct lab_text *out, const struct lab_style *style,
                    const struct lab_rows *rows, size_t i, int widest) {
    const char *left = rows->cells[i], *right = rows->cells[i + 1];
    int column = rows->indent + widest + GAP;
    bool beside = style->width - column >= NARROWEST;
    put_left(out, style, rows, left, beside && *right ? widest : 0);
    if (!beside)
        column = rows->indent + BELOW;
    if (!*right)
        return;
    lab_text_repeat(out, " ", beside ? GAP : column);
    lab_line_beside(out, style, LAB_COLOR_NONE, column, right);
}

void lab_rows_put(struct lab_rows *rows, struct lab_text *out,
                  const struct lab_style *style) {
    int widest = widest_left(rows);
    for (size_t i = 0; i < rows->count; i += 2)
        put_row(out, style, rows, i, widest);
    for (size_t i = 0; i < rows->count; i++)
        lab_free(rows->cells[i]);
    lab_free(rows->cells);
    *rows = (struct lab_rows){0};
}

void lab_rows_put_screen(struct lab_text *out, const struct lab_style *style,
                         const char *const rows[][2], size_t count,
                         int height) {
    struct lab_rows all = {0};
    struct lab_text text = {0};
    for (size_t i = 0; i < count; i++)
        if (rows[i][0])
            lab_rows_add(&all, rows[i][0], rows[i][1]);
    lab_rows_put(&all, &text, style);
    const char *line = lab_text_string(&text);
    for (int i = 0; i < height - 1; i++) {
        size_t n = strcspn(line, "\n");
        lab_text_write(out, line, n);
        lab_text_put(out, "\n");
        line += n + (line[n] == '\n');
    }
    lab_line_paint(out, style, LAB_COLOR_DIM, "any key goes back",
                   style->width);
    lab_text_free(&text);
}
