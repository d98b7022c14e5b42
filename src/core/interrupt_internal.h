// interrupt_internal.h - Ctrl-C twice, where once was not enough; private to
// src/core.

#ifndef LAB_CORE_INTERRUPT_INTERNAL_H
#define LAB_CORE_INTERRUPT_INTERNAL_H

#include <stdbool.h>

// Ends the program with LAB_EXIT_INTERRUPTED, and names what does not stop.
// [is_unseen] says that the loop has not got to the first interrupt yet: then
// it is held by a task or a virtual worker, or it returns from its wait just
// now, and so do we. Else a worker's thread has a job that goes on. Called in
// the signal handler, on the loop's thread, with the handler's [context].
void lab_interrupt_end(bool is_unseen, void *context);

// A thread that may have a job says that it is there, and that it ends.
void lab_interrupt_thread_init(void);
void lab_interrupt_thread_term(void);

#endif
