#include "base/alloc.h"
#include "base/die.h"
#include "base/width.h"
#include "view/grid_internal.h"
#include "view/line.h"

#include <string.h>

enum {
    LEAST = 8,   // columns that are left of words that are cut
    NARROW = 12, // and of formulas, so that few terms are longer
};

static int columns_of(const char *name, size_t n) {
    int columns = 0;
    unsigned code;
    for (size_t i = 0, length; i < n; i += length ? length : 1) {
        length = lab_text_decode(name + i, n - i, &code);
        columns += length ? lab_width_of(code) : 1;
    }
    return columns;
}

struct lab_grid_head lab_grid_head_of(const struct lab_grid *grid, int column) {
    const char *at = grid->heads;
    while (column-- > 0)
        at += strcspn(at, "|") + 1;
    char kind = *at && strchr(">#~=<+", *at) ? *at : ' ';
    at += kind != ' ';
    size_t n = strcspn(at, "|");
    return (struct lab_grid_head){at, (int)n, columns_of(at, n), kind};
}

void lab_grid_init(struct lab_grid *grid, const char *heads) {
    *grid = (struct lab_grid){.heads = heads, .columns = 1};
    for (const char *c = heads; *c; c++)
        grid->columns += *c == '|';
    lab_assert(grid->columns <= LAB_GRID_COLUMNS);
}

void lab_grid_put_head(struct lab_text *heads, char kind, const char *name) {
    lab_text_put(heads, heads->length ? "|" : "");
    if (kind != ' ')
        lab_text_write(heads, &kind, 1);
    size_t from = heads->length;
    lab_text_mask(heads, name, strlen(name), false);
    for (size_t i = from; i < heads->length; i++)
        if (heads->data[i] == '|')
            heads->data[i] = '/';
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

// The cell in that place; an empty one beyond the last.
const struct lab_grid_cell *lab_grid_cell_at(const struct lab_grid *grid,
                                             size_t row, int column) {
    static const struct lab_grid_cell none;
    size_t i = row * (size_t)grid->columns + (size_t)column;
    return i < grid->count ? &grid->cells[i] : &none;
}

size_t lab_grid_rows(const struct lab_grid *grid) {
    size_t columns = (size_t)grid->columns;
    return (grid->count + columns - 1) / columns;
}

// How many columns what stands in [column] needs; one of nothing has none.
static int widest(const struct lab_grid *grid, int column) {
    struct lab_grid_head head = lab_grid_head_of(grid, column);
    int widest = 0;
    for (size_t row = 0; row < lab_grid_rows(grid); row++) {
        const struct lab_grid_cell *cell = lab_grid_cell_at(grid, row, column);
        int width =
            cell->label ? 1 : lab_line_columns(lab_text_string(&cell->text));
        widest = width > widest ? width : widest;
    }
    return widest > 0 && head.columns > widest ? head.columns : widest;
}

// How much narrower [column] may become.
static int spare(const struct lab_grid *grid, int column) {
    struct lab_grid_head head = lab_grid_head_of(grid, column);
    int least = head.kind == '=' ? NARROW : LEAST;
    least = head.columns > least ? head.columns : least;
    bool gives = head.kind == '~' || head.kind == '=';
    return gives && grid->widths[column] > least ? grid->widths[column] - least
                                                 : 0;
}

// Sets the widths to what the columns need, and returns their sum.
static int measure(struct lab_grid *grid) {
    int sum = -LAB_GRID_BETWEEN;
    for (int i = 0; i < grid->columns; i++) {
        int width = grid->widths[i] = grid->below[i] ? 0 : widest(grid, i);
        sum += width > 0 ? width + LAB_GRID_BETWEEN : 0;
    }
    return sum;
}

// Sets the widths; where the whole would not fit into [room], words are cut or
// formulas are wrapped, the last such column first. Returns whether it fits.
static bool fit(struct lab_grid *grid, int room) {
    int over = measure(grid) - room;
    for (int i = grid->columns - 1; i >= 0 && over > 0; i--) {
        int most = spare(grid, i);
        int less = over < most ? over : most;
        grid->widths[i] -= less;
        over -= less;
    }
    return over <= 0;
}

// From the one for wide screens to the one for small ones.
enum layout { IN_COLUMNS, WITH_LINES_BELOW, IN_LINES, LAYOUTS };

// The grids of a view: how many there were of each layout, and which is the
// first that may be chosen.
struct lab_grids {
    size_t count[LAYOUTS];
    enum layout least;
};

// Columns of bars are left out as those without cells are.
static void leave_out_bars(struct lab_grid *grid) {
    for (size_t i = 0; i < grid->count; i++)
        if (lab_grid_head_of(grid, (int)(i % (size_t)grid->columns)).kind ==
                '#' &&
            !grid->cells[i].label)
            lab_text_clear(&grid->cells[i].text);
}

// The column that goes below its row next: a formula, what says that it may,
// or else the last one. 0 if none may, as a row is not worth it that has fewer
// than three left.
static int goes_below(const struct lab_grid *grid) {
    int left = 0, next = 0;
    char best = ' ';
    for (int i = grid->columns - 1; i >= 0; i--) {
        char kind = lab_grid_head_of(grid, i).kind;
        bool is_better = kind == '=' || (kind == '<' && best != '=');
        if (grid->widths[i] == 0)
            continue;
        left++;
        if (i > 0 && kind != '+' && (!next || (is_better && kind != best))) {
            next = i;
            best = kind;
        }
    }
    return left > 3 ? next : 0;
}

static bool fits_with_lines_below(struct lab_grid *grid, int room) {
    for (int i = 1; i < grid->columns; i++)
        grid->below[i] = lab_grid_head_of(grid, i).kind == '=';
    while (measure(grid) > room) {
        int next = goes_below(grid);
        if (!next)
            break;
        grid->below[next] = true;
    }
    return fit(grid, room);
}

static enum layout choose(struct lab_grid *grid,
                          const struct lab_style *style) {
    struct lab_grids *all = style->grids;
    enum layout layout = all ? all->least : IN_COLUMNS;
    if (layout == IN_COLUMNS && !fit(grid, style->width))
        layout = WITH_LINES_BELOW;
    if (layout == WITH_LINES_BELOW &&
        !fits_with_lines_below(grid, style->width))
        layout = IN_LINES;
    grid->has_lines = layout == WITH_LINES_BELOW;
    if (all && grid->count > 0)
        all->count[layout]++;
    return layout;
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
    size_t sum = 0, most = 0;
    for (size_t i = 0; i < LAYOUTS; i++) {
        sum += all.count[i];
        most = all.count[i] > 0 ? i : most;
    }
    if (sum == all.count[most])
        return;
    lab_text_cut(out, before);
    all.least = (enum layout)most;
    render(out, comparison, &own);
}

void lab_grid_put(struct lab_grid *grid, struct lab_text *out,
                  const struct lab_style *style) {
    if (style->plain)
        leave_out_bars(grid);
    write_times(grid);
    enum layout layout = choose(grid, style);
    if (layout != IN_LINES && grid->count > 0)
        lab_grid_put_heads(grid, out, style);
    for (size_t row = 0; row < lab_grid_rows(grid); row++) {
        if (layout != IN_LINES)
            lab_grid_put_row(grid, out, style, row);
        else
            lab_grid_put_lines(grid, out, style, row);
    }
    for (size_t i = 0; i < grid->count; i++)
        lab_text_free(&grid->cells[i].text);
    lab_free(grid->cells);
    *grid = (struct lab_grid){0};
}
