#include "lesson/render.h"

#include "lesson/info.h"
#include "lesson/scan.h"
#include "lesson/spans.h"
#include "view/line.h"

#include <limits.h>
#include <string.h>

enum { CODE_INDENT = 4, CONTINUED = 4, NARROW = 60, NARROW_INDENT = 2 };
enum { HARDLY = 16 }; // columns that are enough for a line of code

// The block being gathered, and what stands before it.
struct render {
    struct lab_text *out;
    const struct lab_style *style;
    const struct lab_markdown *doc;
    enum { NOTHING, PARAGRAPH, HEADING, TABLE } kind;
    struct lab_text block, marker;
    int indent;
    bool gap;   // an empty line stands before the next block
    bool began; // something was put
};

static void begin(struct render *r) {
    if (r->gap && r->began)
        lab_text_put(r->out, "\n");
    r->gap = false;
    r->began = true;
}

static void put_heading(struct render *r) {
    const char *title = lab_text_string(&r->block);
    int columns = lab_spans_columns(r->style, title);
    lab_spans_put(r->out, r->style, LAB_COLOR_HEAD, 0, "", title);
    if (columns > r->style->width)
        columns = r->style->width;
    if (!r->style->plain) {
        lab_text_repeat(r->out, r->style->ascii ? "-" : "─", columns);
        lab_text_put(r->out, "\n");
    }
    r->gap = true;
}

static void end_block(struct render *r) {
    const char *text = lab_text_string(&r->block);
    if (r->kind != NOTHING)
        begin(r);
    if (r->kind == HEADING)
        put_heading(r);
    else if (r->kind == TABLE)
        lab_render_table(r->out, r->style, text);
    else if (r->kind == PARAGRAPH)
        lab_spans_put(r->out, r->style, LAB_COLOR_NONE, r->indent,
                      lab_text_string(&r->marker), text);
    lab_text_clear(&r->block);
    lab_text_clear(&r->marker);
    r->kind = NOTHING;
}

// --- code

// May a line end at the bracket or comma at [at], with [n] bytes from there on?
// Brackets without anything between them stay together.
static bool is_mark(const char *at, size_t n) {
    return strchr("([{,", *at) && (n < 2 || !strchr(")]}", at[1]));
}

// May a line end at the space at [at]? A pointer's star stays with its type.
static bool may_end(const char *at) {
    return *at == ' ' && !(at[1] == '*' && at[2] != ' ');
}

// How much of the [n] bytes at [at] fits [room] columns; at a space, if it
// would not be a short line, or else between two words.
static size_t fitting(const char *at, size_t n, int room) {
    size_t used = 0, space = 0, mark = 0, first = strspn(at, " ");
    int columns = 0;
    unsigned code;
    while (used < n) {
        struct lab_text glyph = {0};
        size_t length = lab_text_decode(at + used, n - used, &code);
        length += length == 0;
        lab_text_write(&glyph, at + used, length);
        columns += lab_line_columns(lab_text_string(&glyph));
        lab_text_free(&glyph);
        if (columns > room && used > 0)
            return may_end(at + used) ? used
                   : space > used / 2 ? space
                   : mark > used / 3  ? mark
                                      : used;
        used += length;
        if (may_end(at + used - 1) && used > first && columns > room / 2)
            space = used;
        if (is_mark(at + used - 1, n - used + 1))
            mark = used;
    }
    return n;
}

// Where a comment begins in the [n] bytes at [at], after some code; [n] if none
// does.
static size_t find_comment(const char *at, size_t n) {
    size_t code = strspn(at, " ");
    for (size_t i = code + 1; i + 1 < n; i++) {
        size_t mark = strncmp(at + i, "// ", 3) == 0  ? i
                      : strncmp(at + i, "# ", 2) == 0 ? i
                                                      : 0;
        if (mark && at[mark - 1] == ' ')
            return mark;
    }
    return n;
}

// How much deeper than its [own] spaces a line continues: less, if there would
// be hardly any room.
static int deeper(const struct lab_style *style, int indent, int own) {
    enum { LEAST = 22 };
    int most = style->width - indent - LEAST;
    int deep = own + CONTINUED;
    return deep <= most ? deep : most > CONTINUED ? most : CONTINUED;
}

