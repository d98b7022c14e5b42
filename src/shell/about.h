// about.h - what there is to know of a demo before it runs.

#ifndef LAB_SHELL_ABOUT_H
#define LAB_SHELL_ABOUT_H

#include "shell/command.h"
#include "view/rows.h"

// Adds a row for each parameter of [settings]: what it is now, what it means
// and may be.
void lab_about_params(struct lab_rows *rows,
                      const struct lab_settings *settings);

// Appends what the demo called [word] asks, its variants, its parameters and
// the commands that say more. Returns false if there is no such demo.
bool lab_about_demo(struct lab_text *out, struct lab_call *call,
                    const char *word);

#endif
