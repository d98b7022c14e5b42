// formula.h - laws: small formulas over a run's parameters.
//
// Grammar: numbers, names, + - * / ( ), unary minus, and functions. A number
// may carry a unit of time (ns, us, ms, s). A time is in nanoseconds, a count
// is itself. Arithmetic is in doubles, which are exact far beyond an hour of
// nanoseconds; the result is rounded to a whole number.
//
//     min(a, b) max(a, b) mod(a, b) ceil(a) floor(a)
//     min(list) max(list) sum(list) len(list)
//     nth(list, k)       the k-th in order of size; nth(list, 1) is min(list)
//     within(list, a)    how many of them are at most a
//
// A list is a name too, and may stand only where these functions take one.

#ifndef LAB_DEMO_FORMULA_H
#define LAB_DEMO_FORMULA_H

#include "base/text.h"
#include "demo/demo.h"

#include <stdbool.h>
#include <stdint.h>

// What a name stands for: one number, or a list of them.
struct lab_values {
    bool is_list;
    size_t count; // of a list; else 1
    int64_t items[LAB_LIST_MOST];
};

// Looks [name] up. Returns false if there is no such name.
typedef bool lab_formula_lookup(const void *context, const char *name,
                                struct lab_values *value);

// Evaluates [formula] into [value].
//
// Errors: false, with one sentence in [error] that names the column and what
//         was expected there. Names that [lookup] does not know, division by
//         zero, results beyond int64, and nesting deeper than 64 are errors
//         too.
bool lab_formula_evaluate(const char *formula, lab_formula_lookup *lookup,
                          const void *context, int64_t *value,
                          struct lab_text *error);

#endif
