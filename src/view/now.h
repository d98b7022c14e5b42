// now.h - what one task does at one moment, as a sentence.

#ifndef LAB_VIEW_NOW_H
#define LAB_VIEW_NOW_H

#include "view/question.h"

// Appends what [task] is at the moment of [snapshot], and what keeps it from
// running: "t3 (b) waits for t2 (03_x.c:14)", with no full stop.
//
// Owns: borrows all.
void lab_now_put(struct lab_text *line, const struct lab_snapshot *snapshot,
                 const struct lab_state_task *task);

#endif
