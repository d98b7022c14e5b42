// crash.h - the last words of a program that a signal ends.
//
// The hooks of die.h are called first, so the terminal is restored and no
// temporary file stays. If the program caused the signal itself, one sentence
// names the task or the job, on whichever thread, with the time, the function
// and the line of its last call. Then the signal takes its usual effect, so
// that the exit status is the usual one.

#ifndef LAB_CORE_CRASH_H
#define LAB_CORE_CRASH_H

#include <stdbool.h>

// Installs the handlers, for the whole process: one for each signal that would
// end it and has no handler yet. Two are ignored instead, because a failed
// write says the same: SIGPIPE, and SIGXFSZ for a file that may not grow. A
// sanitizer keeps its handlers for faults, except for abort(). Two come from
// our own timers: SIGXCPU just before a limit of processor time, and SIGVTALRM
// at twice a run's limit of machine time.
void lab_crash_init(void);

// Says whether exit() may be called from now on: when the program is about to
// end normally, and while a library works that may end it, as libtinfo does
// without memory. At other times a demo calls it: a sentence names the task,
// and the status is LAB_EXIT_BUG.
void lab_crash_may_exit(bool may);

// Says that the program has done what it was asked to, and only has to write
// the rest of its output and end: an interrupt comes too late to change its
// status. A second one ends it at once, with LAB_EXIT_INTERRUPTED, since nobody
// may ever read that output.
void lab_crash_work_done(void);

// Says that this thread enters libuv, or has returned from it. libuv calls
// abort() when the system refuses it a descriptor or memory. That is not a
// crash: a sentence says so, and the status is LAB_EXIT_OS.
void lab_crash_in_libuv(bool is_inside);

#endif
