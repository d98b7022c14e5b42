// slowed.h - why a run that computes took longer than its law says.

#ifndef LAB_VIEW_SLOWED_H
#define LAB_VIEW_SLOWED_H

#include "view/view.h"

// Appends a line for each run whose law did not hold because its computing had
// to share the processors: "parse_loop: 400.0 ms of computing took 531.9 ms,
// ...". Nothing under the virtual clock.
lab_view_fn lab_slowed_put;

#endif
