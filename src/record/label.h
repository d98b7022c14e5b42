// label.h - the names of tasks, workers and generators, the same in every view.
//
// Use:
//     struct lab_labels *labels = lab_labels_new(record);
//     lab_labels_name(labels, 't', 4)                        "job 2"
//     lab_labels_find(labels, "job 2")                       4
//     lab_labels_free(labels);
//
// No two tasks have the same name, nor do two workers: eight tasks "job" are
// "job 1" to "job 8". Without a name in the record they are "t4", "w1" or "g1".

#ifndef LAB_RECORD_LABEL_H
#define LAB_RECORD_LABEL_H

#include "record/record.h"

struct lab_labels;

// Owns: yours, until lab_labels_free; [record] is borrowed, and may grow.
struct lab_labels *lab_labels_new(const struct lab_record *record);
void lab_labels_free(struct lab_labels *labels);

// Returns the name of [number]: of a task, if [kind] is 't'; of a worker, 'w';
// or of a generator, 'g'.
//
// Owns: borrowed, until an event is added to the record.
const char *lab_labels_name(struct lab_labels *labels, char kind,
                            uint32_t number);

// Returns how many of [kind] the record names.
size_t lab_labels_count(struct lab_labels *labels, char kind);

// Returns the number of the task whose name is [word]; 0 if there is none.
uint32_t lab_labels_find(struct lab_labels *labels, const char *word);

#endif
