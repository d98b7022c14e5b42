// record_diff.h - where two records of a run differ.

#ifndef LAB_VIEW_RECORD_DIFF_H
#define LAB_VIEW_RECORD_DIFF_H

#include "record/run.h"
#include "view/view.h"

// Appends how the runs of [a] and [b] differ, variant by variant: the first
// event that is not the same, with a few before and after it. Of a variant that
// one side lacks nothing is appended: lab_change_put says it. Returns whether
// they are the same; then nothing is appended either, and [events] and [runs]
// grow by how many were compared.
//
// Under the real clock times are never twice the same, and are left out. So are
// lines, if the texts of the two programs differ.
bool lab_record_diff_put(struct lab_text *out, const struct lab_style *style,
                         const struct lab_comparison *a,
                         const struct lab_comparison *b, size_t *events,
                         size_t *runs);

// --- for other views

// The run of [b] that run [index] of [a] is compared with: the one of its name,
// or the only one, if each is the only run of somebody's own program. NULL if
// there is none.
const struct lab_run *lab_record_diff_match(const struct lab_comparison *a,
                                            size_t index,
                                            const struct lab_comparison *b);

// How many events at the beginning of run [one], of [a], and run [two], of [b],
// are the same.
size_t lab_record_diff_common(const struct lab_comparison *a,
                              const struct lab_run *one,
                              const struct lab_comparison *b,
                              const struct lab_run *two);

#endif
