// ask.h - lines that answer a command's questions.
//
// Use:
//     while ((rc = lab_ask(call, "> ", &line)) >= 0)
//         ...
//
// At the prompt they are typed, and in a script they are its next lines. A
// command on the command line reads its standard input. In a lesson nobody
// answers. What is not typed on a terminal is echoed, so that the output reads
// the same.

#ifndef LAB_SHELL_ASK_H
#define LAB_SHELL_ASK_H

#include "base/error.h"
#include "shell/command.h"

// Waits for a line and returns its length; [line] holds it without its end.
// Then [call] knows the width of the screen, which may have changed meanwhile.
//
// Errors: LAB_EOF if no more will come; LAB_EINTR for Ctrl-C while it was
//         typed; LAB_ECANCELED; another code if input cannot be read.
LAB_CHECKED int lab_ask(struct lab_call *call, const char *prompt,
                        struct lab_text *line);

// Called by a command that asks, before it does anything. Where its questions
// would be shown but nobody could answer, it says so with the next step, and
// does not return LAB_EXIT_OK.
LAB_CHECKED int lab_ask_check(const struct lab_call *call);

// Has lab_ask read standard input, until lab_ask_end_input.
void lab_ask_begin_input(struct lab_shell *shell);
void lab_ask_end_input(struct lab_shell *shell);

#endif
