// argument.h - the words of a command, by the types that its row lists.

#ifndef LAB_SHELL_ARGUMENT_H
#define LAB_SHELL_ARGUMENT_H

#include "shell/command.h"

// Appends what [command] takes, as help shows it: "FORMAT FILE [DEMO ...]".
void lab_arguments_usage(struct lab_text *out,
                         const struct lab_command *command);

// Appends what it still takes after [words], of which there are [count],
// without options and keys: "[VARIANT ...] [NAME=VALUE ...]".
void lab_arguments_put_rest(struct lab_text *out,
                            const struct lab_command *command, char **words,
                            int count);

// May a demo come after the other words of [command]?
bool lab_arguments_take_demo(const struct lab_command *command);

// Does [command] take any words at the end, as until does?
bool lab_arguments_are_free(const struct lab_command *command);

// Does [command] take a word, or words, of [type]?
bool lab_argument_find(const struct lab_command *command,
                       const struct lab_type *type);

// Takes the keys out of call->words, and reads them and the other words by
// their types. Returns an exit status, after complaining if it is not 0.
int lab_arguments_read(struct lab_call *call);

// Offers what the word of [request] can be. Its words are all that follow the
// command's name.
void lab_arguments_offer(const struct lab_command *command,
                         const struct lab_request *request);

#endif
