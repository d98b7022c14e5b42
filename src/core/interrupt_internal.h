// interrupt_internal.h - a second Ctrl-C, when the first did not help; private
// to src/core.

#ifndef LAB_CORE_INTERRUPT_INTERNAL_H
#define LAB_CORE_INTERRUPT_INTERNAL_H

#include <stdbool.h>

// Ends the program with LAB_EXIT_INTERRUPTED, and names what does not stop.
// [is_unseen] says that the loop has not seen the first interrupt yet: then a
// task or a virtual worker holds it, or it is just returning from its wait, and
// we return too. Else a job in a worker's thread continues. Called in the
// signal handler, on the loop's thread, with the handler's [context].
void lab_interrupt_end(bool is_unseen, void *context);

// A thread that may have a job says that it begins, and that it ends.
void lab_interrupt_thread_init(void);
void lab_interrupt_thread_term(void);

#endif
