// limits.h - what follows --limit=.

#ifndef LAB_SHELL_LIMITS_H
#define LAB_SHELL_LIMITS_H

#include "base/text.h"
#include "core/limit.h"

// Reads "events:N", "turns:N", "time:T", several of them with commas between,
// or "none"; what is not named keeps its value in [limits].
//
// Owns: borrows [value].
// Errors: false, with a sentence in [error].
bool lab_limits_parse(const char *value, struct lab_limits *limits,
                      struct lab_text *error);

#endif
