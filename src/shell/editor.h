// editor.h - a learner's own editor, beside us or in front of us.

#ifndef LAB_SHELL_EDITOR_H
#define LAB_SHELL_EDITOR_H

#include "shell/command.h"

// What $VISUAL or $EDITOR says; NULL if neither does.
//
// Owns: borrowed, from the environment.
const char *lab_editor(void);

// The same, or vi.
const char *lab_editor_name(void);

// Opens the file at [path] in it, in a pane beside ours, if we are in one of
// tmux that is wide enough for two: in any other terminal an editor would take
// our place. Waits until the pane is there. Returns false if there is none.
// [call] prints as wide as our pane is then.
bool lab_editor_open(struct lab_call *call, const char *path);

// Opens it in front of us. Waits until the editor has ended; sets [took_keys]
// if it has read keys, as what owns the screen does. Returns an exit status,
// after complaining if it is not 0.
int lab_editor_run(struct lab_call *call, const char *path, bool *took_keys);

// Says that the file at [path] was saved just now, and when that is.
void lab_editor_saved(struct lab_call *call, const char *path);

#endif
