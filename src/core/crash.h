// crash.h - the last words of a program that crashed.
//
// A task that recursed beyond its stack is named; the terminal is handed
// back; then the signal does what it would have done.

#ifndef LAB_CORE_CRASH_H
#define LAB_CORE_CRASH_H

#include <stdbool.h>

// Installs the handlers, for the whole process. Under a sanitizer, which has
// its own, only the one of abort().
void lab_crash_init(void);

// Says that this thread goes into libuv, or comes out of it. There it calls
// abort() when the system refuses it a descriptor or memory. That is no crash:
// it is told in a sentence, and the status is LAB_EXIT_OS.
void lab_crash_in_libuv(bool is_inside);

#endif
