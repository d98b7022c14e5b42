// flag.h - a condition that is set or not, and tasks that wait until it is.
//
// Use:
//     struct lab_flag ready;
//     lab_flag_init(&ready);
//     ...
//     LAB_TRY(lab_flag_wait(&ready)); // in as many tasks as you like
//     ...
//     lab_flag_set(&ready);           // in one: all continue
//
// This is asyncio's Event. Here an event is what the record is made of.
//
// Rules: a flag must outlive the tasks that use it. There is nothing to free.

#ifndef LAB_CORE_FLAG_H
#define LAB_CORE_FLAG_H

#include "base/error.h"
#include "base/list.h"

#include <stdbool.h>

struct lab_flag {
    bool is_set;             // read only
    struct lab_list waiting; // the flag's own, as is its number in the run
    unsigned number;
};

// Makes [flag] one that is not set.
void lab_flag_init(struct lab_flag *flag);

// Sets the flag: all tasks that wait for it continue, in the order they came,
// even if it is cleared before they run.
//
// Source: asyncio's Event.set.
void lab_flag_set(struct lab_flag *flag);
#define lab_flag_set LAB_COVER(lab_flag_set)

// Clears the flag: tasks that come from now on wait again.
//
// Source: asyncio's Event.clear.
void lab_flag_clear(struct lab_flag *flag);
#define lab_flag_clear LAB_COVER(lab_flag_clear)

// Waits until the flag is set. Returns at once if it is.
//
// Errors: LAB_ECANCELED; LAB_EPERM outside of a task.
// Source: asyncio's Event.wait.
LAB_CHECKED int lab_flag_wait(struct lab_flag *flag);
#define lab_flag_wait LAB_COVER(lab_flag_wait)

#endif
