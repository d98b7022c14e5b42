// verdict.h - what a comparison comes to, in a sentence or two.

#ifndef LAB_VIEW_VERDICT_H
#define LAB_VIEW_VERDICT_H

#include "base/text.h"
#include "record/run.h"

// Appends the author's sentence, or else which variant is the fastest and by
// how much, and where the gaps were longest, if two or more ran to their end
// and do the same work: none is said to differ, and none claims another result.
// Times less than 5 % apart count as alike. Then, of each that was deadlocked,
// who waited for whom.
void lab_verdict_put(struct lab_text *out,
                     const struct lab_comparison *comparison);

// Appends who waits for whom in [run], if it was deadlocked, after a space if
// there is something before it. [code] is its source, or NULL.
void lab_verdict_put_deadlock(struct lab_text *out, const struct lab_run *run,
                              const char *code);

#endif
