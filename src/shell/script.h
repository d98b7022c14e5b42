// script.h - commands from a file or from -e, run one after the other.
//
//     looplab FILE                 a command on each line; # begins a comment
//     looplab -e "run 3" -e list   the same without a file
//     looplab <FILE                the same, from a file or a pipe
//
// All of them are read by lab_prompt_script, as what is typed on a terminal
// that cannot edit is.

#ifndef LAB_SHELL_SCRIPT_H
#define LAB_SHELL_SCRIPT_H

#include "shell/command.h"

// May [word], which is no command, be the file of a script? Only where looplab
// begins: it is there, and neither a program nor a record.
bool lab_script_is(const struct lab_shell *shell, const char *word);

// Says of [word], which is no command, why it cannot be the file of a script,
// if it is a folder, or looks like a path of what is not there.
bool lab_script_refuse(const struct lab_shell *shell, const char *word,
                       struct lab_text *error);

// Takes the mark off the first line of a script that some editors begin a file
// in UTF-8 with, and that nobody sees.
void lab_script_drop_mark(struct lab_text *line);

// Takes the only word of [call] as the file of the script.
//
// Errors: false, with one sentence in [error]: there are more words.
bool lab_script_take(struct lab_call *call, struct lab_text *error);

// Was a file or -e given?
bool lab_script_given(const struct lab_shell *shell);

// Opens what was given for reading, and returns the descriptor.
//
// Owns:   yours, to close.
// Errors: a negative code, after complaining.
int lab_script_open(struct lab_shell *shell);

// What commands are read from, for errors: "standard input".
const char *lab_script_name(const struct lab_shell *shell);

#endif
