// label.h - what lanes are called.

#ifndef LAB_RECORD_LABEL_H
#define LAB_RECORD_LABEL_H

#include "record/lanes.h"

// Gives every task and worker of [lanes] a name that no other of its kind
// has: eight tasks "job" become "job 1" to "job 8", and one without a name is
// "t4" or "w1". Jobs then get the name of the task that asked for them.
//
// Owns: lab_lanes_free frees the names that were made.
void lab_label_lanes(struct lab_lanes *lanes);

#endif
