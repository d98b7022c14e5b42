// complete.h - what the word at the cursor could become.
//
// Offers come from where the shell itself reads them: the tables of commands,
// options and formats, the demos with their variants and
// parameters, what has run, and the folder that is typed.

#ifndef LAB_SHELL_COMPLETE_H
#define LAB_SHELL_COMPLETE_H

#include "shell/command.h"
#include "shell/edit.h"
#include "shell/option.h"

// A lab_edit_complete whose context is the struct lab_shell.
void lab_complete(void *shell, const char *line, size_t *start,
                  lab_edit_offer *offer, void *to);

// The option whose value [word] begins with, "--clock=v"; or NULL.
const struct lab_option *lab_complete_option(const char *word);

// Copies to [kept] those of [words] that count as such for [command]: not
// options and keys. Returns how many there are.
int lab_complete_words(char **kept, char **words, int count,
                       const struct lab_command *command);

#endif
