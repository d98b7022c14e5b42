// misuse.h - last words about a mistake of the program that uses the core.
//
// Some mistakes no result can report: the function has none, or its caller
// would go on with something broken. The program ends then, with one sentence
// that says where the mistake is and what would be right. A demo's functions
// are covered (see here.h), so the place is the call.

#ifndef LAB_CORE_MISUSE_H
#define LAB_CORE_MISUSE_H

// Ends the program with the place of the last call, where it is known, and one
// formatted sentence without its full stop. The status is LAB_EXIT_BUG.
_Noreturn __attribute__((format(printf, 1, 2))) void
lab_misuse(const char *format, ...);

#endif
