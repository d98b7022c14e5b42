// stray_internal.h - no process that we have started outlives us, in whatever
// group it is; private to src/core.

#ifndef LAB_CORE_STRAY_INTERNAL_H
#define LAB_CORE_STRAY_INTERNAL_H

#include <stdbool.h>
#include <sys/types.h>

// Do as many groups live as can be kept in mind, LAB_CHILDREN_MOST?
bool lab_stray_is_full(void);

// Our child [pid] leads a group. If we end in a hurry, [signal] ends that.
void lab_stray_lead(pid_t pid, int signal);

// Our child [pid] has ended and was waited for. If it was the last one, what
// has left the groups is killed: nobody can tell whose it is before.
void lab_stray_forget(pid_t pid);

#endif
