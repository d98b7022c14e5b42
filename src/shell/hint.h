// hint.h - what a line that is being typed still takes.

#ifndef LAB_SHELL_HINT_H
#define LAB_SHELL_HINT_H

#include "base/text.h"

// A lab_edit_hint whose context is the struct lab_shell: the rest of a
// command's usage, or what the value of an option or a parameter may be.
void lab_hint(void *shell, const char *line, struct lab_text *out);

#endif
