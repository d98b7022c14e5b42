// render.h - Markdown as a reader sees it.
//
// Headings, paragraphs, lists, tables and code, on lines that are not wider
// than the style says. Prose is wrapped; a line of code that is too wide is
// broken, and continues indented. Notes, comments and what ```predict blocks
// ask for are left out.

#ifndef LAB_LESSON_RENDER_H
#define LAB_LESSON_RENDER_H

#include "lesson/markdown.h"
#include "view/view.h"

// Appends what the bytes from [from] to [to] of [doc] show. Both are offsets of
// lines outside of blocks of code.
void lab_render_put(struct lab_text *out, const struct lab_style *style,
                    const struct lab_markdown *doc, size_t from, size_t to);

// Appends [line] of code, [indent] columns from the left. One that is too wide
// is broken; what follows stands deeper.
void lab_render_code(struct lab_text *out, const struct lab_style *style,
                     enum lab_color color, int indent, const char *line);

// Appends a table whose rows are the lines of [text]: "| a | b |", the second
// one being "| --- | --- |".
void lab_render_table(struct lab_text *out, const struct lab_style *style,
                      const char *text);

#endif
