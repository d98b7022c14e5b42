#include "view/grid.h"

#include "base/alloc.h"
#include "view/line.h"

#include <string.h>

enum {
    BETWEEN = 2, // spaces between columns
    LEAST = 8,   // columns that are left of words that are cut
    NARROW = 12, // and of formulas, so that few terms are longer
};

struct lab_grid_cell {
    struct lab_text text;
    const char *label; // of one that takes the rest of its row; or NULL
    bool is_painted, has_time;
    enum lab_color color;
    lab_time time; // comes before what follows the first [before] bytes
    size_t before;
};

// One head: what it says, and what its column holds.
struct head {
    const char *name;
    int length;
    char kind; // '>', '#', '~', '=' or ' '
};

static struct head head_of(const struct lab_grid *grid, int column) {
    const char *at = grid->heads;
    while (column-- > 0)
        at += strcspn(at, "|") + 1;
    char kind = *at && strchr(">#~=", *at) ? *at : ' ';
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
    struct lab_grid_cell *cell = &grid->cells[grid->count++];
    *cell = (struct lab_grid_cell){0};
    return &cell->text;
}

struct lab_text *lab_grid_painted(struct lab_grid *grid, enum lab_color color) {
    struct lab_text *text = lab_grid_cell(grid);
    grid->cells[grid->count - 1].is_painted = true;
    grid->cells[grid->count - 1].color = color;
    return text;
}

void lab_grid_held(struct lab_grid *grid, bool held) {
    lab_text_put(lab_grid_painted(grid, held ? LAB_COLOR_GOOD : LAB_COLOR_BAD),
                 held ? "yes" : "no");
}

struct lab_text *lab_grid_rest(struct lab_grid *grid, enum lab_color color,
                               const char *label) {
    size_t at = grid->count;
    lab_grid_painted(grid, color);
    while (grid->count % (size_t)grid->columns != 0)
        lab_text_put(lab_grid_cell(grid), " "); // the column is not empty
    grid->cells[at].label = label;
    return &grid->cells[at].text;
}

void lab_grid_time(struct lab_grid *grid, lab_time time) {
    struct lab_grid_cell *cell = &grid->cells[grid->count - 1];
    if (time < 0) {
        lab_text_put(&cell->text, "-");
        return;
    }
    lab_times_add(&grid->times, time);
    cell->has_time = true;
    cell->time = time;
    cell->before = cell->text.length;
}

// The unit is known when all times are.
static void write_times(struct lab_grid *grid) {
    for (size_t i = 0; i < grid->count; i++) {
        struct lab_grid_cell *cell = &grid->cells[i];
        struct lab_text text = {0};
        const char *old = lab_text_string(&cell->text);
        if (!cell->has_time)
            continue;
        lab_text_write(&text, old, cell->before);
        lab_times_put(&text, &grid->times, cell->time);
        lab_text_put(&text, old + cell->before);
        lab_text_free(&cell->text);
        cell->text = text;
        cell->has_time = false;
    }
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

// The cell in that place; an empty one beyond the last.
static const struct lab_grid_cell *cell_at(const struct lab_grid *grid,
                                           size_t row, int column) {
    static const struct lab_grid_cell none;
    size_t i = row * (size_t)grid->columns + (size_t)column;
    return i < grid->count ? &grid->cells[i] : &none;
}

static size_t rows_of(const struct lab_grid *grid) {
    size_t columns = (size_t)grid->columns;
    return (grid->count + columns - 1) / columns;
}

// How many columns what stands in [column] needs; one of nothing has none.
static int widest(const struct lab_grid *grid, int column) {
    struct head head = head_of(grid, column);
    int widest = 0;
    for (size_t row = 0; row < rows_of(grid); row++) {
        const struct lab_grid_cell *cell = cell_at(grid, row, column);
        int width =
            cell->label ? 1 : lab_line_columns(lab_text_string(&cell->text));
        widest = width > widest ? width : widest;
    }
    return widest > 0 && head.length > widest ? head.length : widest;
}

// How much narrower [column] may become.
static int spare(const struct lab_grid *grid, int column) {
    struct head head = head_of(grid, column);
    int least = head.kind == '=' ? NARROW : LEAST;
    least = head.length > least ? head.length : least;
    bool gives = head.kind == '~' || head.kind == '=';
    return gives && grid->widths[column] > least ? grid->widths[column] - least
                                                 : 0;
}

// Sets the widths; where the whole would not fit into [room], words are cut or
// formulas are wrapped, the last such column first. Returns whether it fits.
static bool fit(struct lab_grid *grid, int room) {
    int over = -BETWEEN - room;
    for (int i = 0; i < grid->columns; i++) {
        int width = grid->widths[i] = widest(grid, i);
        over += width > 0 ? width + BETWEEN : 0;
    }
    for (int i = grid->columns - 1; i >= 0 && over > 0; i--) {
        int most = spare(grid, i);
        int less = over < most ? over : most;
        grid->widths[i] -= less;
        over -= less;
    }
    return over <= 0;
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
        int before = kind == '>' ? width - used : 0;
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
    *spaces += width > 0 ? BETWEEN : 0;
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
        const struct lab_grid_cell *cell = cell_at(grid, row, i);
        char kind = head_of(grid, i).kind;
        int width = grid->widths[i];
        if (cell->label) {
            if (line == 0)
                put_cell(out, style, cell, ' ', left, &spaces);
            break;
        }
        struct lab_grid_cell part = line_of(cell, kind, style, width, line);
        put_cell(out, style, &part, kind, width, &spaces);
        lab_text_free(&part.text);
        left -= width > 0 ? width + BETWEEN : 0;
    }
    bool any = out->length > before;
    if (any || line == 0)
        lab_text_put(out, "\n");
    return any;
}

