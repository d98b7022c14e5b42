// browse.h - what the last command printed, on the whole screen: forwards,
// backwards, and searched.

#ifndef LAB_SHELL_BROWSE_H
#define LAB_SHELL_BROWSE_H

#include "shell/shell.h"

// Can it be? There must be a terminal that can be drawn on, and more to see
// than it shows.
bool lab_browse_possible(const struct lab_shell *shell);

// Waits for keys and moves as they say, until one says to leave. Returns an
// exit status, after complaining if it is not 0.
int lab_browse(struct lab_shell *shell);

#endif
