// complete.h - what the word at the cursor could become.
//
// Everything offered is read from the tables that the shell itself reads: the
// commands, the options, and the demos with their variants and parameters.

#ifndef LAB_SHELL_COMPLETE_H
#define LAB_SHELL_COMPLETE_H

#include <stddef.h>

// A lab_edit_complete whose context is the struct lab_shell.
void lab_complete(void *shell, const char *line, size_t *start,
                  void (*offer)(void *to, const char *candidate), void *to);

#endif
