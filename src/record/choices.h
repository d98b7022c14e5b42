// choices.h - the choices that a schedule made in a run, as its record has
// them: when, among whom, and who was taken.
//
// Use:
//     struct lab_choices choices;
//     lab_choices_read(&choices, run->record);
//     ... choices.all[0].event, choices.all[0].who[1].number ...
//     lab_choices_free(&choices);
//
// There are as many as numbers in the script of that run, and in the same
// order. A run without a schedule has none.

#ifndef LAB_RECORD_CHOICES_H
#define LAB_RECORD_CHOICES_H

#include "record/state.h"

// One of those that could be chosen.
struct lab_candidate {
    bool is_worker;
    uint32_t number; // of the worker, or else of the task
};

struct lab_choices {
    struct lab_choices_one {
        size_t event; // this many events had happened
        size_t taken, count;
        struct lab_candidate *who; // [count] of them, in the schedule's order
    } * all;
    size_t count;
    // choices.c's own.
    size_t room;
};

// Reads the choices of [record]. One whose candidates do not fit the state
// ends the list: the record is nonsense from there on.
void lab_choices_read(struct lab_choices *choices,
                      const struct lab_record *record);
void lab_choices_free(struct lab_choices *choices);

// Appends the choices as a script, without the zeros at its end, which are
// first in, first out; "0" if nothing is left.
void lab_choices_put_script(const struct lab_choices *choices,
                            struct lab_text *out);

// Finds the earlier choice at which all looked as at choice [at]: the tasks and
// workers, where each stands and what it waits for, the ready queue, gauges and
// output. SIZE_MAX if there is none. What a program counts for itself is not in
// the record.
size_t lab_choices_find_alike(const struct lab_choices *choices,
                              const struct lab_record *record, size_t at);

#endif
