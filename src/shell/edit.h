// edit.h - the line editor: libedit, driven by the loop as a task.
//
// Reading a line waits like any other wait, so tasks run and print while the
// learner types. Whatever is printed goes through lab_edit_print, which takes
// the line off the screen, prints above it and draws it again.

#ifndef LAB_SHELL_EDIT_H
#define LAB_SHELL_EDIT_H

#include "base/error.h"
#include "base/text.h"
#include "view/view.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct lab_edit lab_edit;

// Offers completions for the word that ends at the cursor. [line] is the text
// before the cursor; [start] is set to where the word begins. Each candidate
// is given to [offer], whole; one that does not begin with the word replaces
// it, if it is the only candidate. [text] says what it is, in a few words; it
// may be NULL. Must not wait.
typedef void lab_edit_offer(void *to, const char *candidate, const char *text);
typedef void lab_edit_complete(void *context, const char *line, size_t *start,
                               lab_edit_offer *offer, void *to);

// Appends what to say of [line] after the cursor at its end, if anything. Must
// not wait.
typedef void lab_edit_hint(void *context, const char *line,
                           struct lab_text *out);

struct lab_edit_options {
    const char *history; // file to keep history in; NULL for none
    lab_edit_complete *complete;
    lab_edit_hint *hint;
    void *context; // of both
    // How what is offered looks: its colour, without which there are no hints,
    // and its glyphs.
    const struct lab_style *style;
    // Is a space on an empty line a key of its own? Then the line that is read
    // is that space, at once. NULL: it never is.
    bool (*takes_space)(void *context);
    // Has an editor change the line, for Ctrl-X Ctrl-E or, in vi mode, v. What
    // it says is then what was typed. False: it says nothing. May wait, as no
    // line is read. NULL: those keys do nothing.
    bool (*compose)(void *context, struct lab_text *line);
};

// The version of libedit, such as "2.11".
//
// Owns: borrowed, for ever.
const char *lab_edit_libedit(void);

// Can a line be edited on standard input and output? Both must be terminals,
// and TERM must be set; else read plain lines, with lab_lines.
bool lab_edit_possible(void);

// Can the line editor use the terminal that TERM names? It must stand in the
// database of terminals.
bool lab_edit_knows_terminal(void);

// Takes the terminal over. It is handed back by lab_edit_close, and by any
// other end of the program, a crash included. Needs a UTF-8 LC_CTYPE. If
// the history cannot be read, the terminal says so, and it is left alone.
//
// Owns:   strings and context stay yours, and must outlive the editor.
// Errors: a negative code if the terminal cannot be opened, its cursor cannot
//         move up, or the user's ~/.editrc says "edit off": then nothing has
//         happened, and lab_lines is the way to read.
LAB_CHECKED int lab_edit_open(lab_edit **out,
                              const struct lab_edit_options *options);

// Gives the terminal back, waiting half a second at most for one that has
// stalled. Says so if the history could not be saved.
void lab_edit_close(lab_edit *edit);

// Has [fn] called on the loop when Ctrl-C is typed, or the terminal goes away,
// while no line is read. Without it that ends the program.
void lab_edit_on_interrupt(lab_edit *edit, void (*fn)(void *arg), void *arg);

// Has [fn] called on the loop when Ctrl-Z is typed while no line is read and
// nobody else reads the keys. False stops the program, as Ctrl-Z at the prompt
// does.
void lab_edit_on_suspend(lab_edit *edit, bool (*fn)(void *arg), void *arg);

// What was typed while no line is read. It will be read in its order; or it
// never will, as Ctrl-C has dropped it.
struct lab_edit_ahead {
    const char *lines; // whole ones not told before, each ended by a newline
    const char *begun; // the next one, as far as it is there
    size_t cursor;     // in bytes from its beginning
    bool dropped;
};

// Has [fn] called on the loop when something was typed while no line is read.
// Lines and cursor are as all those keys will make them.
typedef void lab_edit_ahead_fn(void *arg, const struct lab_edit_ahead *ahead);
void lab_edit_on_ahead(lab_edit *edit, lab_edit_ahead_fn *fn, void *arg);

// Has [row] stand below all that is printed until a line is read, with the
// cursor after it, or where an escape at its end takes it; nothing if it is
// empty. It may have colours, and is cut where the screen ends.
void lab_edit_below(lab_edit *edit, const struct lab_text *row);

// Waits until a line is typed, and returns its length; [line] holds it,
// without the newline, and the history has it, in its file too. [prompt] is
// UTF-8, may have colours, and is best ended by a space. What was typed while
// nobody read is read first. [beside] says that something runs meanwhile, and
// may hold the loop. Needs 256 KiB of stack; one task may read at a time.
//
// Errors: LAB_EINTR for Ctrl-C: [line] holds what was dropped. LAB_EOF for
//         Ctrl-D on an empty line, or when the terminal is gone.
//         LAB_ECANCELED.
LAB_CHECKED int lab_edit_read(lab_edit *edit, const char *prompt, bool beside,
                              struct lab_text *line);

// The same for an answer to a question: the history and completion know
// nothing of it.
LAB_CHECKED int lab_edit_ask(lab_edit *edit, const char *prompt, bool beside,
                             struct lab_text *line);

// Lends the terminal to a program that stands before us on it, until
// lab_edit_take_back: nothing is printed meanwhile, and Ctrl-C is not ours. No
// line is read then.
void lab_edit_lend(lab_edit *edit);
void lab_edit_take_back(lab_edit *edit);

// Prints [n] bytes. While a line is edited, whole lines appear above it, at
// most every 16 ms. A stalled terminal holds nobody up: a megabyte is
// kept for it, and what is lost beyond that is reported. Callable from any task
// or callback. Does not wait.
void lab_edit_print(lab_edit *edit, const char *bytes, size_t n);

#endif