static void put_row(const struct lab_grid *grid, struct lab_text *out,
                    const struct lab_style *style, size_t row) {
    for (int line = 0; put_line(grid, out, style, row, line); line++)
        ;
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
    if (style->plain)
        return;
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
    // With one column less "predicted: 100.0 ms" fits the smallest screen.
    int indent = style->width < 24 ? 1 : 2;
    lab_line_paint(out, style, LAB_COLOR_HEAD,
                   lab_text_string(&cell_at(grid, row, 0)->text), style->width);
    lab_text_put(out, "\n");
    for (int i = 1; i < grid->columns; i++) {
        struct head head = head_of(grid, i);
        const struct lab_grid_cell *cell = cell_at(grid, row, i);
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

// The grids of a view: how many there were of each layout.
struct lab_grids {
    size_t in_columns, in_lines;
    bool must_be_lines;
};

// Columns of bars are left out as those without cells are.
static void leave_out_bars(struct lab_grid *grid) {
    for (size_t i = 0; i < grid->count; i++)
        if (head_of(grid, (int)(i % (size_t)grid->columns)).kind == '#' &&
            !grid->cells[i].label)
            lab_text_clear(&grid->cells[i].text);
}

static bool choose_columns(struct lab_grid *grid,
                           const struct lab_style *style) {
    struct lab_grids *all = style->grids;
    bool fits = fit(grid, style->width) && !(all && all->must_be_lines);
    if (all && grid->count > 0)
        ++*(fits ? &all->in_columns : &all->in_lines);
    return fits;
}

void lab_grid_view(struct lab_text *out,
                   const struct lab_comparison *comparison,
                   const struct lab_style *style, lab_view_fn *render) {
    struct lab_grids all = {0};
    struct lab_style own = *style;
    size_t before = out->length;
    if (style->grids) { // a part of a view that sees to it
        render(out, comparison, style);
        return;
    }
    own.grids = &all;
    render(out, comparison, &own);
    if (all.in_columns == 0 || all.in_lines == 0)
        return;
    lab_text_cut(out, before);
    all.must_be_lines = true;
    render(out, comparison, &own);
}

void lab_grid_put(struct lab_grid *grid, struct lab_text *out,
                  const struct lab_style *style) {
    if (style->plain)
        leave_out_bars(grid);
    write_times(grid);
    bool fits = choose_columns(grid, style);
    if (fits && grid->count > 0)
        put_heads(grid, out, style);
    for (size_t row = 0; row < rows_of(grid); row++) {
        if (fits)
            put_row(grid, out, style, row);
        else
            put_stack(grid, out, style, row);
    }
    for (size_t i = 0; i < grid->count; i++)
        lab_text_free(&grid->cells[i].text);
    lab_free(grid->cells);
    *grid = (struct lab_grid){0};
}
