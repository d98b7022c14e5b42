// die.h - the ways to end when continuing would be wrong.
//
// A broken promise of our own is a bug: lab_assert says where, and aborts. A
// machine that has run out of something is not: lab_die says what, and exits.
// Either way the registered hooks are called first: the terminal is restored,
// and no temporary file stays.

#ifndef LAB_BASE_DIE_H
#define LAB_BASE_DIE_H

// Exit statuses, after BSD's sysexits where it has one.
enum {
    LAB_EXIT_OK = 0,
    LAB_EXIT_FAILED = 1, // a check or a law did not hold
    LAB_EXIT_USAGE = 2,  // the command line or the command was wrong
    LAB_EXIT_BUG = 70,   // a demo, or looplab, broke a rule
    LAB_EXIT_OS = 71,    // the machine refused: memory, threads, descriptors
    LAB_EXIT_IO = 74,    // the output could not be written
    LAB_EXIT_INTERRUPTED = 130, // by Ctrl-C
};

// Stops the program with file, line and condition unless [cond] is true.
// Always on: a check that the release build skips protects nobody.
#define lab_assert(cond)                                                       \
    ((cond) ? (void)0 : lab_assert_failed(__FILE__, __LINE__, #cond))

// Says which condition broke, and aborts. For lab_assert alone.
_Noreturn void lab_assert_failed(const char *file, int line, const char *cond);

// Writes "looplab: " and one formatted sentence, masked, to standard error, and
// exits with [status], which is not 0. If several threads come here, the first
// does so and the others wait; a second call, made by exit(), ends at once.
_Noreturn __attribute__((format(printf, 2, 3))) void
lab_die(int status, const char *format, ...);

// Returns the status that lab_die has called exit() with, on this thread; 0 if
// it has not.
int lab_die_status(void);

// Has [restore] called before any hurried end: a signal that ends the program,
// a failed assertion or lab_die. Of several, the last is called first; adding
// the same one again changes nothing.
//
// Owns: [restore] must be safe in a signal handler, and may be called twice.
void lab_die_hook(void (*restore)(void));

// Calls the hooks. Safe in a signal handler.
void lab_die_restore(void);

#endif
