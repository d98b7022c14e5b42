// typing.h - keys as they come, typed or pasted.
//
// A paste of several lines is handed on as "paste key, Enter, paste key, ..."
// and the function of that key inserts a line at once. A session that was
// copied is pasted as its commands: see transcript.h.

#ifndef LAB_SHELL_TYPING_H
#define LAB_SHELL_TYPING_H

#include "base/text.h"
#include "core/loop.h"
#include "shell/input.h"
#include "shell/keys.h"
#include "shell/screen.h"

struct lab_typing {
    struct lab_input input;
    struct lab_screen *screen; // on which the line is shown while we wait
    struct lab_text paste;     // what is still to type begins at [pasted]
    size_t pasted;
    enum {
        LAB_PASTE_NEW,     // its line is not begun
        LAB_PASTE_OFFERED, // the paste key was handed on
        LAB_PASTE_TYPED,   // nobody took the line: it comes key by key
    } state;
    int last_key;
    int unread;     // is the next one; 0: none
    int ended;      // why no more keys come, an error code; 0 while they do
    lab_time slice; // when other tasks had their last turn
    // Set by the editor, or NULL: hears of all that was typed while no line is
    // read, and still waits. Called on the loop.
    void (*on_ahead)(void *arg, const char *bytes, size_t n);
    void *ahead_arg;
    struct lab_timer tell;
};

// Opens the terminal that standard input is. [screen] is borrowed.
//
// Errors: those of lab_input_open.
LAB_CHECKED int lab_typing_open(struct lab_typing *typing,
                                struct lab_screen *screen);

// Frees it; what was typed ahead and not used is gone.
void lab_typing_close(struct lab_typing *typing);

// Keys may come again, after lab_typing_end or lab_typing_leave. Something that
// may hold the loop runs meanwhile, if [beside].
void lab_typing_begin(struct lab_typing *typing, bool beside);

// No keys are wanted until lab_typing_begin, as a command runs. They are kept,
// but Ctrl-C is a signal meanwhile, and drops those before it.
void lab_typing_leave(struct lab_typing *typing);

// Waits for the next key, as from lab_keys_decode.
//
// Errors: LAB_EINTR for Ctrl-C; what lab_typing_end said; LAB_EOF when the
//         terminal is gone; LAB_ECANCELED. Once one is returned, it is
//         returned again.
LAB_CHECKED int lab_typing_next(struct lab_typing *typing, int *key);

// Has lab_typing_next return [key] again, which it has returned last.
void lab_typing_unread(struct lab_typing *typing, int key);

// Returns the length of the pasted line that the paste key stands for, and
// takes it. [line] is borrowed until the next call.
size_t lab_typing_take_line(struct lab_typing *typing, const char **line);

// Makes a wait for a key, and all later ones, return [why].
void lab_typing_end(struct lab_typing *typing, int why);

// Drops what was typed or pasted and waited when lab_typing_leave was called.
// Appends it to [bytes], and what Ctrl-C has dropped since.
void lab_typing_drop(struct lab_typing *typing, struct lab_text *bytes);

#endif
