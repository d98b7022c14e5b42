// select.h - which demo, variants and values a command means: "3 together
// delay=200".

#ifndef LAB_SHELL_SELECT_H
#define LAB_SHELL_SELECT_H

#include "shell/shell.h"

struct lab_selection {
    struct lab_demo_file *file; // loaded
    struct lab_settings settings;
    bool variants[LAB_DEMO_VARIANTS]; // which of them; all if none was named
    // Instead of all this: a learner's own program, "my.py", and the words
    // after it. Borrowed from what was typed.
    const char *guest;
    char **words;
    int count;
};

// What a command runs, shows or looks at.
struct lab_target {
    enum {
        LAB_TARGET_NONE,    // nothing was said
        LAB_TARGET_FILE,    // a record
        LAB_TARGET_VARIANT, // of what ran last
        LAB_TARGET_DEMO,    // a demo to run
    } kind;
    const char *file;    // of FILE; borrowed from the words
    const char *variant; // of FILE, or NULL; likewise
    char **variants;     // of VARIANT; likewise
    int count;
    struct lab_selection selection; // of DEMO
};

// Reads [words], of which the first is a demo and the others are variants of
// it and name=value, in any order. Returns an exit status, after complaining
// if it is not 0.
int lab_select(struct lab_shell *shell, char **words, int count,
               struct lab_selection *selection);

// Reads more of them, variants and name=value alone.
int lab_select_more(struct lab_shell *shell, char **words, int count,
                    struct lab_selection *selection);

// Selects the whole of [file] with the values from `set`. Returns an exit
// status, after complaining if the demo cannot be loaded.
int lab_select_file(struct lab_shell *shell, struct lab_demo_file *file,
                    struct lab_selection *selection);

// Finds the demo that [word] means, not yet loaded. Returns an exit status,
// after complaining if there is none.
int lab_select_find(struct lab_shell *shell, const char *word,
                    struct lab_demo_file **file);

// Is [word], which ends in .c, the C of a demo? Either it is that file, or
// there is none of that name and the demo has it: "demos/03_gather.c" where
// looplab is installed.
bool lab_select_is_source(struct lab_shell *shell, const char *word);

// The values for [file] that `set` keeps, the demo's defaults at first.
struct lab_settings *lab_select_set(struct lab_shell *shell,
                                    const struct lab_demo_file *file);

// Does [word] mean one demo?
bool lab_select_is_demo(struct lab_shell *shell, const char *word);

#endif
