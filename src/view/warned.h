// warned.h - what held the loop in a program of one's own, and which errors
// nobody read, below its results.

#ifndef LAB_VIEW_WARNED_H
#define LAB_VIEW_WARNED_H

#include "view/view.h"

// Appends a line for each kind of warning that a run of a program of one's own
// earns: "The loop was held for 300.0 ms by download (line 6): explain W01".
// Nothing for a demo: there it is the point, and its laws say so.
lab_view_fn lab_warned_put;

#endif
