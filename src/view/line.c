#include "view/line.h"

#include <string.h>

// Appends [string] without what would confuse a terminal.
static void mask(struct lab_text *out, const char *string) {
    lab_text_mask(out, string, strlen(string), false);
}

int lab_line_columns(const char *string) {
    struct lab_text masked = {0};
    if (lab_text_is_plain(string))
        return (int)strlen(string);
    mask(&masked, string);
    int columns = lab_text_columns(lab_text_string(&masked));
    lab_text_free(&masked);
    return columns;
}

// Where spaces go if there is room.
enum side { NOWHERE, BEHIND, BEFORE };

// Nearly all there is to place is plain, and has room.
static bool place_plain(struct lab_text *out, const char *string, int columns,
                        enum side side) {
    size_t n = strlen(string);
    if (columns < 0 || n > (size_t)columns || !lab_text_is_plain(string))
        return false;
    lab_text_repeat(out, " ", side == BEFORE ? columns - (int)n : 0);
    lab_text_write(out, string, n);
    lab_text_repeat(out, " ", side == BEHIND ? columns - (int)n : 0);
    return true;
}

static void place(struct lab_text *out, const struct lab_style *style,
                  const char *string, int columns, enum side side) {
    struct lab_text masked = {0};
    if (place_plain(out, string, columns, side))
        return;
    mask(&masked, string);
    int width = lab_text_columns(lab_text_string(&masked));
    if (side == BEFORE)
        lab_text_repeat(out, " ", columns - width);
    if (side != BEHIND && width < columns)
        columns = width;
    lab_text_pad(out, lab_text_string(&masked), columns, style->ascii);
    // A wide character that was cut away leaves a space after the ellipsis.
    if (side == NOWHERE && width > columns)
        lab_text_trim(out);
    lab_text_free(&masked);
}

void lab_line_put(struct lab_text *out, const struct lab_style *style,
                  const char *string, int columns) {
    place(out, style, string, columns, NOWHERE);
}

void lab_line_left(struct lab_text *out, const struct lab_style *style,
                   const char *string, int columns) {
    place(out, style, string, columns, BEHIND);
}

void lab_line_name(struct lab_text *out, const struct lab_style *style,
                   const char *name, int columns) {
    size_t length = strlen(name);
    const char *end = strrchr(name, '(');
    int room = columns;
    struct lab_text begin = {0};
    if (!end || name[length - 1] != ')' || lab_line_columns(name) <= columns ||
        lab_line_columns(end) > columns / 2)
        end = name + length;
    room -= lab_line_columns(end);
    lab_text_write(&begin, name, (size_t)(end - name));
    lab_line_left(out, style, lab_text_string(&begin), room);
    lab_line_put(out, style, end, columns - room);
    lab_text_free(&begin);
}

void lab_line_right(struct lab_text *out, const struct lab_style *style,
                    const char *string, int columns) {
    place(out, style, string, columns, BEFORE);
}

static void color_line(struct lab_text *out, const struct lab_style *style,
                       enum lab_color from, enum lab_color to) {
    if (from != to)
        lab_view_color(out, style, to);
}

const char *lab_line_fitting(const char *const *lines, size_t count,
                             int columns) {
    size_t i = 0;
    while (i + 1 < count && lab_line_columns(lines[i]) > columns)
        i++;
    return lines[i];
}

int lab_line_measure(const struct lab_style *style, int indent) {
    enum { WIDEST_ITEM = 132 };
    if (!indent)
        return lab_text_measure(style->width);
    return style->width < WIDEST_ITEM ? style->width : WIDEST_ITEM;
}

// Nearly every line is plain, and fits as it is.
static bool put_whole(struct lab_text *out, const struct lab_style *style,
                      enum lab_color color, int indent, const char *string,
                      int measure) {
    enum { LINE_MOST = 1000 };
    size_t n = strnlen(string, LINE_MOST);
    if (n == 0 || n == LINE_MOST || (int)n + indent > measure ||
        string[0] == ' ' || string[n - 1] == ' ' || strstr(string, "  ") ||
        !lab_text_is_plain(string))
        return false;
    lab_text_repeat(out, " ", indent);
    color_line(out, style, LAB_COLOR_NONE, color);
    lab_text_write(out, string, n);
    color_line(out, style, color, LAB_COLOR_NONE);
    lab_text_put(out, "\n");
    return true;
}

// How many bytes a row of [room] columns has of the [n] bytes at [word]: all,
// but for a path that is wider, which continues below. It breaks after a slash,
// if it has one there.
static size_t row_of(const char *word, size_t n, int room) {
    struct lab_text part = {0};
    size_t fit = 0, slash = 0, length = 0;
    unsigned code;
    if (!memchr(word, '/', n))
        return n;
    while (fit < n) {
        length = lab_text_decode(word + fit, n - fit, &code);
        length = length ? length : 1;
        lab_text_write(&part, word + fit, length);
        if (lab_line_columns(lab_text_string(&part)) > room)
            break;
        fit += length;
        slash = word[fit - 1] == '/' ? fit : slash;
    }
    lab_text_free(&part);
    return fit == n || fit == 0 ? n : slash ? slash : fit;
}

