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

// Appends who holds the loop's thread in a call that never returns, at a moment
// at which the run is stuck: "t3 (b) holds the loop's thread (line 4), and
// waits there for what nobody can bring". Returns false if nobody does: then
// the tasks wait for each other.
//
// Owns: borrows all.
bool lab_now_put_stuck(struct lab_text *line,
                       const struct lab_snapshot *snapshot);

#endif