// [indent], or less: half a line is left at least, or what hardly does.
static int bounded(const struct lab_style *style, int indent) {
    int most = style->width - HARDLY;
    if (most < style->width / 2)
        most = style->width / 2;
    return indent < most ? indent : most;
}

// What begins the line at [at] if that is a comment, in columns.
static int comment_mark(const char *at) {
    return strncmp(at, "// ", 3) == 0 ? 3 : strncmp(at, "# ", 2) == 0 ? 2 : 0;
}

void lab_render_code(struct lab_text *out, const struct lab_style *style,
                     enum lab_color color, int indent, const char *at) {
    indent = bounded(style, indent);
    int own = (int)strspn(at, " "), most = style->width - indent - HARDLY;
    if (own > most && lab_line_columns(at) > style->width - indent) {
        at += own - (most > 0 ? most : 0);
        own = most > 0 ? most : 0;
    }
    size_t n = strlen(at);
    int mark = comment_mark(at + own);
    bool has_room = style->width >= 2 * indent;
    int next = indent + (mark        ? own + mark
                         : !has_room ? 0
                                     : deeper(style, indent, own));
    next = bounded(style, next);
    do {
        int room = style->width - indent;
        size_t part = fitting(at, n, room);
        size_t comment = part < n && !mark ? find_comment(at, n) : n;
        part = comment <= part ? comment : part;
        struct lab_text piece = {0};
        lab_text_write(&piece, at, part);
        while (part < n && piece.length && piece.data[piece.length - 1] == ' ')
            piece.data[--piece.length] = '\0';
        lab_text_repeat(out, " ", part ? indent : 0);
        if (color == LAB_COLOR_NONE || part == 0)
            lab_line_put(out, style, lab_text_string(&piece), INT_MAX);
        else
            lab_line_paint(out, style, color, lab_text_string(&piece), INT_MAX);
        lab_text_put(out, "\n");
        lab_text_free(&piece);
        at += part;
        n -= part;
        for (; *at == ' ' && n > 0; n--)
            at++;
        indent = next;
        if (!mark && (mark = comment_mark(at)) > 0)
            next = bounded(style, next + mark);
    } while (n > 0);
}

static void read_line(const struct lab_markdown *doc,
                      const struct lab_fence_line *line,
                      struct lab_text *text) {
    lab_text_clear(text);
    lab_text_repeat(text, " ", line->spaces);
    lab_text_write(text, doc->text + line->content, line->end - line->content);
}

static int widest(struct render *r, const struct lab_fence *fence) {
    struct lab_text line = {0};
    int most = 0;
    for (size_t i = 0; i < fence->count; i++) {
        read_line(r->doc, &r->doc->lines[fence->first + i], &line);
        int columns = lab_line_columns(lab_text_string(&line));
        most = columns > most ? columns : most;
    }
    lab_text_free(&line);
    return most;
}

// Has [line] a line, a block or a shape, from U+2500 to U+25FF?
static bool is_drawn(const struct lab_text *line) {
    for (const char *at = lab_text_string(line); *at; at++)
        if (at[0] == '\xe2' && (at[1] & 0xfc) == 0x94)
            return true;
    return false;
}

