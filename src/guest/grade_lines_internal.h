// grade_lines_internal.h - a guest in C that is graded, as a word for its
// process and as lines of it; private to src/guest.
//
// The process does the grading itself. The plan is an object, one word of its
// command line. Its record is then a first line, and after it:
//     {"graded":"small","tried":36,"truncated":0,"done":1,"claims":[...]}
//     {"cut":"small","schedule":"0,1","values":"n=3"}
//     {"over":1,"stopped":0,"timed_out":0}
// What is known of a phase is told from time to time, each time all of it. The
// second line is the last of a process that crashes.

#ifndef LAB_GUEST_GRADE_LINES_INTERNAL_H
#define LAB_GUEST_GRADE_LINES_INTERNAL_H

#include "demo/grade_plan.h"

// Appends the plan; reads it again.
//
// Owns:   what is read is yours, until lab_grade_free.
// Errors: false: it is damaged.
void lab_guest_grade_put_plan(struct lab_text *out,
                              const struct lab_grade *grade);
bool lab_guest_grade_read_plan(const char *text, struct lab_grade *grade);

// Append these lines. Safe in a signal handler, if [out] is fixed.
void lab_guest_grade_put_phase(struct lab_text *out,
                               const struct lab_grade *grade,
                               enum lab_grade_phase phase);
void lab_guest_grade_put_cut(struct lab_text *out,
                             const struct lab_grade_plan *plan);
void lab_guest_grade_put_over(struct lab_text *out,
                              const struct lab_grade *grade);

// Reads [line] into [grade] if it is about it. Returns whether it is. Sets
// [is_over] if nothing follows.
//
// Errors: [error] is set if it is damaged.
bool lab_guest_grade_line(struct lab_grade *grade, const char *line,
                          bool *is_over, const char **error);

// The process has ended, [why] if it was cut off, and did not say that all is
// over: decides what came out.
void lab_guest_grade_end(struct lab_grade *grade, const char *why);

#endif
