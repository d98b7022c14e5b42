// crash_internal.h - what each thread sets up so that its crash is reported,
// private to src/core.

#ifndef LAB_CORE_CRASH_INTERNAL_H
#define LAB_CORE_CRASH_INTERNAL_H

#include <signal.h>

// A thread's part of lab_crash_init.
void lab_crash_thread_init(void);
void lab_crash_thread_term(void);

// Fills [mask] with the signals that are for the loop's thread: all except
// those that a thread causes itself.
void lab_crash_mask(sigset_t *mask);

#endif