// Code is indented, as far as there is room. On a narrow screen all of it is
// indented a little, and lines that have no room are broken.
static void put_code(struct render *r, const struct lab_fence *fence) {
    const struct lab_markdown *doc = r->doc;
    enum lab_info_kind kind = lab_info_read(doc->text + fence->info,
                                            doc->text + fence->info_end, NULL)
                                  .kind;
    if (kind == LAB_INFO_NOTE || kind == LAB_INFO_PREDICT)
        return;
    bool runs = kind == LAB_INFO_COMMANDS;
    bool printed = kind == LAB_INFO_OUTPUT || kind == LAB_INFO_MEASURED;
    int room = r->style->width - widest(r, fence);
    bool is_narrow = r->style->width < NARROW;
    int indent = (int)(fence->at - fence->start) + (runs        ? 0
                                                    : is_narrow ? NARROW_INDENT
                                                                : CODE_INDENT);
    if (!is_narrow || runs) // or else all blocks are as deep
        indent = room < 0 ? 0 : indent > room ? room : indent;
    bool left_out = false;
    struct lab_text line = {0};
    r->gap = true;
    begin(r);
    for (size_t i = 0; i < fence->count; i++) {
        read_line(doc, &doc->lines[fence->first + i], &line);
        if (r->style->plain && is_drawn(&line)) {
            left_out = true;
            continue;
        }
        const char *at = lab_text_string(&line);
        enum lab_color color = printed ? LAB_COLOR_NONE
                               : !runs ? LAB_COLOR_WAITING
                               : lab_info_is_command(at, at + line.length)
                                   ? LAB_COLOR_HEAD
                                   : LAB_COLOR_NONE;
        lab_render_code(r->out, r->style, color, indent,
                        lab_text_string(&line));
    }
    if (left_out)
        lab_line_wrap(r->out, r->style, LAB_COLOR_DIM, 0,
                      "(What is drawn is left out; the command says it in "
                      "words.)");
    r->gap = true;
    lab_text_free(&line);
}

// --- lines

static void add_words(struct render *r, const char *at, const char *end) {
    while (end > at && lab_scan_is_space(end[-1]))
        end--;
    if (r->block.length)
        lab_text_put(&r->block, "\n");
    lab_text_write(&r->block, at, (size_t)(end - at));
}

// A paragraph begins, which [marker] bytes may make an item of a list.
static void begin_paragraph(struct render *r, const char *line, const char *at,
                            const char *end, size_t marker) {
    end_block(r);
    r->kind = PARAGRAPH;
    r->indent = (int)(at - line);
    if (marker) {
        lab_text_write(&r->marker, at, marker);
        lab_text_put(&r->marker, " ");
        at += marker;
        while (at < end && lab_scan_is_space(*at))
            at++;
    }
    add_words(r, at, end);
}

static void add_line(struct render *r, const char *line, const char *end) {
    const char *at = line;
    while (at < end && lab_scan_is_space(*at))
        at++;
    bool in_prose = r->kind == PARAGRAPH && r->marker.length == 0;
    size_t marker = lab_scan_marker(at, end, in_prose);
    if (at == end) {
        end_block(r);
        r->gap = true;
    } else if (lab_scan_is_heading(at, end)) {
        end_block(r);
        r->kind = HEADING;
        r->gap = true;
        while (at < end && (*at == '#' || lab_scan_is_space(*at)))
            at++;
        add_words(r, at, end);
        end_block(r);
    } else if (*at == '|') {
        if (r->kind != TABLE)
            end_block(r);
        r->kind = TABLE;
        add_words(r, at, end);
    } else if (marker) {
        begin_paragraph(r, line, at, end, marker);
    } else if (r->kind == PARAGRAPH) {
        add_words(r, at, end);
    } else {
        begin_paragraph(r, line, at, end, 0);
    }
}

void lab_render_put(struct lab_text *out, const struct lab_style *style,
                    const struct lab_markdown *doc, size_t from, size_t to) {
    struct render r = {.out = out, .style = style, .doc = doc};
    size_t fence = 0;
    while (from < to) {
        while (fence < doc->fence_count && doc->fences[fence].start < from)
            fence++;
        if (fence < doc->fence_count && doc->fences[fence].start == from) {
            end_block(&r);
            put_code(&r, &doc->fences[fence]);
            from = lab_markdown_after(doc, &doc->fences[fence]);
            continue;
        }
        const char *next;
        size_t comment = lab_scan_comment(doc->text + from, doc->text + to);
        if (comment && r.kind == NOTHING) {
            lab_scan_line(doc->text + from + comment, doc->text + to, &next);
            from = (size_t)(next - doc->text);
            continue;
        }
        const char *end =
            lab_scan_line(doc->text + from, doc->text + to, &next);
        add_line(&r, doc->text + from, end);
        from = (size_t)(next - doc->text);
    }
    end_block(&r);
    lab_text_free(&r.block);
    lab_text_free(&r.marker);
}
