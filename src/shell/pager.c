#include "shell/pager.h"

#include "base/alloc.h"
#include "base/width.h"
#include "shell/ahead.h"
#include "shell/canvas.h"
#include "shell/keys.h"
#include "view/line.h"
#include "view/rows.h"

#include <string.h>

#define INVERTED "\033[7m"
#define UPRIGHT "\033[27m"

// A part of a line, as wide as the screen at most.
struct lab_pager_row {
    const char *start, *end; // the newline belongs to none
    const char *color;       // the escape in force at its start, or NULL
    size_t line;             // from 1 on
    int indent;              // columns
};

void lab_pager_init(struct lab_pager *pager, const char *text) {
    *pager = (struct lab_pager){.text = text, .columns = 80, .height = 23};
}

void lab_pager_term(struct lab_pager *pager) {
    lab_free(pager->rows);
    lab_text_free(&pager->pattern);
}

// --- rows

// Takes an escape or a character from [at], which is not empty. Returns its
// bytes, and sets how many columns it takes.
static size_t take(const char *at, size_t n, int *columns) {
    unsigned code;
    *columns = 0;
    if (*at == '\033') {
        size_t escape = 0;
        while (escape < n && at[escape] != 'm')
            escape++;
        return escape < n ? escape + 1 : n;
    }
    size_t used = lab_text_decode(at, n, &code);
    *columns = used ? lab_width_of(code) : 1; // no character, as one of them
    return used ? used : 1;
}

static void add_row(struct lab_pager *pager, struct lab_pager_row row) {
    pager->rows =
        lab_grow(pager->rows, pager->count, &pager->room, sizeof *pager->rows);
    pager->rows[pager->count++] = row;
}

// Where the row that begins at [start] ends: where the screen does, or, so that
// words are whole, at a blank in the second half of it.
static const char *row_end(int room, const char *start, const char *end) {
    const char *blank = NULL;
    int used = 0, columns;
    for (const char *at = start; at < end; used += columns) {
        size_t n = take(at, (size_t)(end - at), &columns);
        if (used + columns > room && used > 0)
            return blank && *at != ' ' ? blank : at;
        if (*at == ' ' && 2 * used >= room)
            blank = at;
        at += n;
    }
    return end;
}

// Lays out the line from [start] to [end]; returns the colour in force after
// it.
static const char *lay_out(struct lab_pager *pager, const char *start,
                           const char *end, const char *color) {
    struct lab_pager_row row = {start, start, color, pager->lines, 0};
    int columns, gap = (int)strspn(start, " ");
    do {
        row.end = row_end(pager->columns - row.indent, row.start, end);
        add_row(pager, row);
        for (const char *at = row.start; at < row.end;
             at += take(at, (size_t)(row.end - at), &columns))
            if (*at == '\033')
                row.color = at;
        row.start = row.end + strspn(row.end, " "); // none begins with a gap
        // What is indented hangs, as lab_line_wrap has it.
        row.indent = gap > 0 && gap + 2 < pager->columns / 2 ? gap + 2 : 0;
    } while (row.start < end);
    return row.color;
}

static size_t last_top(const struct lab_pager *pager) {
    size_t height = (size_t)pager->height;
    return pager->count > height ? pager->count - height : 0;
}

// Goes to row [top], or as far as there are rows to fill the screen.
static void go(struct lab_pager *pager, size_t top) {
    pager->top = top < last_top(pager) ? top : last_top(pager);
    if (pager->count == 0)
        return;
    pager->from = (size_t)(pager->rows[pager->top].start - pager->text);
    pager->found = (pager->top + pager->count - 1) % pager->count;
}

// The row that byte [from] is in.
static size_t row_at(const struct lab_pager *pager, size_t from) {
    size_t row = 0;
    while (row + 1 < pager->count &&
           (size_t)(pager->rows[row + 1].start - pager->text) <= from)
        row++;
    return row;
}

void lab_pager_begin_at(struct lab_pager *pager, size_t from) {
    pager->from = from;
    go(pager, row_at(pager, from));
}

