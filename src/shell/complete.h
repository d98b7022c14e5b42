// complete.h - what the word at the cursor could become.
//
// Offers come from where the shell itself reads them: the tables of commands,
// options and formats, the demos with their variants and
// parameters, what has run, and the folder that is typed.

#ifndef LAB_SHELL_COMPLETE_H
#define LAB_SHELL_COMPLETE_H

#include <stddef.h>

// A lab_edit_complete whose context is the struct lab_shell.
void lab_complete(void *shell, const char *line, size_t *start,
                  void (*offer)(void *to, const char *candidate), void *to);

#endif
