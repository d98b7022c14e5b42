// codes.h - warnings and errors by their codes, with a page for each.
//
// The codes are those of record/warning.h and base/error.h. The page of a code
// is codes/NAME.md: what it means, why it matters, code that gets it and code
// that does not, and the lesson. A code without a page does not link.

#ifndef LAB_SHELL_CODES_H
#define LAB_SHELL_CODES_H

#include <stdbool.h>
#include <stddef.h>

struct lab_code {
    const char *name; // "W01", "LAB_ETIMEDOUT"
    const char *text; // "timed out"
    int code;         // of an error; 0 for a warning
    const char *page; // Markdown, from page to end
    const char *end;
};

// Code [index], warnings first; NULL beyond the last.
const struct lab_code *lab_code_at(size_t index);

// Finds the code called [name], in any case, or an error without its "LAB_" or
// "LAB_E", or by its number, or by all of its text; a warning without its zero,
// too. NULL if there is none.
const struct lab_code *lab_code_find(const char *name);

// Is [words], in any case, where words begin in what [code] means or in its
// page?
bool lab_code_mentions(const struct lab_code *code, const char *words);

#endif
