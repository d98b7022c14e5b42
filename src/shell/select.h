// select.h - what of a demo a command means: "3 together delay=200".

#ifndef LAB_SHELL_SELECT_H
#define LAB_SHELL_SELECT_H

#include "shell/command.h"

struct lab_selection {
    struct lab_demo_file *file; // loaded
    struct lab_settings settings;
    bool variants[LAB_DEMO_VARIANTS]; // which of them; all if none was named
};

// Reads call->words as a demo, variants of it and name=value, in any order
// behind the demo. Returns an exit status, after complaining if it is not 0.
int lab_select(struct lab_call *call, struct lab_selection *selection);

// Selects the whole of [file] with the values from `set`. Returns an exit
// status, after complaining if the demo cannot be loaded.
int lab_select_file(struct lab_shell *shell, struct lab_demo_file *file,
                    struct lab_selection *selection);

// Finds the demo that [word] means, not yet loaded. Returns an exit status,
// after complaining if there is none.
int lab_select_find(struct lab_shell *shell, const char *word,
                    struct lab_demo_file **file);

// The values for [file] that `set` keeps, the demo's defaults at first.
struct lab_settings *lab_select_set(struct lab_shell *shell,
                                    const struct lab_demo_file *file);

#endif
