// compose.h - a command line, written in a learner's own editor.

#ifndef LAB_SHELL_COMPOSE_H
#define LAB_SHELL_COMPOSE_H

#include "base/text.h"

#include <stdbool.h>

// Opens [line] in the editor, in front of us, and replaces it by what was saved
// there, its rows joined by spaces. Waits until the editor has ended. [shell]
// is a struct lab_shell. Returns false, after complaining, if that failed.
bool lab_compose(void *shell, struct lab_text *line);

#endif
