// misuse.h - last words about a mistake of the program that uses the core.
//
// A result cannot report some mistakes: the function has none, or its caller
// would continue with something broken. Then the program ends with one sentence
// that says where the mistake is and what would be right. A demo's calls are
// covered (see here.h), so the place is the call.

#ifndef LAB_CORE_MISUSE_H
#define LAB_CORE_MISUSE_H

// Ends the program with the place of the last call, if known, and one formatted
// sentence without its full stop. The status is LAB_EXIT_BUG.
_Noreturn __attribute__((format(printf, 1, 2))) void
lab_misuse(const char *format, ...);

#endif
