// rewrite.h - a command that is written as another program writes it.
//
//     ?run  run?  run??     IPython asks for help like this
//     3 help  3 -h          a demo has no help of its own, but help tells of it
//     run(3)  help()        Python calls a function like this
//     %run my.py            IPython's own commands begin like this

#ifndef LAB_SHELL_REWRITE_H
#define LAB_SHELL_REWRITE_H

#include "shell/command.h"

// Makes the words of [call], of which the first is no command, the command that
// they are, and says how it is written here. Returns false if they are none;
// of "%x" then x is left.
bool lab_rewrite(struct lab_call *call);

// Is the only word of [call], after its command, one that asks for help?
bool lab_rewrite_asks(const struct lab_call *call);

#endif
