// crash_internal.h - what each thread does to be heard when it crashes, private
// to src/core.

#ifndef LAB_CORE_CRASH_INTERNAL_H
#define LAB_CORE_CRASH_INTERNAL_H

#include <signal.h>

// A thread's part of lab_crash_init.
void lab_crash_thread_init(void);
void lab_crash_thread_term(void);

// Fills [mask] with the signals that are for the loop's thread: all but those
// that a thread brings on itself.
void lab_crash_mask(sigset_t *mask);

#endif
