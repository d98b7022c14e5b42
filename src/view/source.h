// source.h - the lines of a program, for views that point at them.
//
// Source text may be NULL: then nothing is known of any line.

#ifndef LAB_VIEW_SOURCE_H
#define LAB_VIEW_SOURCE_H

#include "base/text.h"
#include "record/location.h"
#include "view/view.h"

// Returns line [number], from 1 on, and its length without its end in [n];
// NULL if there is none.
const char *lab_source_line(const char *source, unsigned number, size_t *n);

// Appends " (line 31: lab_gather)": the first call of looplab's at [location]
// of [record], or in Python what it awaits: " (line 12: asyncio.sleep)". "
// (line 31)" if it has none, nothing if [location] is 0. [own] is the text of
// the program's own file.
void lab_source_where(struct lab_text *out, const struct lab_record *record,
                      const char *own, uint32_t location);

// Appends [code] where a line has come to [column], on as many rows as it
// needs. They end after words, or after a bracket or a comma, and those below
// the first stand deeper.
void lab_source_beside(struct lab_text *out, const struct lab_style *style,
                       enum lab_color color, int column, const char *code);

// Appends up to [rows] rows of source around line [number], which has a marker;
// fewer where the file has fewer. Lines are whole, if they take several rows as
// well; the last that has too few rows left is cut.
void lab_source_put(struct lab_text *out, const struct lab_style *style,
                    const char *source, unsigned number, int rows);

#endif
