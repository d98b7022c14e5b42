// editing.h - the line editor's state, private to edit.c, edit_history.c and
// signals.c.

#ifndef LAB_SHELL_EDITING_H
#define LAB_SHELL_EDITING_H

#include "shell/edit.h"
#include "shell/history.h"
#include "shell/screen.h"
#include "shell/typing.h"

#include <stdbool.h>

struct editline; // libedit's, which only edit.c knows
struct historyW;

struct lab_edit {
    struct lab_edit_options options;
    struct editline *el;
    struct historyW *libedit_history; // its copy of the history
    struct lab_history history;
    struct lab_screen screen;
    struct lab_typing typing;
    bool watched[8]; // which signals are ours: signals.c
    bool gone;       // the terminal was closed
    bool answering;  // what is read is no command
    char *stack;     // where it was when reading began
    void (*on_interrupt)(void *arg);
    void *interrupt_arg;
};

// --- edit.c
// Draws the line from column 0 of an empty row.
void lab_edit_draw(lab_edit *edit);
// Learns the size of the terminal; must be followed by lab_edit_draw.
void lab_edit_resize(lab_edit *edit);
// Makes the terminal as libedit needs it, or as other programs do.
void lab_edit_take_terminal(lab_edit *edit);
void lab_edit_lend_terminal(lab_edit *edit);
// Tells libedit of a line of the history.
void lab_edit_remember(lab_edit *edit, const char *line);

// --- edit_history.c: the history in its file and in the editor
void lab_edit_history_load(lab_edit *edit);
void lab_edit_history_save(lab_edit *edit);

// --- signals.c
void lab_signals_watch(lab_edit *edit);
void lab_signals_unwatch(lab_edit *edit);

#endif
