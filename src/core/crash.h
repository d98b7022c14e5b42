// crash.h - the last words of a program that crashed.
//
// A task that recursed beyond its stack is named; the terminal is handed
// back; then the signal does what it would have done.

#ifndef LAB_CORE_CRASH_H
#define LAB_CORE_CRASH_H

// Installs the handlers, for the whole process. Does nothing under a
// sanitizer, which has its own.
void lab_crash_init(void);

#endif
