// label.h - what the tasks, workers and generators of a record are called, in
// every view.
//
// Use:
//     struct lab_labels *labels = lab_labels_new(record);
//     lab_labels_task(labels, 4)                             "job 2"
//     lab_labels_find(labels, "job 2")                       4
//     lab_labels_free(labels);
//
// No two tasks are called alike, nor two workers: eight tasks "job" are "job 1"
// to "job 8", and one without a name is "t4", "w1" or "g1".

#ifndef LAB_RECORD_LABEL_H
#define LAB_RECORD_LABEL_H

#include "record/record.h"

struct lab_labels;

// Owns: yours, until lab_labels_free; [record] is borrowed, and may grow.
struct lab_labels *lab_labels_new(const struct lab_record *record);
void lab_labels_free(struct lab_labels *labels);

// What task, worker or generator [number] is called.
//
// Owns: borrowed, until an event is added to the record.
const char *lab_labels_task(struct lab_labels *labels, uint32_t number);
const char *lab_labels_worker(struct lab_labels *labels, uint32_t number);
const char *lab_labels_generator(struct lab_labels *labels, uint32_t number);

// The number of the task that is called [word]; 0 if none is.
uint32_t lab_labels_find(struct lab_labels *labels, const char *word);

#endif
