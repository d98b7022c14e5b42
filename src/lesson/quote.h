// quote.h - the functions and tables of a C or Python text, found by name.
//
// Use:
//     struct lab_quote quote = {0};
//     while (lab_quote_next(source, &quote))
//         ... quote.name, quote.name_length, quote.start, quote.end ...
//
// In C it reads what stands at file scope: a function with its body, a
// variable, a struct, union or enum. It is not a C parser, but it knows
// comments, strings, character constants and directives, so a brace in one of
// them ends nothing. A mere declaration (`int f(void);`) is passed over.

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
typedef bool lab_quote_fn(const char *source, struct lab_quote *quote);
lab_quote_fn lab_quote_next;

// The same in a Python text: a def, an async def or a class, with what is
// indented deeper and the decorators right above. Then come those inside it.
lab_quote_fn lab_quote_next_python;

// Finds the definition of the [length] bytes at [name], going from one to the
// next by [next].
bool lab_quote_find(lab_quote_fn *next, const char *source, const char *name,
                    size_t length, struct lab_quote *quote);

// Appends to [out] the name in [source] that is most like the [length] bytes at
// [name]; nothing if none is like it.
void lab_quote_nearest(lab_quote_fn *next, const char *source, const char *name,
                       size_t length, struct lab_text *out);

#endif
