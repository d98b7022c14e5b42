// A table whose columns have room stands as one. Where they have none, each row
// is a list: its first cell, and below it the others under the names of their
// columns.

#include "lesson/render.h"

#include "lesson/scan.h"
#include "lesson/spans.h"

#include <string.h>

enum { COLUMNS = 8, GAP = 2 };

struct row {
    struct lab_text cells[COLUMNS];
    size_t count;
};

static void row_free(struct row *row) {
    for (size_t i = 0; i < COLUMNS; i++)
        lab_text_free(&row->cells[i]);
}

// The end of the cell that begins at [at]: the next "|" outside `code`.
static const char *cell_end(const char *at, const char *end) {
    bool code = false;
    for (; at < end && (code || *at != '|'); at++) {
        code ^= *at == '`';
        at += *at == '\\' && at + 1 < end;
    }
    return at;
}

// Reads the line from [at] to [end].
static void row_read(struct row *row, const char *at, const char *end) {
    *row = (struct row){0};
    for (at++; at < end && row->count < COLUMNS;) {
        const char *stop = cell_end(at, end), *next = stop + 1;
        while (at < stop && lab_scan_is_space(*at))
            at++;
        while (stop > at && lab_scan_is_space(stop[-1]))
            stop--;
        lab_text_write(&row->cells[row->count++], at, (size_t)(stop - at));
        at = next;
    }
}

// Calls [visit] with each line of [text] but the second.
typedef void visit_fn(void *context, size_t number, const struct row *row);

static void each_row(const char *text, visit_fn *visit, void *context) {
    const char *end = text + strlen(text), *next;
    size_t number = 0;
    for (const char *at = text; at < end; at = next, number++) {
        struct row row;
        const char *stop = lab_scan_line(at, end, &next);
        if (number == 1)
            continue;
        row_read(&row, at, stop);
        visit(context, number, &row);
        row_free(&row);
    }
}

struct table {
    struct lab_text *out;
    const struct lab_style *style;
    int widths[COLUMNS];
    size_t count;
    struct row head;
};

static void measure(void *context, size_t number, const struct row *row) {
    struct table *table = context;
    (void)number;
    if (row->count > table->count)
        table->count = row->count;
    for (size_t i = 0; i < row->count; i++) {
        int columns =
            lab_spans_columns(table->style, lab_text_string(&row->cells[i]));
        if (columns > table->widths[i])
            table->widths[i] = columns;
    }
}

static void put_rule(struct table *table) {
    if (table->style->plain)
        return;
    for (size_t i = 0; i < table->count; i++) {
        lab_text_repeat(table->out, " ", i ? GAP : 0);
        lab_text_repeat(table->out, table->style->ascii ? "-" : "─",
                        table->widths[i]);
    }
    lab_text_put(table->out, "\n");
}

// Appends [text] on one line, without its newline.
static void put_cell(struct table *table, enum lab_color color,
                     const char *text) {
    struct lab_style style = *table->style;
    style.width = table->style->width * 2; // it fits
    lab_spans_put(table->out, &style, color, 0, "", text);
    table->out->data[--table->out->length] = '\0';
}

static void put_row(void *context, size_t number, const struct row *row) {
    struct table *table = context;
    int behind = 0;
    for (size_t i = 0; i < row->count; i++) {
        const char *text = lab_text_string(&row->cells[i]);
        if (!*text) {
            behind += table->widths[i] + GAP;
            continue;
        }
        lab_text_repeat(table->out, " ", behind);
        put_cell(table, number ? LAB_COLOR_NONE : LAB_COLOR_HEAD, text);
        behind = table->widths[i] + GAP - lab_spans_columns(table->style, text);
    }
    lab_text_put(table->out, "\n");
    if (number == 0)
        put_rule(table);
}

static void put_list(void *context, size_t number, const struct row *row) {
    struct table *table = context;
    if (number == 0) {
        for (size_t i = 0; i < row->count; i++)
            lab_text_put(&table->head.cells[i],
                         lab_text_string(&row->cells[i]));
        return;
    }
    if (number > 2)
        lab_text_put(table->out, "\n");
    lab_spans_put(table->out, table->style, LAB_COLOR_HEAD, 0, "",
                  lab_text_string(&row->cells[0]));
    for (size_t i = 1; i < row->count; i++) {
        struct lab_text line = {0};
        lab_text_printf(&line, "%s: %s", lab_text_string(&table->head.cells[i]),
                        lab_text_string(&row->cells[i]));
        lab_spans_put(table->out, table->style, LAB_COLOR_NONE, 2, "",
                      lab_text_string(&line));
        lab_text_free(&line);
    }
}

void lab_render_table(struct lab_text *out, const struct lab_style *style,
                      const char *text) {
    struct table table = {.out = out, .style = style};
    each_row(text, measure, &table);
    int width = 0;
    for (size_t i = 0; i < table.count; i++)
        width += table.widths[i] + (i ? GAP : 0);
    each_row(text, width <= style->width ? put_row : put_list, &table);
    row_free(&table.head);
}
