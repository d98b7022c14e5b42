// One pass over the lines, with the blocks that are open kept as a stack:
//
//     document > quote > item > item > paragraph
//
// For each line: (1) see which open blocks it continues, by eating their
// prefixes from the left; (2) open what it begins; (3) give the rest to the
// block on top. Only what decides where a fence is, is remembered: a heading
// is over as soon as it is seen, and of a list only its items are known.
// Tabs are columns, and a prefix may end in the middle of one.

#include "lesson/markdown.h"

#include "base/alloc.h"
#include "lesson/rawhtml.h"
#include "lesson/scan.h"

#include <string.h>

enum { TAB = 4, CODE_INDENT = 4 };

enum kind { DOCUMENT, QUOTE, ITEM, FENCE, INDENTED, HTML, PARAGRAPH };

struct block {
    enum kind kind;
    int indent;     // ITEM: the columns that its lines are indented by
    bool has_child; // ITEM: one that begins with a blank line has none yet
    size_t offset;  // FENCE: the bytes its opening fence is indented by
    int html;       // HTML: which kind
};

struct parser {
    struct lab_markdown *doc;
    size_t fence_capacity, line_capacity;
    struct block *stack;
    size_t depth, capacity;
    size_t line; // number of the current one, from 1
    const char *start, *end, *next;
    // How far the current line is eaten, and what comes next in it.
    const char *at;
    int column;
    bool in_tab; // [at] is a tab of which some columns are eaten
    const char *word;
    int word_column, indent;
};

// Finds the first character that is not white space.
static void look(struct parser *p) {
    if (p->word <= p->at) {
        p->word = p->at;
        p->word_column = p->column;
        for (; p->word < p->end && lab_scan_is_space(*p->word); p->word++)
            p->word_column += *p->word == '\t' ? TAB - p->word_column % TAB : 1;
    }
    p->indent = p->word_column - p->column;
}

// Eats [count] columns of white space, or what there is.
static void eat_columns(struct parser *p, int count) {
    while (count > 0 && p->at < p->end && lab_scan_is_space(*p->at)) {
        int wide = *p->at == '\t' ? TAB - p->column % TAB : 1;
        p->in_tab = wide > count;
        if (p->in_tab)
            wide = count;
        else
            p->at++;
        p->column += wide;
        count -= wide;
    }
}

// Eats the white space up to the next word, and [length] bytes of the word.
static void eat_word(struct parser *p, size_t length) {
    p->at = p->word + length;
    p->column = p->word_column + (int)length;
    p->in_tab = false;
}

static bool is_blank(const struct parser *p) {
    return p->word == p->end;
}

// The block quote's ">" and the one column after it that belongs to it.
static bool eat_quote(struct parser *p) {
    if (p->indent >= CODE_INDENT || is_blank(p) || *p->word != '>')
        return false;
    eat_word(p, 1);
    eat_columns(p, 1);
    return true;
}

static struct lab_fence *last_fence(struct parser *p) {
    return &p->doc->fences[p->doc->fence_count - 1];
}

// Does this line close the open fence? Then it is one of its own.
static bool closes(struct parser *p) {
    struct lab_fence *fence = last_fence(p);
    if (p->indent >= CODE_INDENT)
        return false;
    size_t width = lab_scan_fence_end(p->word, p->end, fence->mark);
    if (width < fence->width)
        return false;
    fence->closed = true;
    fence->close_at = (size_t)(p->word - p->doc->text);
    fence->close_width = width;
    return true;
}

// Eats the prefix by which this line continues [block], if it does.
static bool continues(struct parser *p, struct block *block) {
    look(p);
    switch (block->kind) {
    case DOCUMENT:
        return true;
    case QUOTE:
        return eat_quote(p);
    case ITEM:
        if (p->indent >= block->indent)
            eat_columns(p, block->indent);
        else if (is_blank(p) && block->has_child)
            eat_word(p, 0);
        else
            return false;
        return true;
    case FENCE:
        // Byte for byte as cmark does: what the fence is indented by is
        // taken from its lines too, if they have it.
        for (size_t i = 0; i < block->offset; i++)
            eat_columns(p, 1);
        return true;
    case INDENTED:
        return p->indent >= CODE_INDENT || is_blank(p);
    case HTML:
        return !is_blank(p) || !lab_rawhtml_ends_at_blank(block->html);
    case PARAGRAPH:
        return !is_blank(p);
    }
    return false;
}

