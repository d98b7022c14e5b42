// drawn.h - some rows below the cursor that change while a command runs.
//
// Use:
//     struct lab_drawn drawn = {0};
//     ... lab_drawn_put(&drawn, call, &rows) ... // again and again
//     lab_drawn_end(&drawn, call);
//
// Only the command in the foreground draws. Whatever is printed meanwhile takes
// the rows off first; they come back with the next put.

#ifndef LAB_SHELL_DRAWN_H
#define LAB_SHELL_DRAWN_H

#include "shell/command.h"

struct lab_drawn {
    struct lab_text shown; // the rows that are on the screen now
    int columns;           // of the screen that they were drawn on
};

// Draws [rows], whole lines, in the place of those drawn before. Does nothing
// for a command beside the prompt, or where what it prints is captured.
//
// Owns: [drawn] must not move until lab_drawn_end.
void lab_drawn_put(struct lab_drawn *drawn, const struct lab_call *call,
                   const struct lab_text *rows);

// Appends what goes up the [before] rows of the last drawing and puts [rows] in
// their place: in one write, with nothing erased before, so that nothing
// flickers. They are cut to [columns], as a row that wraps would be two.
void lab_drawn_frame(struct lab_text *out, const struct lab_text *rows,
                     int before, int columns);

// How many rows does [shown] take, which was drawn on a screen of [before]
// columns, now that it has [columns]? A terminal that has become narrower
// breaks rows that are longer.
int lab_drawn_rows(const struct lab_text *shown, int before, int columns);

// Takes off what is drawn.
void lab_drawn_end(struct lab_drawn *drawn, const struct lab_call *call);

// The same for whatever is drawn, as something is about to be printed.
void lab_drawn_make_room(struct lab_shell *shell);

#endif
