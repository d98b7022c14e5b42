// editor.h - a learner's own editor, beside us.

#ifndef LAB_SHELL_EDITOR_H
#define LAB_SHELL_EDITOR_H

#include "shell/command.h"

// What $VISUAL or $EDITOR says; NULL if neither does.
//
// Owns: borrowed, from the environment.
const char *lab_editor(void);

// Opens the file at [path] in it, in a pane beside ours, if we are in one of
// tmux: in any other terminal an editor would take our place. Waits until the
// pane is there. Returns false if there is none. [call] prints as wide as our
// pane is then.
bool lab_editor_open(struct lab_call *call, const char *path);

// Says that the file at [path] was saved just now, and when that is.
void lab_editor_saved(struct lab_call *call, const char *path);

#endif
