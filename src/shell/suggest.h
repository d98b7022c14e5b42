// suggest.h - what was perhaps meant by a word that is no command.

#ifndef LAB_SHELL_SUGGEST_H
#define LAB_SHELL_SUGGEST_H

#include "shell/shell.h"

// Appends one sentence to [error]: that there is no command [word], and what
// there is instead.
void lab_suggest_command(struct lab_shell *shell, const char *word,
                         struct lab_text *error);

// Row [index] of the table of what people type: words, separated by spaces,
// and what is there instead. False beyond the last. For tests.
bool lab_suggest_row(size_t index, const char **words, const char **instead);

#endif
