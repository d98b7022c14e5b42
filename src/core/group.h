// group.h - tasks that succeed or fail together; more may join.
//
// Use:
//     lab_group *group = lab_group_new();
//     for (int i = 0; i < 3; i++)
//         LAB_TRY(lab_group_spawn(group, "fetch", fetch, &jobs[i]));
//     return lab_group_wait(group);
//
// Rules: the first member that fails stops the others. A member may spawn more
// into its group. Members are children of the task that made the group, so they
// end before it does, waited for or not. Nothing is kept of a member that has
// ended, so a server may spawn for ever: results go through [arg].

#ifndef LAB_CORE_GROUP_H
#define LAB_CORE_GROUP_H

#include "core/task.h"

typedef struct lab_group lab_group;

// Makes a group of the running task, without members.
//
// Owns:   freed by lab_group_wait, at the latest when the running task ends.
// Source: asyncio's TaskGroup.
lab_group *lab_group_new(void);

// Starts [fn] as a member. Any task of this loop may call it, until
// lab_group_wait has returned.
//
// Owns:   [arg] stays yours and must outlive the task. [name] is copied.
// Errors: LAB_ECANCELED if the group is being stopped: [fn] is not called.
#define lab_group_spawn (LAB_HERE, lab_group_spawn_here)
LAB_CHECKED int lab_group_spawn_here(lab_group *group, const char *name,
                                     lab_fn *fn, void *arg);

// Stops the group: cancels all members, and takes no more. Does not wait. A
// member that ends with LAB_ECANCELED has not failed.
void lab_group_cancel(lab_group *group);
#define lab_group_cancel LAB_COVER(lab_group_cancel)

// How many members have not ended.
size_t lab_group_living(const lab_group *group);

// Waits until all members have ended, and frees [group]. Only the task that
// made the group can.
//
// Owns:   takes [group].
// Errors: the first failure in time: the other members are then cancelled and
//         waited for. LAB_ECANCELED if we are cancelled first, likewise.
//         LAB_EPERM if another task made the group; it is not freed then.
// Source: leaving asyncio's `async with TaskGroup()`. That also cancels its
//         body when a member fails; here the maker hears it when it waits.
LAB_CHECKED int lab_group_wait(lab_group *group);
#define lab_group_wait LAB_COVER(lab_group_wait)

#endif
