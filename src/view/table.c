// table.c - each variant's law, prediction and measure, side by side.
//
//     variant   law        predicted  measured  ratio  held
//     ────────  ─────────  ─────────  ────────  ─────  ────
//     in_turn   5 * delay    5.000 s   5.000 s   1.00  yes
//
// Where that does not fit, the law gives way first, then the names; then the
// columns become lines, one under the other.

#include "base/alloc.h"
#include "base/error.h"
#include "view/line.h"
#include "view/verdict.h"
#include "view/view.h"

enum column { VARIANT, LAW, PREDICTED, MEASURED, RATIO, HELD, COLUMNS };

enum {
    BETWEEN = 2, // spaces between columns
    LEAST_LAW = 8,
    LEAST_VARIANT = 8,
};

static const char *const heads[COLUMNS] = {
    "variant", "law", "predicted", "measured", "ratio", "held",
};

struct row {
    struct lab_text cells[COLUMNS];
    bool good, bad;        // how its law did; neither if it has none
    struct lab_text error; // why it failed, if it did
};

struct table {
    struct row *rows;
    size_t count, room;
    int widths[COLUMNS];
};

static void put_ratio(struct lab_text *out, const struct lab_measure *measure) {
    if (measure->predicted == measure->measured)
        lab_text_put(out, "1.00");
    else if (measure->predicted <= 0)
        lab_text_put(out, "-");
    else
        lab_text_printf(out, "%.2f",
                        (double)measure->measured / (double)measure->predicted);
}

static void put_held(struct lab_text *out, const struct lab_measure *measure) {
    lab_time over = lab_time_minus(measure->measured, measure->predicted);
    if (measure->held) {
        lab_text_put(out, "yes");
        return;
    }
    lab_text_put(out, "no, ");
    lab_line_time(out, over < 0 ? -over : over);
    lab_text_put(out, over < 0 ? " under" : " over");
}

static void fill_row(struct row *row, const struct lab_run *run,
                     const struct lab_measure *measure) {
    bool measured = measure->measured >= 0;
    lab_text_put(&row->cells[VARIANT], run->name);
    lab_text_put(&row->cells[LAW], measure->law ? measure->law : "-");
    lab_line_time(&row->cells[PREDICTED],
                  measure->law ? measure->predicted : -1);
    if (lab_run_failed(run)) {
        lab_error_put(&row->error, run->rc);
        row->bad = true;
        return;
    }
    lab_line_time(&row->cells[MEASURED], measure->measured);
    if (measure->law && measured) {
        put_ratio(&row->cells[RATIO], measure);
        put_held(&row->cells[HELD], measure);
    } else {
        lab_text_put(&row->cells[RATIO], "-");
        lab_text_put(&row->cells[HELD], measure->law ? "no" : "-");
    }
    row->good = measure->law && measure->held;
    row->bad = measure->law && !measure->held;
}

static void add_row(struct table *table, const struct lab_run *run,
                    const struct lab_measure *measure) {
    table->rows =
        lab_grow(table->rows, table->count, &table->room, sizeof *table->rows);
    struct row *row = &table->rows[table->count++];
    *row = (struct row){0};
    fill_row(row, run, measure);
    for (int i = 0; i < COLUMNS; i++) {
        int width = lab_line_columns(lab_text_string(&row->cells[i]));
        if (width > table->widths[i])
            table->widths[i] = width;
    }
}

static void init(struct table *table) {
    *table = (struct table){.count = 0};
    for (int i = 0; i < COLUMNS; i++)
        table->widths[i] = lab_line_columns(heads[i]);
}

static void term(struct table *table) {
    for (size_t i = 0; i < table->count; i++) {
        for (int j = 0; j < COLUMNS; j++)
            lab_text_free(&table->rows[i].cells[j]);
        lab_text_free(&table->rows[i].error);
    }
    lab_free(table->rows);
}

// Takes [over] columns away from a column, down to [least]; returns what is
// still over.
static int shrink(int *column, int least, int over) {
    int most = *column > least ? *column - least : 0;
    int take = over < most ? over : most;
    *column -= take > 0 ? take : 0;
    return over - take;
}

// Makes the columns fit into [width]. False if they cannot.
static bool fit(struct table *table, int width) {
    int over = BETWEEN * (COLUMNS - 1) - width;
    for (int i = 0; i < COLUMNS; i++)
        over += table->widths[i];
    if (over > 0)
        over = shrink(&table->widths[LAW], LEAST_LAW, over);
    if (over > 0)
        over = shrink(&table->widths[VARIANT], LEAST_VARIANT, over);
    return over <= 0;
}

static bool is_figure(int column) {
    return column == PREDICTED || column == MEASURED || column == RATIO;
}

static void put_cell(struct lab_text *out, const struct lab_style *style,
                     const struct table *table, int column,
                     const char *string) {
    lab_text_repeat(out, " ", column ? BETWEEN : 0);
    if (is_figure(column))
        lab_line_right(out, style, string, table->widths[column]);
    else if (column == HELD) // the last: nothing behind it to align
        lab_line_put(out, style, string, table->widths[column]);
    else
        lab_line_left(out, style, string, table->widths[column]);
}

