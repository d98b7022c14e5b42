// terminal.h - the terminal's settings: saved, and always restored.
//
// libedit makes the terminal raw, and one left raw echoes nothing: the learner
// would think the machine dead. So every end of the program passes here: a
// return from main and exit() by atexit; lab_die, a failed assertion and any
// signal by lab_die_hook.

#ifndef LAB_SHELL_TERMINAL_H
#define LAB_SHELL_TERMINAL_H

#include "base/error.h"

#include <stdbool.h>

// Brackets what is pasted, so that it can be told from typing.
#define LAB_TERMINAL_PASTE_ON "\033[?2004h"
#define LAB_TERMINAL_PASTE_OFF "\033[?2004l"

// A screen of its own, without a cursor; and the one from before, or an empty
// one on terminals that have one alone.
#define LAB_TERMINAL_FULL_ON "\033[?1049h\033[?25l"
#define LAB_TERMINAL_FULL_OFF "\033[H\033[2J\033[?25h\033[?1049l"

// Empties the screen; the cursor is in its first row then, at the beginning.
#define LAB_TERMINAL_CLEAR "\033[2J\033[H"

// Leaves the screen of a stepper that was killed, and shows the cursor again.
// Where there is nothing to heal, nothing changes: some terminals move the
// cursor even then, so it is saved and put back.
#define LAB_TERMINAL_HEAL "\0337\033[?1049l\0338\033[?25h"

// Saves the settings of the terminal on standard input, and from now on
// restores them at any end of the program. If a program that crashed has left
// the terminal raw, it is made sane first. Last words go to [fd], which must
// not block.
//
// Errors: a negative code if it is not a terminal.
LAB_CHECKED int lab_terminal_open(int fd);

// Says whether the cursor stands in a line, so that what a dying program says
// needs a new one.
void lab_terminal_line(bool inside);

// Says whether a screen of its own is shown, which is then left by any end of
// the program, too.
void lab_terminal_full(bool inside);

// Is it between lab_terminal_open and lab_terminal_close?
bool lab_terminal_taken(void);

// Gives the terminal back for a while, as for Ctrl-Z, with the screen from
// before. Code that draws one of its own takes that again: see below.
void lab_terminal_lend(void);

// Gives it back for good.
void lab_terminal_close(void);

// Notes that the program continues after it was stopped; and how often that was
// noted. Code that draws a screen draws it again when the number has changed.
void lab_terminal_note_return(void);
unsigned lab_terminal_returns(void);

// Are we the ones who may use the terminal, and not in the background?
bool lab_terminal_ours(void);

// Does the program in the foreground read single keys, and not whole lines?
bool lab_terminal_takes_keys(void);

// The first marks a moment; the second says whether any program has read from
// the terminal since. It cannot tell, and says no, if the terminal belongs to
// another user.
void lab_terminal_note_unread(void);
bool lab_terminal_was_read(void);

// Its columns and rows now; 80 and 24 if it does not say.
void lab_terminal_size(int *columns, int *rows);

#endif
