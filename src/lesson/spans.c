// The text is read once, from left to right. What is seen goes into a word, a
// character at a time with its colour; a space or a full line ends the word.

#include "lesson/spans.h"

#include "lesson/scan.h"
#include "view/line.h"

#include <limits.h>
#include <string.h>

struct flow {
    struct lab_text *out;
    const struct lab_style *style;
    const char *text;     // all of the paragraph
    int width, deep;      // of a line, and of its indentation
    int column;           // 0: this line has only its indentation
    enum lab_color plain; // the paragraph's
    bool emphasis, strong;
    struct lab_text word; // with the escapes that colour it
    int columns;          // the word's
    enum lab_color color; // at the word's end
};

static void end_word(struct flow *flow) {
    if (flow->color != LAB_COLOR_NONE)
        lab_view_color(&flow->word, flow->style, LAB_COLOR_NONE);
    flow->color = LAB_COLOR_NONE;
    if (flow->columns == 0)
        return;
    int gap = flow->column > 0;
    if (gap && flow->deep + flow->column + 1 + flow->columns > flow->width) {
        lab_text_put(flow->out, "\n");
        lab_text_repeat(flow->out, " ", flow->deep);
        flow->column = gap = 0;
    }
    lab_text_repeat(flow->out, " ", gap);
    lab_text_put(flow->out, lab_text_string(&flow->word));
    flow->column += gap + flow->columns;
    flow->columns = 0;
    lab_text_clear(&flow->word);
}

// Appends one character, which has [n] bytes.
static void put(struct flow *flow, enum lab_color color, const char *at,
                size_t n) {
    struct lab_text glyph = {0};
    lab_text_write(&glyph, at, n);
    int columns = lab_line_columns(lab_text_string(&glyph));
    if (flow->columns && flow->deep + flow->columns + columns > flow->width)
        end_word(flow);
    if (color != flow->color)
        lab_view_color(&flow->word, flow->style, color);
    flow->color = color;
    lab_line_put(&flow->word, flow->style, lab_text_string(&glyph), INT_MAX);
    flow->columns += columns;
    lab_text_free(&glyph);
}

// Appends the [n] bytes at [at], of which spaces end words.
static void put_all(struct flow *flow, enum lab_color color, const char *at,
                    size_t n) {
    unsigned code;
    for (size_t length; n > 0; at += length, n -= length) {
        length = lab_text_decode(at, n, &code);
        length += length == 0; // a byte of no character, to be masked
        bool is_gap = lab_scan_is_space(*at) || *at == '\n';
        if (is_gap && flow->columns && lab_text_stays(flow->text, at))
            put(flow, color, " ", 1);
        else if (is_gap)
            end_word(flow);
        else
            put(flow, color, at, length);
    }
}

static enum lab_color color_of(const struct flow *flow) {
    return flow->emphasis || flow->strong ? LAB_COLOR_HEAD : flow->plain;
}

// `code`, from its first backquote on. Returns what follows it.
static const char *put_code(struct flow *flow, const char *at) {
    size_t marks = strspn(at, "`");
    const char *start = at + marks, *end = start;
    while ((end = strchr(end, '`')) && strspn(end, "`") != marks)
        end += strspn(end, "`");
    if (!end) {
        put_all(flow, color_of(flow), at, marks);
        return start;
    }
    bool bare = flow->style->color;
    put_all(flow, LAB_COLOR_WAITING, at, bare ? 0 : marks);
    put_all(flow, LAB_COLOR_WAITING, start, (size_t)(end - start));
    put_all(flow, LAB_COLOR_WAITING, end, bare ? 0 : marks);
    return end + marks;
}

static bool is_gap(char c) {
    return c == '\0' || c == '\n' || lab_scan_is_space(c);
}

// A run of "*". It begins or ends emphasis if there is text on one side.
static const char *put_stars(struct flow *flow, const char *text,
                             const char *at) {
    size_t n = strspn(at, "*");
    bool *state = n == 1 ? &flow->emphasis : &flow->strong;
    bool before = at > text && !is_gap(at[-1]), after = !is_gap(at[n]);
    bool marks = n <= 2 && (*state ? before : after && strchr(at + n, '*'));
    if (!marks)
        put_all(flow, color_of(flow), at, n);
    else if (!flow->style->color)
        put_all(flow, LAB_COLOR_NONE, at, n);
    if (marks)
        *state = !*state;
    return at + n;
}

// The end of "](address)" at [at], or NULL if there is none.
static const char *link_end(const char *at) {
    const char *end = at[0] == ']' && at[1] == '(' ? strchr(at, ')') : NULL;
    return end ? end + 1 : NULL;
}

static bool begins_link(const char *at) {
    const char *end = strchr(at, ']');
    return *at == '[' && end && link_end(end);
}

static void put_text(struct flow *flow, const char *text) {
    flow->text = text;
    const char *end = text + strlen(text), *at = text, *link;
    while (at < end) {
        if (*at == '`') {
            at = put_code(flow, at);
        } else if (*at == '*') {
            at = put_stars(flow, text, at);
        } else if (begins_link(at)) {
            at++;
        } else if ((link = link_end(at))) {
            at = link;
        } else {
            at += at[0] == '\\' && at[1] && strchr("\\`*[]|<>#-.", at[1]);
            unsigned code;
            size_t n = lab_text_decode(at, (size_t)(end - at), &code);
            n += n == 0;
            put_all(flow, color_of(flow), at, n);
            at += n;
        }
    }
    end_word(flow);
}

void lab_spans_put(struct lab_text *out, const struct lab_style *style,
                   enum lab_color color, int indent, const char *marker,
                   const char *text) {
    int columns = lab_text_columns(marker);
    if (indent + columns > style->width / 2) // where hardly a word has room
        indent = 0;
    struct flow flow = {.out = out,
                        .style = style,
                        .width = lab_line_measure(style, 0),
                        .deep = indent + columns,
                        .plain = color};
    lab_text_repeat(out, " ", indent);
    lab_text_put(out, marker);
    put_text(&flow, text);
    lab_text_put(out, "\n");
    lab_text_free(&flow.word);
}

int lab_spans_columns(const struct lab_style *style, const char *text) {
    struct lab_text line = {0};
    struct flow flow = {.out = &line, .style = style, .width = INT_MAX};
    put_text(&flow, text);
    lab_text_free(&flow.word);
    lab_text_free(&line);
    return flow.column;
}
