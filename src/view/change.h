// change.h - what is different in a run, against another one, in sentences.
//
//     slow takes 2.000 s (before: 3.000 s). Event 7 is the first that differs:
//     t3 fetch(2) sleeps until 1.000 s (before: t3 fetch(2) sleeps until
//     2.000 s).

#ifndef LAB_VIEW_CHANGE_H
#define LAB_VIEW_CHANGE_H

#include "record/run.h"
#include "view/view.h"

// Appends what is different in [after], variant by variant. [places] say where
// the two are: "in a.jsonl"; or [places][0] is "before" and the other one NULL.
// Returns whether they are the same; a sentence says that, too.
//
// What counts as different is what record_diff.h says.
bool lab_change_put(struct lab_text *out, const struct lab_style *style,
                    const struct lab_comparison *before,
                    const struct lab_comparison *after,
                    const char *const places[2]);

#endif
