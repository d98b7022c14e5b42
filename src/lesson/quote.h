// quote.h - the functions and tables of a C text, found by name.
//
// Use:
//     struct lab_quote quote = {0};
//     while (lab_quote_next(source, &quote))
//         ... quote.name, quote.name_length, quote.start, quote.end ...
//
// It reads what stands at file scope: a function with its body, a variable, a
// struct, union or enum. It is not a C parser, but it knows comments, strings,
// character constants and directives, so a brace in one of them ends nothing.
// A mere declaration (`int f(void);`) is passed over.

#ifndef LAB_LESSON_QUOTE_H
#define LAB_LESSON_QUOTE_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

// One definition. A zeroed one stands before the first.
struct lab_quote {
    const char *name; // borrowed from the source, not terminated
    size_t name_length;
    const char *start; // its first line, or that of the comment right above
    const char *end;   // after its last character, without the line break
};

// Moves [quote] to the next definition in [source]. Returns false after
// the last.
bool lab_quote_next(const char *source, struct lab_quote *quote);

// Finds the definition of the [length] bytes at [name].
bool lab_quote_find(const char *source, const char *name, size_t length,
                    struct lab_quote *quote);

// Appends to [out] the name in [source] that is most like the [length] bytes at
// [name]; nothing if none is like it.
void lab_quote_nearest(const char *source, const char *name, size_t length,
                       struct lab_text *out);

#endif
