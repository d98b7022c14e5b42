// markdown.h - where in a Markdown text its fenced code blocks are.
//
// Use:
//     struct lab_markdown doc;
//     lab_markdown_split(&doc, text, length);
//     for (size_t i = 0; i < doc.fence_count; i++)
//         ... &doc.fences[i] ...
//     lab_markdown_free(&doc);
//
// Nothing is copied: all positions are offsets into the text, so a block can be
// rewritten with every other byte left as it was. The rules are CommonMark's,
// with block quotes, list items, indented code and raw HTML; tests hold them
// against cmark.

#ifndef LAB_LESSON_MARKDOWN_H
#define LAB_LESSON_MARKDOWN_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

// One line inside a block.
//
//     > - looplab> run 3\r\n
//     ^   ^             ^   ^
//     start content   end   next
struct lab_fence_line {
    size_t start, content, end, next;
    int spaces; // columns of content that are the rest of a tab before it
};

// One fenced block. Without a closing fence it ends where its container does.
struct lab_fence {
    size_t line;           // of the opening fence, from 1
    size_t start, at;      // of that line, and of the fence in it
    size_t width;          // how many marks the opening fence has
    char mark;             // ` or ~
    size_t info, info_end; // the info string, trimmed
    size_t end, next;      // of the opening line: its line break is between
    size_t first, count;   // its lines, in lab_markdown.lines
    bool closed;
    size_t close_at, close_width; // the closing fence, if closed
};

struct lab_markdown {
    const char *text;
    size_t length;
    struct lab_fence *fences; // in the order of the text
    size_t fence_count;
    struct lab_fence_line *lines;
    size_t line_count;
};

// Finds the fenced blocks of the [length] bytes at [text].
//
// Owns: [text] is borrowed, until lab_markdown_free.
void lab_markdown_split(struct lab_markdown *doc, const char *text,
                        size_t length);

// Frees what lab_markdown_split made.
void lab_markdown_free(struct lab_markdown *doc);

// The offset of the line after [fence] and what closes it.
size_t lab_markdown_after(const struct lab_markdown *doc,
                          const struct lab_fence *fence);

// Appends to [out] what stands before each further line of [fence]: the marks
// of its block quotes and the indentation of its list items.
void lab_markdown_prefix(const struct lab_markdown *doc,
                         const struct lab_fence *fence, struct lab_text *out);

#endif
