// live.h - a quiet run, drawn while it proceeds: progress, and slow motion.

#ifndef LAB_SHELL_LIVE_H
#define LAB_SHELL_LIVE_H

#include "core/loop.h"
#include "shell/command.h"

struct lab_live {
    struct lab_call *call;
    const struct lab_comparison *comparison; // its last run is drawn
    struct lab_timer timer;
    lab_time began; // of that run, by the machine's clock
    int rows;       // on the screen now
    bool wanted, paused, has_begun;
    bool is_drawing; // what is printed is the drawing itself
};

// Begins to draw [comparison]'s runs below the cursor: on a terminal, under the
// real clock, while its command has the foreground. Nothing is drawn of a run
// that is over soon.
//
// Owns: [live] must not move until lab_live_end.
void lab_live_begin(struct lab_live *live, struct lab_call *call,
                    const struct lab_comparison *comparison);

// Another run begins.
void lab_live_next(struct lab_live *live);

// Takes off what is drawn, and stops.
void lab_live_end(struct lab_live *live);

// Draws nothing while its command is beside the prompt.
void lab_live_pause(struct lab_live *live);
void lab_live_resume(struct lab_live *live);

// Takes off what is drawn, if anything is, until the next frame: something else
// is about to be printed.
void lab_live_make_room(struct lab_shell *shell);

#endif
