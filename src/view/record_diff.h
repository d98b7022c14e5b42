// record_diff.h - where two records of a run differ.

#ifndef LAB_VIEW_RECORD_DIFF_H
#define LAB_VIEW_RECORD_DIFF_H

#include "record/run.h"
#include "view/view.h"

// Appends how the runs of [a] and [b] differ, variant by variant: the first
// event that is not the same, with a few before and after it. [names] are
// what the two are called. Returns whether they are the same; then nothing is
// appended, and [events] and [runs] grow by how many were compared.
//
// Under the real clock times are never twice the same, and are left out.
bool lab_record_diff_put(struct lab_text *out, const struct lab_style *style,
                         const struct lab_comparison *a,
                         const struct lab_comparison *b,
                         const char *const names[2], size_t *events,
                         size_t *runs);

#endif
