// suggest.h - what was meant by a word that is not a command.
//
// People who know other programs type their words: "ls", "exit", "python
// my.py". A table says for each what it is here. Some rows name the command
// that is run in its place; the others say what to type.

#ifndef LAB_SHELL_SUGGEST_H
#define LAB_SHELL_SUGGEST_H

#include "shell/command.h"

// Appends one sentence to [error]: that there is no command words[0], and what
// there is instead. A line of Python is answered by what it is about.
void lab_suggest_command(struct lab_shell *shell, char *const *words, int count,
                         struct lab_text *error);

// Makes the words of [call] a command that is run in their place: "python
// my.py" becomes "run my.py". Says so, if somebody reads along. Not in a
// lesson, which shows commands as they are. Returns false if the words stand
// for none.
bool lab_suggest_obey(struct lab_call *call);

// Are the words of [call] free of what joins commands in a shell, such as "|"?
//
// Errors: false, with one sentence in [error].
bool lab_suggest_alone(const struct lab_call *call, struct lab_text *error);

// The command that [word] stands for; NULL if none.
const char *lab_suggest_meant(const char *word);

// Row [index] of the table of what people type: words, separated by spaces,
// with * for any others, and what is there instead. False beyond the last. For
// tests.
bool lab_suggest_row(size_t index, const char **words, const char **instead);

#endif