void lab_pager_fit(struct lab_pager *pager, int columns, int rows) {
    const char *line = pager->text, *color = NULL;
    size_t from = pager->from;
    if (pager->count && columns == pager->columns && rows == pager->height + 1)
        return;
    pager->columns = columns > 1 ? columns : 1;
    pager->height = rows > 2 ? rows - 1 : 1;
    pager->count = pager->lines = 0;
    while (*line) {
        size_t n = strcspn(line, "\n");
        pager->lines++;
        color = lay_out(pager, line, line + n, color);
        line += n + (line[n] == '\n');
    }
    lab_pager_begin_at(pager, from);
}

// --- searching

// Both as capitals, if the pattern has none of its own.
static bool same(char a, char b, bool exactly) {
    if (!exactly && a >= 'A' && a <= 'Z')
        a = (char)(a - 'A' + 'a');
    return a == b;
}

static bool has_capitals(const char *pattern) {
    while (*pattern && (*pattern < 'A' || *pattern > 'Z'))
        pattern++;
    return *pattern;
}

// Does the pattern begin at [at]? Returns its end, or NULL. Colours within it
// do not count.
static const char *match(const struct lab_pager *pager, const char *at,
                         const char *end) {
    const char *pattern = lab_text_string(&pager->pattern);
    bool exactly = has_capitals(pattern);
    int columns;
    if (!*pattern || *at == '\033')
        return NULL;
    while (*pattern && at < end) {
        if (*at == '\033')
            at += take(at, (size_t)(end - at), &columns);
        else if (same(*at, *pattern, exactly))
            at++, pattern++;
        else
            return NULL;
    }
    return *pattern ? NULL : at;
}

// A line may match across its rows; the row in which that begins counts.
static bool has_match(const struct lab_pager *pager, size_t index) {
    const struct lab_pager_row *row = &pager->rows[index];
    const char *end = row->end + strcspn(row->end, "\n");
    const char *gap = row->end + strspn(row->end, " ");
    int columns;
    for (const char *at = row->start; at < gap;
         at += take(at, (size_t)(gap - at), &columns))
        if (match(pager, at, end))
            return true;
    return false;
}

// Goes to the next row after [after], or the one before it, that has the
// pattern; around the end, once.
static void search(struct lab_pager *pager, size_t after, bool back) {
    size_t count = pager->count;
    pager->missing = pager->pattern.length > 0;
    for (size_t i = 1; i <= count && pager->pattern.length; i++) {
        size_t row = (back ? after + count - i : after + i) % count;
        if (!has_match(pager, row))
            continue;
        pager->missing = false;
        go(pager, row);
        pager->found = row; // which near the end is not at the top
        return;
    }
}

// --- keys

static void type_pattern(struct lab_pager *pager, int key) {
    struct lab_text *pattern = &pager->pattern;
    switch (key) {
    case LAB_CANVAS_ESCAPE:
    case LAB_CTRL_C:
        lab_text_clear(pattern);
        pager->searching = false;
        return;
    case '\r':
    case '\n':
        pager->searching = false;
        search(pager, pager->found, false);
        return;
    case 0x7f:
    case '\b':
        lab_text_rub_out(pattern);
        return;
    default:
        if (key >= ' ' && key < LAB_CANVAS_PAGE_UP &&
            (key < 0x7f || key > 0x9f))
            lab_text_encode(pattern, (unsigned)key);
    }
}

static size_t up(const struct lab_pager *pager, size_t rows) {
    return pager->top > rows ? pager->top - rows : 0;
}

// A dispatch, by key.
bool lab_pager_obey(struct lab_pager *pager, int key) {
    size_t page = (size_t)pager->height;
    if (pager->searching) {
        type_pattern(pager, key);
        return true;
    }
    pager->missing = false;
    if (pager->helps) {
        pager->helps = false;
        return key != LAB_CTRL_C;
    }
    switch (key) {
    case 'q':
    case 'Q':
    case LAB_CTRL_C:
    case LAB_CANVAS_ESCAPE:
        return false;
    case ' ':
    case 'f':
    case CTRL('F'):
    case LAB_CANVAS_PAGE_DOWN:
        go(pager, pager->top + page);
        break;
    case 'b':
    case CTRL('B'):
    case LAB_CANVAS_PAGE_UP:
        go(pager, up(pager, page));
        break;
    case 'd':
    case CTRL('D'):
        go(pager, pager->top + page / 2);
        break;
    case 'u':
    case CTRL('U'):
        go(pager, up(pager, page / 2));
        break;
    case '\r':
    case '\n':
    case 'j':
    case LAB_KEY_DOWN:
        go(pager, pager->top + 1);
        break;
    case 'k':
    case LAB_KEY_UP:
        go(pager, up(pager, 1));
        break;
    case 'g':
    case LAB_KEY_HOME:
        go(pager, 0);
        break;
    case 'G':
    case LAB_KEY_END:
        go(pager, pager->count);
        break;
    case '/':
        lab_text_clear(&pager->pattern);
        pager->searching = true;
        break;
    case 'n':
        search(pager, pager->found, false);
        break;
    case 'N':
        search(pager, pager->found, true);
        break;
    case 'h':
    case '?':
        pager->helps = true;
        break;
    }
    return true;
}

