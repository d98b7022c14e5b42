// suggest.h - what was perhaps meant by a word that is not a command.

#ifndef LAB_SHELL_SUGGEST_H
#define LAB_SHELL_SUGGEST_H

#include "shell/shell.h"

// Appends one sentence to [error]: that there is no command words[0], and what
// there is instead. A line of Python is answered by what it is about.
void lab_suggest_command(struct lab_shell *shell, char *const *words, int count,
                         struct lab_text *error);

// Row [index] of the table of what people type: words, separated by spaces,
// and what is there instead. False beyond the last. For tests.
bool lab_suggest_row(size_t index, const char **words, const char **instead);

#endif
