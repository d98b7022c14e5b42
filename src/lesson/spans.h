// spans.h - a paragraph of Markdown on lines that are not too wide.
//
// It knows `code`, *emphasis*, **strong emphasis**, [links](which lose their
// address) and \* escapes. In colour they are painted, and their marks are
// left out; without colour the marks of code and emphasis stay, so that nothing
// is lost.

#ifndef LAB_LESSON_SPANS_H
#define LAB_LESSON_SPANS_H

#include "view/view.h"

// Appends [text] in [color] in whole lines. The first begins with [indent]
// columns and [marker], the others are as deep. A word that is too wide for a
// line is broken.
void lab_spans_put(struct lab_text *out, const struct lab_style *style,
                   enum lab_color color, int indent, const char *marker,
                   const char *text);

// How many columns [text] takes on one line.
int lab_spans_columns(const struct lab_style *style, const char *text);

#endif
