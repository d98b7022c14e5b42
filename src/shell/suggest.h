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

// Is the line of [call], whose first word is still the program's name, one for
// a shell, such as "ls -l"? Then one sentence in [error] says how it is typed.
// What a command of ours does as well is not: "ls", "cat 3", "python my.py".
bool lab_suggest_shell(const struct lab_call *call, struct lab_text *error);

// The demo that [word] is the number of, or enough of the name; NULL if none.
struct lab_demo_file *lab_suggest_demo(struct lab_shell *shell,
                                       const char *word);

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
