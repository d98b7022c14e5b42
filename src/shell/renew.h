// renew.h - a demo, built and loaded anew while looplab runs.

#ifndef LAB_SHELL_RENEW_H
#define LAB_SHELL_RENEW_H

#include "shell/command.h"

// Compiles the C of [file] as it is now, with what the compiler says, and loads
// that in place of what was loaded. If it does not compile, the old one stays.
// Waits. Returns an exit status, after complaining if it is not 0.
int lab_renew(struct lab_call *call, struct lab_demo_file *file);

// Can that be done here? What needs libraries, or consists of several files, is
// for make. Returns an exit status, as above.
int lab_renew_check(struct lab_call *call, struct lab_demo_file *file);

// Looks whether make has built [file] since it was loaded.
bool lab_renew_was_built(const struct lab_demo_file *file);

// Loads [file] from where make has put it, otherwise the same.
int lab_renew_load(struct lab_call *call, struct lab_demo_file *file);

#endif
