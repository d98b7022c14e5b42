// grade_internal.h - parts of grading, private to src/demo.

#ifndef LAB_DEMO_GRADE_INTERNAL_H
#define LAB_DEMO_GRADE_INTERNAL_H

#include "demo/grade.h"

// Reads values, between spaces, into [settings]: all that are right.
//
// Errors: false, with one sentence in [error].
bool lab_grade_assign(struct lab_settings *settings, const char *values,
                      struct lab_text *error);

// The first claim that did not hold in [phase]; claim_count if all did.
size_t lab_grade_first_broken(const struct lab_grade *grade,
                              enum lab_grade_phase phase);

#endif
