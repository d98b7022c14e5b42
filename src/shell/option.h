// option.h - the options: how a command is to run and to look.

#ifndef LAB_SHELL_OPTION_H
#define LAB_SHELL_OPTION_H

#include "shell/command.h"

struct lab_option {
    const char *name;     // without the dashes
    const char *argument; // what stands after the =; NULL for none, and in
                          // brackets if it may be left out
    const char *text;
    // Applies the option to [call]; value is NULL where none stands. False with
    // a sentence in [error].
    bool (*apply)(struct lab_call *call, const char *value,
                  struct lab_text *error);
};

// The options there are, ended by a NULL name.
extern const struct lab_option lab_option_table[];

// Must a value follow, or may it be left out?
bool lab_option_needs_value(const struct lab_option *option);

// Applies the options among call->words and takes them out; what is left
// keeps its order. "--" ends the options.
//
// Errors: false, with one sentence in [error].
bool lab_options_take(struct lab_call *call, struct lab_text *error);

// Sets [options] to what fits the program's standard output: [is_terminal],
// of [width] columns.
void lab_options_default(struct lab_options *options, bool is_terminal,
                         int width);

#endif
