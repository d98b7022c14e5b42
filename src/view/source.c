#include "view/source.h"

#include "base/alloc.h"
#include "base/width.h"
#include "view/line.h"

#include <limits.h>
#include <string.h>

const char *lab_source_line(const char *source, unsigned number, size_t *n) {
    if (!source || number == 0)
        return NULL;
    while (*source && --number > 0) {
        source += strcspn(source, "\n");
        source += *source == '\n';
    }
    *n = strcspn(source, "\n");
    return *source ? source : NULL;
}

static bool is_word(char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

// Finds the first lab_name( in the [n] bytes at [line]; its length, or 0.
static size_t find_call(const char *line, size_t n, const char **call) {
    for (size_t i = 0; i + 4 < n; i++) {
        if (memcmp(line + i, "lab_", 4) != 0 || (i > 0 && is_word(line[i - 1])))
            continue;
        size_t end = i;
        while (end < n && is_word(line[end]))
            end++;
        *call = line + i;
        if (end < n && line[end] == '(')
            return end - i;
    }
    return 0;
}

static bool is_name(char c) {
    return is_word(c) || (c >= 'A' && c <= 'Z') || c == '.' || (c & 0x80);
}

// Finds what stands after [keyword] in the [n] bytes at [line], such as the
// asyncio.sleep of await; its length, or 0.
static size_t find_after(const char *line, size_t n, const char *keyword,
                         const char **name) {
    size_t length = strlen(keyword);
    for (size_t i = 0; i + length < n; i++) {
        if (memcmp(line + i, keyword, length) != 0 ||
            (i > 0 && is_name(line[i - 1])) || line[i + length] != ' ')
            continue;
        size_t from = i + length, end;
        while (from < n && line[from] == ' ')
            from++;
        for (end = from; end < n && is_name(line[end]);)
            end++;
        *name = line + from;
        return end - from;
    }
    return 0;
}

static size_t find_awaited(const char *line, size_t n, const char **name) {
    static const char *const keywords[] = {"await", "async with"};
    size_t length = 0;
    for (size_t i = 0; i < countof(keywords) && length == 0; i++)
        length = find_after(line, n, keywords[i], name);
    return length;
}

void lab_source_where(struct lab_text *out, const struct lab_record *record,
                      const char *own, uint32_t location) {
    size_t n = 0;
    const char *call = NULL;
    const char *line = lab_source_line(lab_location_code(record, location, own),
                                       lab_location_line(location), &n);
    size_t length = line ? find_call(line, n, &call) : 0;
    if (line && length == 0)
        length = find_awaited(line, n, &call);
    if (!location)
        return;
    lab_text_put(out, " (");
    lab_location_put(out, record, location);
    if (length)
        lab_text_printf(out, ": %.*s", (int)length, call);
    lab_text_put(out, ")");
}

enum { BEFORE_CODE = 8 }; // columns: the marker and the number

// How many bytes of [code] are put in [room] columns: whole words if possible,
// or up to a bracket or a comma.
static size_t fitting(const char *code, int room) {
    size_t left = strlen(code), first = strspn(code, " "), i = 0, end = 0;
    for (int used = 0; i < left;) {
        unsigned character;
        size_t n = lab_text_decode(code + i, left - i, &character);
        used += lab_width_of(character);
        if (used > room && i > 0)
            return code[i] != ' ' && end ? end : i;
        i += n ? n : 1;
        if (i > first && strchr(" (,", code[i - 1]))
            end = i;
    }
    return i;
}

void lab_source_beside(struct lab_text *out, const struct lab_style *style,
                       enum lab_color color, int column, const char *code) {
    enum { DEEPER = 2, LEAST = 20 };
    struct lab_text masked = {0}, part = {0};
    int room = style->width - column, spaces = (int)strspn(code, " ");
    int indent = column + spaces + DEEPER;
    if (style->width - indent < LEAST) {
        indent = column;
        code += spaces;
    }
    lab_text_mask(&masked, code, strlen(code), false);
    code = lab_text_string(&masked);
    while (*code) {
        size_t n = fitting(code, room);
        lab_text_clear(&part);
        lab_text_write(&part, code, n);
        lab_text_trim(&part);
        lab_line_paint(out, style, color, lab_text_string(&part), room);
        lab_text_put(out, "\n");
        code += n + strspn(code + n, " ");
        lab_text_repeat(out, " ", *code ? indent : 0);
        room = style->width - indent;
    }
    lab_text_free(&masked);
    lab_text_free(&part);
}

// Appends one line, of the statement if it has a [mark], on one row or, if it
// [is_whole], on those it needs. Tabs differ in width from terminal to
// terminal: they become spaces.
static void put_line(struct lab_text *out, const struct lab_style *style,
                     const char *line, size_t n, unsigned number, char mark,
                     bool is_whole) {
    enum lab_color color = mark ? LAB_COLOR_HEAD : LAB_COLOR_DIM;
    struct lab_text code = {0}, before = {0};
    for (size_t i = 0; i < n; i++)
        if (line[i] == '\t')
            lab_text_put(&code, "    ");
        else
            lab_text_write(&code, line + i, 1);
    lab_text_trim(&code);
    lab_text_printf(&before, "%c %4u  ", mark ? mark : ' ', number);
    if (is_whole && code.length && style->width > 2 * BEFORE_CODE) {
        lab_line_paint(out, style, color, lab_text_string(&before),
                       style->width);
        lab_source_beside(out, style, color, BEFORE_CODE,
                          lab_text_string(&code));
    } else {
        lab_text_put(&before, lab_text_string(&code));
        lab_text_trim(&before);
        lab_line_paint(out, style, color, lab_text_string(&before),
                       style->width);
        lab_text_put(out, "\n");
    }
    lab_text_free(&code);
    lab_text_free(&before);
}

// Which line is the last of the statement that begins in line [number]? One in
// which no bracket is left open.
static unsigned end_of_statement(const char *source, unsigned number) {
    enum { MOST = 8 };
    int open = 0;
    for (unsigned at = number; at < number + MOST; at++) {
        size_t n = 0;
        const char *line = lab_source_line(source, at, &n);
        for (size_t i = 0; line && i < n; i++)
            open += line[i] == '(' ? 1 : line[i] == ')' ? -1 : 0;
        if (!line || open <= 0)
            return line ? at : number;
    }
    return number;
}

// Appends the statement in the lines [from] to [to] in no more than [rows]
// rows, and returns how many those are.
static int put_statement(struct lab_text *out, const struct lab_style *style,
                         const char *source, unsigned from, unsigned to,
                         int rows) {
    int put = 0;
    for (unsigned at = from; at <= to && put < rows; at++) {
        size_t n = 0, before = out->length;
        const char *line = lab_source_line(source, at, &n);
        put_line(out, style, line, n, at, at == from ? '>' : ' ', true);
        for (size_t i = before; i < out->length; i++)
            if (out->data[i] == '\n' && ++put == rows)
                lab_text_cut(out, i + 1);
    }
    return put;
}

// Appends line [number] if there is one and [rows] are left, and takes its rows
// from these. It is cut if they are too few.
static bool put_near(struct lab_text *out, const struct lab_style *style,
                     const char *source, unsigned number, int *rows) {
    size_t n = 0, before = out->length;
    const char *line = lab_source_line(source, number, &n);
    if (!line || *rows <= 0)
        return false;
    put_line(out, style, line, n, number, '\0', true);
    if (lab_line_count(out, before) > *rows) {
        lab_text_cut(out, before);
        put_line(out, style, line, n, number, '\0', false);
    }
    *rows -= lab_line_count(out, before);
    return true;
}

// The first of the lines above line [number] that have room in [rows].
static unsigned first_above(const struct lab_style *style, const char *source,
                            unsigned number, int rows) {
    struct lab_text unused = {0};
    while (number > 1 && put_near(&unused, style, source, number - 1, &rows))
        number--;
    lab_text_free(&unused);
    return number;
}

void lab_source_put(struct lab_text *out, const struct lab_style *style,
                    const char *source, unsigned number, int rows) {
    size_t n;
    unsigned end = end_of_statement(source, number);
    struct lab_text statement = {0};
    if (!lab_source_line(source, number, &n))
        return;
    rows -= put_statement(&statement, style, source, number, end, rows);
    int above = (rows + 1) / 2;
    rows -= above;
    for (unsigned at = first_above(style, source, number, above); at < number;
         at++)
        put_near(out, style, source, at, &above);
    rows += above;
    lab_text_put(out, lab_text_string(&statement));
    while (put_near(out, style, source, ++end, &rows))
        continue;
    lab_text_free(&statement);
}
