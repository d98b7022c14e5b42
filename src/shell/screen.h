// screen.h - the edited line on the screen, and what is printed above it.
//
// While the editor waits for a key ([shown]), what is on the screen is known.
// So the line can be taken off, text printed, and the line drawn again, in one
// write, whatever the editor is in the middle of. Meanwhile a hint may stand in
// the rest of the cursor's row: it is gone before the editor draws.
//
// While no line is edited, a row may stand below what is printed, as a line has
// begun that nobody reads yet. It makes room in the same way.

#ifndef LAB_SHELL_SCREEN_H
#define LAB_SHELL_SCREEN_H

#include "core/loop.h"
#include "shell/above.h"
#include "shell/output.h"

#include <stdbool.h>
#include <stdio.h>
#include <wchar.h>

// What is edited now.
struct lab_line {
    const wchar_t *text;
    size_t length, cursor;
    int columns, rows; // of the screen, as the editor believes
};

struct lab_screen {
    // Set by the editor:
    void (*look)(void *arg, struct lab_line *line); // tells what is edited
    void (*draw)(void *arg); // draws it from column 0 of an empty row
    // Appends what to hint at after the cursor, in at most [room] columns;
    // returns how many.
    int (*hint)(void *arg, const struct lab_line *line, int room,
                struct lab_text *out);
    void *arg;
    bool shown; // the editor waits for a key
    bool away;  // another job has the terminal
    // The screen's own.
    lab_output *output;
    FILE *out;
    wchar_t *prompt;
    bool reading;          // between lab_screen_begin and lab_screen_end
    bool in_line;          // the last byte printed was not a newline
    bool hints;            // a hint may stand after the cursor
    bool hinted;           // and one does
    struct lab_text below; // the row below what is printed; empty: none
    int below_columns;     // on the screen now
    struct lab_above above;
    struct lab_timer frame;
    lab_time next_frame; // not before
};

// Opens the terminal that standard output is; look, draw and arg are set.
//
// Errors: those of lab_output_open.
LAB_CHECKED int lab_screen_open(struct lab_screen *screen);

// Prints what still waits, and gives up the terminal.
void lab_screen_close(struct lab_screen *screen);

// A line is now edited after [prompt]. Shows all that waits, and all lines of
// the prompt but its last.
void lab_screen_begin(struct lab_screen *screen, const char *prompt);

// No line is edited any more; the cursor is in column 0.
void lab_screen_end(struct lab_screen *screen);

// Prints [n] bytes, above the line if there is one, now or soon.
void lab_screen_print(struct lab_screen *screen, const char *bytes, size_t n);

// Has [row] stand below what is printed, until a line is edited: see
// lab_edit_below.
void lab_screen_below(struct lab_screen *screen, const char *row);

// Prints what waits and is due; the editor calls it when it begins to wait.
void lab_screen_catch_up(struct lab_screen *screen);

// Prints what waits, due or not.
void lab_screen_flush(struct lab_screen *screen);

// Takes the line off a screen that now has [columns] and [rows], and puts the
// cursor where it began.
void lab_screen_erase(const struct lab_screen *screen, int columns, int rows);

// Takes it off and draws it again if it has characters of two columns, which
// libedit misplaces now and then.
void lab_screen_redraw_wide(const struct lab_screen *screen);

// Draws the line from column 0 of an empty row, with its hint.
void lab_screen_draw(struct lab_screen *screen);

// Takes the line off the screen, and puts [prompt], as from lab_pen_prompt, in
// the place of its prompt, which is returned. Line and prompt may change until
// the line is drawn again.
//
// Owns: [prompt] is taken; what is returned is yours.
wchar_t *lab_screen_swap(struct lab_screen *screen, wchar_t *prompt);

// A hint may be shown, as the editor waits; or none, as it draws again and
// knows nothing of it.
void lab_screen_hint(struct lab_screen *screen);
void lab_screen_unhint(struct lab_screen *screen);

// Leaves the line as it is, followed by [mark], and goes to the next row.
void lab_screen_go_below(struct lab_screen *screen, const char *mark);

// Prints nothing above the line for [time], while a new size settles.
void lab_screen_hold(struct lab_screen *screen, lab_time time);

#endif