void lab_line_wrap(struct lab_text *out, const struct lab_style *style,
                   enum lab_color color, int indent, const char *string) {
    const int measure = lab_line_measure(style, indent);
    struct lab_text word = {0};
    int column = 0; // 0 at the start of a line
    int deep = indent;
    if (put_whole(out, style, color, indent, string, measure))
        return;
    bool is_rest = false; // of a word that began in the row before
    while (*string) {
        size_t all = lab_text_together(string, strcspn(string, " "),
                                       measure - indent - 2);
        size_t n = row_of(string, all, measure - (indent ? indent + 2 : 0));
        lab_text_clear(&word);
        lab_text_write(&word, string, n);
        string += n + strspn(string + n, " ");
        int width = lab_line_columns(lab_text_string(&word));
        if (column > 0 && (is_rest || column + 1 + width > measure)) {
            color_line(out, style, color, LAB_COLOR_NONE);
            lab_text_put(out, "\n");
            column = 0;
            deep = indent ? indent + 2 : 0;
        }
        is_rest = n < all;
        lab_text_repeat(out, " ", column ? 1 : deep);
        if (column == 0)
            color_line(out, style, LAB_COLOR_NONE, color);
        column += column ? 1 : deep;
        int room = style->width - column;
        lab_line_put(out, style, lab_text_string(&word), room);
        column += width < room ? width : room;
    }
    if (column > 0)
        color_line(out, style, color, LAB_COLOR_NONE);
    lab_text_put(out, "\n");
    lab_text_free(&word);
}

void lab_line_beside(struct lab_text *out, const struct lab_style *style,
                     enum lab_color color, int column, const char *string) {
    struct lab_style rest = *style;
    struct lab_text lines = {0};
    rest.width -= column;
    lab_line_wrap(&lines, &rest, color, 0, string);
    for (const char *at = lab_text_string(&lines), *first = at; *at;) {
        size_t n = strcspn(at, "\n") + 1;
        lab_text_repeat(out, " ", at == first ? 0 : column);
        lab_text_write(out, at, n);
        at += n;
    }
    lab_text_free(&lines);
}

void lab_line_end(struct lab_text *out, const struct lab_style *style,
                  enum lab_color color, int indent, struct lab_text *text) {
    lab_line_wrap(out, style, color, indent, lab_text_string(text));
    lab_text_free(text);
}

void lab_line_printf(struct lab_text *out, const struct lab_style *style,
                     enum lab_color color, int indent, const char *format,
                     ...) {
    struct lab_text text = {0};
    va_list args;
    va_start(args, format);
    lab_text_vprintf(&text, format, args);
    va_end(args);
    lab_line_end(out, style, color, indent, &text);
}

void lab_line_paint(struct lab_text *out, const struct lab_style *style,
                    enum lab_color color, const char *string, int columns) {
    lab_view_color(out, style, color);
    lab_line_put(out, style, string, columns);
    lab_view_color(out, style, LAB_COLOR_NONE);
}

// Returns the bytes of the first character or escape at [text], and in
// [columns] how many columns that takes.
static size_t part(const char *text, size_t n, int *columns) {
    unsigned code;
    *columns = 0;
    if (text[0] == '\x1b') {
        const char *end = memchr(text, 'm', n);
        return end ? (size_t)(end - text) + 1 : n;
    }
    size_t length = lab_text_decode(text, n, &code);
    length = length ? length : 1;
    char one[8] = {0};
    memcpy(one, text, length < sizeof one ? length : sizeof one - 1);
    *columns = lab_text_columns(one);
    return length;
}

int lab_line_cut(struct lab_text *out, const char *line, size_t n, int room) {
    int used = 0, columns;
    for (size_t i = 0, length; i < n; i += length) {
        length = part(line + i, n - i, &columns);
        if (used + columns > room)
            continue; // later escapes still end the colour
        lab_text_write(out, line + i, length);
        used += columns;
    }
    return used;
}

int lab_line_count(const struct lab_text *text, size_t from) {
    int count = 0;
    for (size_t i = from; i < text->length; i++)
        count += text->data[i] == '\n';
    return count;
}

void lab_line_time(struct lab_text *out, lab_time time) {
    if (time < 0)
        lab_text_put(out, "-");
    else
        lab_time_put(out, time);
}

void lab_line_time_like(struct lab_text *out, lab_time time, lab_time longest) {
    if (time < 0)
        lab_text_put(out, "-");
    else
        lab_time_put_like(out, time, longest);
}
