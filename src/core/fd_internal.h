// fd_internal.h - the descriptors of a run, private to src/core.

#ifndef LAB_CORE_FD_INTERNAL_H
#define LAB_CORE_FD_INTERNAL_H

struct run;

// Closes those of [run] that are still open.
void lab_fd_close_all(struct run *run);

#endif
