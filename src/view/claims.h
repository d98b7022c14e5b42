// claims.h - what speaks against a claim, in a sentence. The table of claims is
// a view, lab_view_claims.

#ifndef LAB_VIEW_CLAIMS_H
#define LAB_VIEW_CLAIMS_H

#include "view/grid.h"
#include "view/view.h"

// Appends what was measured instead of what [claim] says of [run], and the
// first event against it: "peak(inside) = 3, but it is 4: see 0 s, event 31".
// [code] is the program's text, or NULL.
void lab_claims_put_against(struct lab_text *out, const struct lab_run *run,
                            const struct lab_claim *claim, const char *code);

// Appends what was measured: "1.000 s", "3", "97 %".
void lab_claims_put_value(struct lab_text *out, enum lab_claim_unit unit,
                          int64_t value);

// The same as a cell of [grid].
void lab_claims_add_value(struct lab_grid *grid, enum lab_claim_unit unit,
                          int64_t value);

// Is anything claimed of the runs but their times?
bool lab_claims_any(const struct lab_comparison *comparison);

#endif
