// crash.h - the last words of a program that crashed.
//
// The hooks of die.h are called first, so the terminal is handed back. Then one
// sentence names the task or the job that crashed, on whichever thread, with
// the time, the function and the line of its last call. Then the signal does
// what it would have done.

#ifndef LAB_CORE_CRASH_H
#define LAB_CORE_CRASH_H

#include <stdbool.h>

// Installs the handlers, for the whole process. Under a sanitizer, which has
// its own, only the one of abort().
void lab_crash_init(void);

// Says that this thread enters libuv, or has left it. libuv calls abort() when
// the system refuses it a descriptor or memory. That is not a crash: a sentence
// says so, and the status is LAB_EXIT_OS.
void lab_crash_in_libuv(bool is_inside);

#endif
