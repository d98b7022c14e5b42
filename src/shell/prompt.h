// prompt.h - reading commands one after another and running them.

#ifndef LAB_SHELL_PROMPT_H
#define LAB_SHELL_PROMPT_H

#include "shell/shell.h"

// Waits for commands typed at a terminal and runs them, until quit or Ctrl-D.
// Returns an exit status. shell->print and ->complain are set here.
//
// Errors: a negative code if the terminal cannot be edited on; then nothing
//         has happened, and lab_prompt_script is the way to read.
int lab_prompt_edit(struct lab_shell *shell);

// Waits for commands from [fd], whatever it is, and runs them as shell->script
// says: up to the first that fails, unless it keeps going. Returns the exit
// status of the first command that failed; for somebody at a terminal, who has
// seen what failed and types on, LAB_EXIT_OK.
int lab_prompt_script(struct lab_shell *shell, int fd);

#endif
