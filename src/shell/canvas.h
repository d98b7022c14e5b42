// canvas.h - the whole screen, taken for a while and then given back.
//
// Use:
//     struct lab_canvas canvas;
//     LAB_TRY(lab_canvas_open(&canvas, true));
//     lab_canvas_draw(&canvas, &rows);
//     ... wait for something; if lab_canvas_changed(&canvas), draw again
//     lab_canvas_close(&canvas);
//
// At the prompt the line editor has the terminal, and is not reading: the
// settings are borrowed from it, and its handlers of signals stay. Elsewhere
// the terminal is taken here. Either way terminal.c always gives it back, and
// what was on the screen before is there again.

#ifndef LAB_SHELL_CANVAS_H
#define LAB_SHELL_CANVAS_H

#include "base/text.h"
#include "shell/input.h"
#include "shell/output.h"

#include <stdbool.h>
#include <termios.h>

struct lab_canvas {
    int columns, rows;      // of the screen, as last seen
    struct lab_input input; // the keys; nobody else reads them
    bool ours;              // the terminal was taken here
    int caret; // yours: the column of the last row in which one types, or 0
    // canvas.c's own.
    bool takes_keys, skipped;
    unsigned returns; // of the program, as of the last screen
    struct termios before;
    lab_output *output;
};

// Takes the screen. With [takes_keys] Ctrl-C comes as a key, so that it leaves
// no screen on the terminal; but at the prompt, and without, as a signal: what
// runs meanwhile may hold the loop, and then nobody reads keys. Ctrl-Z is only
// a key.
//
// Errors: those of the terminal, negative: nothing has happened.
LAB_CHECKED int lab_canvas_open(struct lab_canvas *canvas, bool takes_keys);

// Gives it back.
void lab_canvas_close(struct lab_canvas *canvas);

// Must the screen be drawn again? It has another size, or the program was
// stopped by kill -STOP, or the terminal did not take the last drawing. Asked
// every LAB_CANVAS_LOOK_MS: the editor watches SIGWINCH.
enum { LAB_CANVAS_LOOK_MS = 100 };
bool lab_canvas_changed(struct lab_canvas *canvas);

// Waits for a key, at most for [most]. It is a character, one of enum lab_key,
// or one of these; LAB_KEY_NONE if none came in
// that time. What is pasted is dropped.
//
// Errors: those of lab_input_fill and lab_input_wait.
enum {
    LAB_CANVAS_ESCAPE = 0x1b,
    LAB_CANVAS_PAGE_UP = 0x110000, // beyond all characters
    LAB_CANVAS_PAGE_DOWN,
};
LAB_CHECKED int lab_canvas_key(struct lab_canvas *canvas, lab_time most,
                               int *key);

// Draws the lines of [text], of which the last has no newline at its end; they
// are cut to the columns, and must not be more than the rows.
void lab_canvas_draw(struct lab_canvas *canvas, const struct lab_text *text);

#endif