static void put_head(struct lab_text *out, const struct lab_style *style,
                     const struct table *table) {
    lab_view_color(out, style, LAB_COLOR_HEAD);
    for (int i = 0; i < COLUMNS; i++)
        put_cell(out, style, table, i, heads[i]);
    lab_view_color(out, style, LAB_COLOR_NONE);
    lab_text_put(out, "\n");
    lab_view_color(out, style, LAB_COLOR_DIM);
    for (int i = 0; i < COLUMNS; i++) {
        lab_text_repeat(out, " ", i ? BETWEEN : 0);
        lab_text_repeat(out, style->ascii ? "-" : "─", table->widths[i]);
    }
    lab_view_color(out, style, LAB_COLOR_NONE);
    lab_text_put(out, "\n");
}

static enum lab_color color_of(const struct row *row) {
    return row->good  ? LAB_COLOR_GOOD
           : row->bad ? LAB_COLOR_BAD
                      : LAB_COLOR_NONE;
}

static void put_row(struct lab_text *out, const struct lab_style *style,
                    const struct table *table, const struct row *row) {
    int column = 0, used = 0;
    for (; column < (row->error.length ? MEASURED : HELD); column++) {
        put_cell(out, style, table, column,
                 lab_text_string(&row->cells[column]));
        used += table->widths[column] + BETWEEN;
    }
    // An error takes the place of all that was not measured.
    lab_view_color(out, style, color_of(row));
    if (row->error.length) {
        lab_text_repeat(out, " ", BETWEEN);
        lab_line_put(out, style, lab_text_string(&row->error),
                     style->width - used);
    } else {
        put_cell(out, style, table, HELD, lab_text_string(&row->cells[HELD]));
    }
    lab_view_color(out, style, LAB_COLOR_NONE);
    lab_text_put(out, "\n");
}

// One row as lines.
static void put_stack(struct lab_text *out, const struct lab_style *style,
                      const struct row *row) {
    // With one column less "predicted: 100.0 ms" fits the smallest screen.
    int indent = style->width < 24 ? 1 : 2;
    struct lab_text line = {0};
    lab_view_color(out, style, LAB_COLOR_HEAD);
    lab_line_put(out, style, lab_text_string(&row->cells[VARIANT]),
                 style->width);
    lab_view_color(out, style, LAB_COLOR_NONE);
    lab_text_put(out, "\n");
    for (int i = LAW; i < (row->error.length ? MEASURED : COLUMNS); i++) {
        lab_text_clear(&line);
        lab_text_printf(&line, "%s: %s", heads[i],
                        lab_text_string(&row->cells[i]));
        lab_line_wrap(out, style, i == HELD ? color_of(row) : LAB_COLOR_NONE,
                      indent, lab_text_string(&line));
    }
    if (row->error.length) {
        lab_text_clear(&line);
        lab_text_printf(&line, "failed: %s", lab_text_string(&row->error));
        lab_line_wrap(out, style, color_of(row), indent,
                      lab_text_string(&line));
    }
    lab_text_free(&line);
}

static void put_table(struct lab_text *out, const struct lab_style *style,
                      struct table *table) {
    bool fits = fit(table, style->width);
    if (fits)
        put_head(out, style, table);
    for (size_t i = 0; i < table->count; i++) {
        if (fits)
            put_row(out, style, table, &table->rows[i]);
        else
            put_stack(out, style, &table->rows[i]);
    }
}

static void put_gaps(struct lab_text *out,
                     const struct lab_comparison *comparison,
                     const struct lab_style *style) {
    struct table table;
    init(&table);
    for (size_t i = 0; i < comparison->count; i++)
        if (comparison->runs[i]->gap.law)
            add_row(&table, comparison->runs[i], &comparison->runs[i]->gap);
    if (table.count > 0) {
        const char *text = comparison->gap_text;
        lab_text_put(out, "\n");
        lab_line_wrap(out, style, LAB_COLOR_HEAD, 0,
                      text ? text : "longest gap");
        put_table(out, style, &table);
    }
    term(&table);
}

void lab_view_table(struct lab_text *out,
                    const struct lab_comparison *comparison,
                    const struct lab_style *style) {
    struct table table;
    init(&table);
    for (size_t i = 0; i < comparison->count; i++)
        add_row(&table, comparison->runs[i], &comparison->runs[i]->time);
    put_table(out, style, &table);
    term(&table);
    put_gaps(out, comparison, style);

    struct lab_text verdict = {0};
    lab_verdict_put(&verdict, comparison);
    if (verdict.length) {
        lab_text_put(out, "\n");
        lab_line_wrap(out, style, LAB_COLOR_NONE, 0, lab_text_string(&verdict));
    }
    lab_text_free(&verdict);
}
