// editing.h - the line editor's state, private to edit.c and its neighbours
// edit_*.c, and to signals.c.

#ifndef LAB_SHELL_EDITING_H
#define LAB_SHELL_EDITING_H

#include "shell/edit.h"
#include "shell/history.h"
#include "shell/recall.h"
#include "shell/screen.h"
#include "shell/typing.h"

#include <stdbool.h>

struct editline; // libedit's, which only edit.c knows
struct historyW;

// The line as it was before a key.
struct lab_step {
    struct lab_text line;
    size_t length, cursor; // in characters
    bool typed;            // the last key was a character
};

struct lab_undo {
    struct lab_step *steps; // the last one is the line as it is
    size_t count, capacity;
};

struct lab_edit {
    struct lab_edit_options options;
    int in, out; // the terminal, as libedit knows it
    struct editline *el;
    struct historyW *libedit_history; // its copy of the history
    struct lab_history history;
    struct lab_recall recall;
    struct lab_undo undo;
    struct lab_screen screen;
    struct lab_typing typing;
    bool watched[8]; // which signals are ours: signals.c
    bool gone;       // the terminal was closed
    bool lent;       // another program has the terminal, in front of us
    bool answering;  // what is read is no command
    bool searching;  // keys are for edit_search.c
    bool spaced;     // a space was the line
    bool composing;  // the line is for an editor
    struct lab_text killed, before; // see lab_edit_next_key
    bool listed; // the last key was Tab, and its list stands above the line
    char *stack; // where it was when reading began
    void (*on_interrupt)(void *arg);
    void *interrupt_arg;
    bool (*on_suspend)(void *arg);
    void *suspend_arg;
    int keys_left; // until no more are read, see edit_ahead.c; -1: no end
    lab_edit_ahead_fn *on_ahead;
    void *ahead_arg;
    size_t told; // how many of the lines that still wait it has heard of
    struct lab_second *second; // edit_ahead.c's, NULL until it is needed
};

// --- edit.c
// Starts libedit, and ends it.
LAB_CHECKED int lab_edit_start(lab_edit *edit);
void lab_edit_end(lab_edit *edit);
// Reads a line from the keys, which may come, and draws it after the screen's
// prompt: the whole of lab_edit_read but for its beginning and end.
LAB_CHECKED int lab_edit_read_line(lab_edit *edit, struct lab_text *line);
// Tells what is edited; draws it from column 0 of an empty row. [edit] is the
// editor.
void lab_edit_look(void *edit, struct lab_line *line);
void lab_edit_draw(void *edit);
// Learns the size of the terminal; must be followed by lab_edit_draw.
void lab_edit_resize(lab_edit *edit);
// Makes the terminal as libedit needs it, or as other programs do.
void lab_edit_take_terminal(lab_edit *edit);
void lab_edit_lend_terminal(lab_edit *edit);
// Has a key that goes to the end of [line], which is edited, do so safely.
void lab_edit_guard_end(lab_edit *edit, const struct lab_line *line);
// Tells libedit of a line of the history.
void lab_edit_remember(lab_edit *edit, const char *line);
// Has libedit forget them all.
void lab_edit_forget(lab_edit *edit);
// For functions of keys: inserts [n] bytes at the cursor, or replaces the whole
// line, false if there is no memory; and deletes [n] characters before the
// cursor.
bool lab_edit_insert(lab_edit *edit, const char *bytes, size_t n);
bool lab_edit_replace(lab_edit *edit, const char *line);
void lab_edit_delete(lab_edit *edit, size_t n);

// --- edit_offer.c: what is offered while a line is typed
// Completes the word at the cursor, or lists what it may be; false if there is
// nothing to complete, or the list is there already. Who cannot see that is
// told again.
bool lab_edit_complete_word(lab_edit *edit);
// A struct lab_screen's hint: a line typed before that begins as this one does,
// or else what the options say.
int lab_edit_hint_at(void *edit, const struct lab_line *line, int room,
                     struct lab_text *out);
// Which key [key] is, typed after [before]: at the end of a line that continues
// in grey, Right takes all of that.
int lab_edit_take_key(lab_edit *edit, int key, int before);
// Takes it, or its next word.
bool lab_edit_take(lab_edit *edit, bool is_word);
// Puts the line typed before, or after, in the place of this one; false if
// there is none.
bool lab_edit_recall(lab_edit *edit, bool back);

// --- edit_read.c
// Ends the line, for an editor; false if it is not for one.
bool lab_edit_compose(lab_edit *edit);

// --- edit_key.c
// Waits for the next key that libedit is to have. What Ctrl-U and its like take
// away, and Ctrl-Y will put back, is kept in [edit]->killed.
//
// Errors: those of lab_typing_next.
LAB_CHECKED int lab_edit_next_key(lab_edit *edit, int *key);

// --- edit_undo.c
// A new line begins; or the editor ends.
void lab_undo_clear(struct lab_undo *undo);
void lab_undo_free(struct lab_undo *undo);
// Notes the line before a key.
void lab_undo_note(struct lab_undo *undo, const struct lab_line *line);
// Goes back one step, and returns it; NULL if there is none.
const struct lab_step *lab_undo_go(struct lab_undo *undo);

// --- edit_ahead.c: what is typed while no line is read
// Appends to [lines] the whole lines, each ended by a newline, that the [n]
// bytes typed will be when they are read, from line [from] on, counted from 0.
// Empty ones count, and are left out. Returns how many whole lines there are.
// What is edited of the next one is appended to [begun], with the cursor
// [cursor] bytes from its beginning; of more keys than can be followed at once,
// that is "...".
size_t lab_edit_foresee(lab_edit *edit, const char *bytes, size_t n,
                        size_t from, struct lab_text *lines,
                        struct lab_text *begun, size_t *cursor);
// Ends what that needs.
void lab_edit_end_second(lab_edit *edit);
// Tells on_ahead of the [n] bytes typed, which wait, or were [dropped].
void lab_edit_tell_ahead(lab_edit *edit, const char *bytes, size_t n,
                         bool dropped);

// --- edit_search.c
// Searches the history for what is typed next, [back] or forward.
void lab_edit_search(lab_edit *edit, bool back);

// --- edit_history.c: the history in its file and in the editor
void lab_edit_history_load(lab_edit *edit);
void lab_edit_history_add(lab_edit *edit, const struct lab_text *line);
void lab_edit_history_save(lab_edit *edit);

// --- signals.c
void lab_signals_watch(lab_edit *edit);
void lab_signals_unwatch(lab_edit *edit);

#endif
