// wait.h - waiting for some of several tasks, and leaving the rest alone.
//
// Use:
//     while (count > 0) {
//         int done = lab_wait(tasks, count, LAB_FIRST_COMPLETED, LAB_FOREVER);
//         LAB_TRY(done);
//         for (int i = 0; i < done; i++)
//             look_at(tasks[i]);
//         tasks += done, count -= (size_t)done;
//     }
//
//     lab_completed *it = lab_as_completed(tasks, count);
//     lab_task *task;
//     int rc;
//     while ((rc = lab_completed_next(it, &task)) > 0)
//         look_at(task);

#ifndef LAB_CORE_WAIT_H
#define LAB_CORE_WAIT_H

#include "core/task.h"

enum lab_when {
    LAB_ALL_COMPLETED,   // when all have ended
    LAB_FIRST_COMPLETED, // when one has ended
    LAB_FIRST_ERROR,     // when one has failed, or all have ended
};

// Waits until as many tasks have ended as [when] says, or [timeout] has passed.
// Moves ended tasks to the front of [tasks], in the order they had, and returns
// how many there are: maybe none, after a timeout. None is cancelled. A
// [timeout] of zero or less waits one turn.
//
// Errors: LAB_ECANCELED if we are cancelled first; [tasks] is unchanged.
//         LAB_EDEADLK if one of them is the running one.
// Source: asyncio's wait.
LAB_CHECKED int lab_wait(lab_task **tasks, size_t count, enum lab_when when,
                         lab_time timeout);
#define lab_wait LAB_COVER(lab_wait)

// A walk through tasks in the order in which they end.
typedef struct lab_completed lab_completed;

// Begins a walk through [tasks]. Those that have ended already come first, in
// the order of the array. NULL if there is no running task.
//
// Owns:   the walk is freed when lab_completed_next says that it is over, at
//         the latest when the running task ends. [tasks] is copied.
// Source: asyncio's as_completed.
lab_completed *lab_as_completed(lab_task *const *tasks, size_t count);
#define lab_as_completed LAB_COVER(lab_as_completed)

// Waits until another of the tasks has ended, stores it in [*task] and returns
// 1; returns 0 when all were handed out, and frees [it].
//
// Errors: LAB_ECANCELED; then none was handed out. LAB_EBUSY while another task
//         waits for the next. LAB_EPERM.
LAB_CHECKED int lab_completed_next(lab_completed *it, lab_task **task);
#define lab_completed_next LAB_COVER(lab_completed_next)

// Frees [it] before its end. NULL is fine.
void lab_completed_free(lab_completed *it);
#define lab_completed_free LAB_COVER(lab_completed_free)

#endif