// --- the screen

// What was searched for is inverted, whatever colours are within it.
static void put_row(const struct lab_pager *pager, struct lab_text *out,
                    const struct lab_pager_row *row,
                    const struct lab_style *style) {
    const char *line_end = row->end + strcspn(row->end, "\n");
    const char *marked = NULL; // where what is inverted ends
    int columns;
    lab_text_repeat(out, " ", row->indent);
    if (row->color)
        lab_text_write(out, row->color, strcspn(row->color, "m") + 1);
    for (const char *at = row->start, *next; at < row->end; at = next) {
        next = at + take(at, (size_t)(row->end - at), &columns);
        if (!marked && style->color && (marked = match(pager, at, line_end)))
            lab_text_put(out, INVERTED);
        lab_text_write(out, at, (size_t)(next - at));
        if (marked && next >= marked) {
            lab_text_put(out, UPRIGHT);
            marked = NULL;
        } else if (marked && *at == '\033') {
            lab_text_put(out, INVERTED);
        }
    }
    lab_text_put(out, style->color ? "\033[0m\n" : "\n");
}

// Where we are, and as many of the keys as there is room for.
static void put_place(const struct lab_pager *pager, struct lab_text *line) {
    static const char *const keys[] = {
        " lines   q leaves  space b pages  / n search  g G ends  ? keys",
        " lines   q leaves  space b pages  ? keys",
        "   q leaves  space b  ? keys",
        "   q leaves  ? keys",
    };
    size_t end = pager->top + (size_t)pager->height;
    end = end < pager->count ? end : pager->count;
    lab_text_printf(line, "%zu to %zu of %zu",
                    pager->count ? pager->rows[pager->top].line : 0,
                    end ? pager->rows[end - 1].line : 0, pager->lines);
    int room = pager->columns - lab_line_columns(lab_text_string(line));
    lab_text_put(line, lab_line_fitting(keys, countof(keys), room));
}

static void put_status(const struct lab_pager *pager, struct lab_text *out,
                       const struct lab_style *style) {
    struct lab_text line = {0};
    const char *pattern = lab_text_string(&pager->pattern);
    if (pager->searching)
        lab_text_printf(&line, "/%s", pattern);
    else if (pager->missing)
        lab_text_printf(&line, "\"%s\" is not there", pattern);
    else
        put_place(pager, &line);
    lab_line_paint(out, style, LAB_COLOR_DIM, lab_text_string(&line),
                   pager->columns);
    lab_text_free(&line);
}

static void put_help(const struct lab_pager *pager, struct lab_text *out,
                     const struct lab_style *style) {
    static const char *const keys[][2] = {
        {"space, b", "a page down, up"},
        {"d, u", "half a page down, up"},
        {"Enter, up", "a line down, up"},
        {"g, G", "the beginning, the end"},
        {"/words", "search for words"},
        {"n, N", "the next place, the one before"},
        {"q", "leave"},
    };
    struct lab_style wide = *style;
    wide.width = pager->columns;
    lab_rows_put_screen(out, &wide, keys, countof(keys), pager->height + 1);
}

void lab_pager_put(const struct lab_pager *pager, struct lab_text *out,
                   const struct lab_style *style) {
    size_t end = pager->top + (size_t)pager->height;
    for (size_t i = pager->top; i < end && !pager->helps; i++)
        if (i < pager->count)
            put_row(pager, out, &pager->rows[i], style);
        else
            lab_text_put(out, "\n");
    (pager->helps ? put_help : put_status)(pager, out, style);
}

int lab_pager_caret(const struct lab_pager *pager) {
    const char *pattern = lab_text_string(&pager->pattern);
    return pager->searching ? lab_line_columns(pattern) + 2 : 0;
}
