// formula.h - laws: small formulas over a run's parameters.
//
// Grammar: numbers, names, + - * / ( ), unary minus, and the functions
// min(a, b), max(a, b), mod(a, b), ceil(a), floor(a). A number may carry a unit
// of time (ns, us, ms, s). A time is in nanoseconds, a count is itself.
// Arithmetic is in doubles, which are exact far beyond an hour of nanoseconds;
// the result is rounded to a whole number.

#ifndef LAB_DEMO_FORMULA_H
#define LAB_DEMO_FORMULA_H

#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

// Looks [name] up. Returns false if there is no such name.
typedef bool lab_formula_lookup(const void *context, const char *name,
                                int64_t *value);

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
