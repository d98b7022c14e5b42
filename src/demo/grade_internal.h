// grade_internal.h - parts of grading, private to src/demo.

#ifndef LAB_DEMO_GRADE_INTERNAL_H
#define LAB_DEMO_GRADE_INTERNAL_H

#include "demo/grade_plan.h"

// Reads values, between spaces, into [settings]: all that are right.
//
// Errors: false, with one sentence in [error].
bool lab_grade_assign(struct lab_settings *settings, const char *values,
                      struct lab_text *error);

// The first claim that did not hold in [phase]; claim_count if all did.
size_t lab_grade_first_broken(const struct lab_grade *grade,
                              enum lab_grade_phase phase);

// As lab_grade_note of the claims that did not hold, but counts nothing: that
// run was only to find a simpler schedule.
void lab_grade_note_simpler(struct lab_grade *grade, enum lab_grade_phase phase,
                            const struct lab_run *run,
                            const struct lab_schedule *schedule,
                            const char *values);

// --- grade_plan.c and grade_shrink.c

// Begins a walk through [most] orders.
void lab_grade_plan_walk(struct lab_grade_plan *plan, size_t most);

// Says what to run next to find a simpler schedule, in the last phase, when all
// else of it was run; takes what came of it.
bool lab_grade_shrink_next(struct lab_grade_plan *plan);
void lab_grade_shrink_take(struct lab_grade_plan *plan,
                           const struct lab_run *run);

// Makes [plan] what it will probably be when the run that it has now is over.
// Returns false if nobody knows.
bool lab_grade_shrink_guess(struct lab_grade_plan *plan);

#endif
