// line.h - what all views need to put words on lines that are not too wide.
//
// Names come from demos, from learners and from errors. What is put here is
// masked, and 7-bit where the style says so; escapes take no columns.

#ifndef LAB_VIEW_LINE_H
#define LAB_VIEW_LINE_H

#include "base/text.h"
#include "base/time.h"
#include "view/view.h"

// How many columns [string] takes when it is put.
int lab_line_columns(const char *string);

// Appends [string] in at most [columns] columns, cut if necessary. _left takes
// exactly that many, with spaces after it; _right with spaces before it.
void lab_line_put(struct lab_text *out, const struct lab_style *style,
                  const char *string, int columns);
void lab_line_left(struct lab_text *out, const struct lab_style *style,
                   const char *string, int columns);
void lab_line_right(struct lab_text *out, const struct lab_style *style,
                    const char *string, int columns);

// The same as _left for the name of a task. If "fetch_data(3)" must be cut, its
// argument stays, which tells it from others: "fetch_…(3)".
void lab_line_name(struct lab_text *out, const struct lab_style *style,
                   const char *name, int columns);

// Appends the words of [string] in whole lines in [color], each [indent]
// columns from the left; an indented text hangs: its later lines stand 2
// columns deeper. A word that is wider than a line is cut, but a path continues
// in the next.
void lab_line_wrap(struct lab_text *out, const struct lab_style *style,
                   enum lab_color color, int indent, const char *string);

// Appends the words of [string] in [color] where a line has come to [column];
// its later lines begin there, too.
void lab_line_beside(struct lab_text *out, const struct lab_style *style,
                     enum lab_color color, int column, const char *string);

// The same as _wrap of a formatted string, and of [text], which is then freed.
__attribute__((format(printf, 5, 6))) void
lab_line_printf(struct lab_text *out, const struct lab_style *style,
                enum lab_color color, int indent, const char *format, ...);
void lab_line_end(struct lab_text *out, const struct lab_style *style,
                  enum lab_color color, int indent, struct lab_text *text);

// Appends [string] in [color], in at most [columns] columns.
void lab_line_paint(struct lab_text *out, const struct lab_style *style,
                    enum lab_color color, const char *string, int columns);

// The first of [count] [lines] that has room in [columns], or the last.
const char *lab_line_fitting(const char *const *lines, size_t count,
                             int columns);

// The column where sentences end that are indented so: lab_text_measure's, or a
// later one if they are, for one of many is found by where it begins.
int lab_line_measure(const struct lab_style *style, int indent);

// Appends a line of [n] bytes, with colours in it, in at most [room] columns,
// and returns how many columns it took. Escapes stay whole.
int lab_line_cut(struct lab_text *out, const char *line, size_t n, int room);

// How many lines of [text] end at byte [from] or later.
int lab_line_count(const struct lab_text *text, size_t from);

// Appends lab_time_put's text for [time]; "-" if it is negative, that is, if it
// was not measured.
void lab_line_time(struct lab_text *out, lab_time time);

// The same in the unit of [longest], of the times that stand in a column.
void lab_line_time_like(struct lab_text *out, lab_time time, lab_time longest);

#endif
