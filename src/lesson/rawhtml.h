// rawhtml.h - HTML inside Markdown: a fence inside it does not count.
//
// CommonMark knows seven kinds of HTML block, each with its own beginning and
// end. A kind is that number; 0 is none.

#ifndef LAB_LESSON_RAWHTML_H
#define LAB_LESSON_RAWHTML_H

#include <stdbool.h>

// Which kind of HTML block the line from [at] to [end] begins. The seventh
// (any tag, alone on its line) cannot cut a paragraph in two: [interrupts].
int lab_rawhtml_begin(const char *at, const char *end, bool interrupts);

// Does a block of [kind] end with the line from [at] to [end]?
bool lab_rawhtml_is_end(int kind, const char *at, const char *end);

// Does a blank line end a block of [kind]? If not, only its own end does.
static inline bool lab_rawhtml_ends_at_blank(int kind) {
    return kind >= 6;
}

#endif