// Opens [block] inside the first [depth] open blocks; the others end.
static void push(struct parser *p, size_t depth, struct block block) {
    p->depth = depth;
    if (p->stack[depth - 1].kind == PARAGRAPH)
        p->depth--; // which holds nothing but text
    p->stack[p->depth - 1].has_child = true;
    p->stack = lab_grow(p->stack, p->depth, &p->capacity, sizeof *p->stack);
    p->stack[p->depth++] = block;
}

// Like push, for what is over with its line: a heading or a rule.
static void push_line(struct parser *p, size_t depth) {
    push(p, depth, (struct block){.kind = INDENTED});
    p->depth--;
}

static void push_fence(struct parser *p, size_t depth, size_t width) {
    struct lab_markdown *doc = p->doc;
    push(p, depth,
         (struct block){.kind = FENCE, .offset = (size_t)(p->word - p->at)});
    doc->fences = lab_grow(doc->fences, doc->fence_count, &p->fence_capacity,
                           sizeof *doc->fences);
    const char *info = p->word + width, *end = p->end;
    while (info < end && lab_scan_is_space(*info))
        info++;
    while (end > info && lab_scan_is_space(end[-1]))
        end--;
    doc->fences[doc->fence_count++] = (struct lab_fence){
        .line = p->line,
        .start = (size_t)(p->start - doc->text),
        .at = (size_t)(p->word - doc->text),
        .width = width,
        .mark = *p->word,
        .info = (size_t)(info - doc->text),
        .info_end = (size_t)(end - doc->text),
        .end = (size_t)(p->end - doc->text),
        .next = (size_t)(p->next - doc->text),
        .first = doc->line_count,
    };
}

static void push_html(struct parser *p, size_t depth, int kind) {
    push(p, depth, (struct block){.kind = HTML, .html = kind});
    if (lab_rawhtml_is_end(kind, p->word, p->end))
        p->depth--;
}

// Eats a list marker of [length] bytes and the space after it that belongs to
// it: all, up to four columns; but one, if code or nothing follows.
static void push_item(struct parser *p, size_t depth, size_t length) {
    int indent = p->indent;
    eat_word(p, length);
    look(p);
    int space = p->indent;
    if (space > 4 || space < 1 || is_blank(p))
        space = 1;
    eat_columns(p, space);
    push(p, depth,
         (struct block){.kind = ITEM, .indent = indent + (int)length + space});
}

// Opens one block that can hold others, if the rest of the line begins one.
static bool open_container(struct parser *p, size_t *depth) {
    bool in_paragraph = p->stack[*depth - 1].kind == PARAGRAPH;
    look(p);
    if (eat_quote(p)) {
        push(p, *depth, (struct block){.kind = QUOTE});
    } else {
        if (p->indent >= CODE_INDENT || lab_scan_is_rule(p->word, p->end) ||
            (in_paragraph && lab_scan_is_underline(p->word, p->end)))
            return false;
        size_t length = lab_scan_marker(p->word, p->end, in_paragraph);
        if (length == 0)
            return false;
        push_item(p, *depth, length);
    }
    *depth = p->depth;
    return true;
}

// Opens one block that holds only text, if the rest of the line begins one.
// [lazy]: the text may yet belong to a paragraph that is open further down.
static bool open_leaf(struct parser *p, size_t depth, bool lazy) {
    bool in_paragraph = p->stack[depth - 1].kind == PARAGRAPH;
    look(p);
    if (is_blank(p))
        return false;
    if (p->indent >= CODE_INDENT) {
        if (lazy)
            return false;
        push(p, depth, (struct block){.kind = INDENTED});
        return true;
    }
    size_t width = lab_scan_fence(p->word, p->end);
    int html = lab_rawhtml_begin(p->word, p->end, in_paragraph || lazy);
    if (width)
        push_fence(p, depth, width);
    else if (html)
        push_html(p, depth, html);
    else if (lab_scan_is_heading(p->word, p->end) ||
             lab_scan_is_rule(p->word, p->end) ||
             (in_paragraph && lab_scan_is_underline(p->word, p->end)))
        push_line(p, depth);
    else
        return false;
    return true;
}

