// renew.h - a demo, built and loaded anew while looplab runs.

#ifndef LAB_SHELL_RENEW_H
#define LAB_SHELL_RENEW_H

#include "shell/command.h"

// Compiles the C of [file] as it is now, with what the compiler says, and loads
// that in place of what was loaded. If it does not compile, the old one stays.
// Waits. Returns an exit status, after complaining if it is not 0.
int lab_renew(struct lab_call *call, struct lab_demo_file *file);

// The same in two steps, for one who cannot show it now: what came of it.
struct lab_renewal {
    struct lab_text compiler; // what it said
    struct lab_text error;    // why it was not loaded
    bool is_late;             // it is loaded once it does not run: see below
    int status;
};

// Compiles and loads [file], as lab_renew does; prints nothing. Waits. What was
// in [renewal] before is freed.
//
// Owns: yours, to show or to free.
void lab_renewal_build(struct lab_renewal *renewal, struct lab_call *call,
                       struct lab_demo_file *file);

// Prints what came of it, and frees that. Returns an exit status.
int lab_renewal_show(struct lab_renewal *renewal, struct lab_call *call,
                     struct lab_demo_file *file);
void lab_renewal_free(struct lab_renewal *renewal);

// Can that be done here? What needs libraries, or consists of several files, is
// for make. Returns an exit status, as above.
int lab_renew_check(struct lab_call *call, struct lab_demo_file *file);

// Looks whether make has built [file] since it was loaded.
bool lab_renew_was_built(const struct lab_demo_file *file);

// Loads [file] from where make has put it, otherwise the same.
int lab_renew_load(struct lab_call *call, struct lab_demo_file *file);

// A demo that runs cannot be loaded anew. What was built meanwhile is kept:
// this loads what can be loaded now, and says so. Called when a command ends.
void lab_renew_late(struct lab_call *call);
// Nothing of it is kept any more.
void lab_renew_forget(struct lab_shell *shell);

#endif