static void add_line(struct parser *p) {
    struct lab_markdown *doc = p->doc;
    doc->lines = lab_grow(doc->lines, doc->line_count, &p->line_capacity,
                          sizeof *doc->lines);
    doc->lines[doc->line_count++] = (struct lab_fence_line){
        .start = (size_t)(p->start - doc->text),
        .content = (size_t)(p->at + p->in_tab - doc->text),
        .end = (size_t)(p->end - doc->text),
        .next = (size_t)(p->next - doc->text),
        .spaces = p->in_tab ? TAB - p->column % TAB : 0,
    };
    last_fence(p)->count++;
}

// Gives the rest of a line that opened nothing to the block on top.
static void add_text(struct parser *p) {
    struct block *top = &p->stack[p->depth - 1];
    look(p);
    if (top->kind == FENCE)
        add_line(p);
    else if (top->kind == HTML &&
             lab_rawhtml_is_end(top->html, p->word, p->end))
        p->depth--;
    else if (top->kind < FENCE && !is_blank(p))
        push(p, p->depth, (struct block){.kind = PARAGRAPH});
}

static void parse_line(struct parser *p) {
    size_t depth = 0;
    bool lazy = p->stack[p->depth - 1].kind == PARAGRAPH;
    for (; depth < p->depth; depth++) {
        struct block *block = &p->stack[depth];
        look(p);
        if (block->kind == FENCE && closes(p)) {
            p->depth = depth;
            return;
        }
        if (!continues(p, block))
            break;
    }
    enum kind kind = p->stack[depth - 1].kind;
    bool verbatim = kind == FENCE || kind == INDENTED || kind == HTML;
    while (!verbatim && open_container(p, &depth))
        lazy = false;
    if (!verbatim && open_leaf(p, depth, lazy))
        return;
    look(p);
    // A paragraph continues without its prefixes, if nothing else begins.
    if (lazy && !is_blank(p))
        return;
    p->depth = depth;
    add_text(p);
}

void lab_markdown_split(struct lab_markdown *doc, const char *text,
                        size_t length) {
    *doc = (struct lab_markdown){.text = text, .length = length};
    struct parser p = {.doc = doc, .depth = 1};
    p.stack = lab_grow(NULL, 0, &p.capacity, sizeof *p.stack);
    p.stack[0] = (struct block){.kind = DOCUMENT};
    const char *end = text + length;
    for (p.next = text; p.next < end;) {
        p.line++;
        p.start = p.at = p.word = p.next;
        p.end = lab_scan_line(p.start, end, &p.next);
        if (p.line == 1 && length >= 3 && !memcmp(text, "\xef\xbb\xbf", 3))
            p.at = p.word = text + 3;
        p.column = 0;
        p.in_tab = false;
        parse_line(&p);
    }
    lab_free(p.stack);
}

void lab_markdown_free(struct lab_markdown *doc) {
    lab_free(doc->fences);
    lab_free(doc->lines);
    *doc = (struct lab_markdown){0};
}

size_t lab_markdown_after(const struct lab_markdown *doc,
                          const struct lab_fence *fence) {
    const char *next = doc->text + fence->next;
    if (fence->count)
        next = doc->text + doc->lines[fence->first + fence->count - 1].next;
    if (fence->closed)
        lab_scan_line(doc->text + fence->close_at, doc->text + doc->length,
                      &next);
    return (size_t)(next - doc->text);
}

// What stands before the opening fence is white space, the marks of quotes and
// those of list items. Only the last are not repeated: spaces keep their place.
void lab_markdown_prefix(const struct lab_markdown *doc,
                         const struct lab_fence *fence, struct lab_text *out) {
    for (size_t i = fence->start; i < fence->at; i++) {
        char c = doc->text[i], after = doc->text[i + 1];
        if ((unsigned char)c >= 0x80)
            continue; // a byte order mark, before the first line
        if (c != '>' && !lab_scan_is_space(c))
            c = ' ';
        lab_text_write(out, &c, 1);
        // One space after ">" belongs to it. It may be left out, but then it
        // would be taken from what comes after.
        if (c == '>' && after != '>' && !lab_scan_is_space(after))
            lab_text_put(out, " ");
    }
}
