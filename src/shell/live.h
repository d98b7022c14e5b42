// live.h - a quiet run, drawn while it proceeds: progress, and slow motion.

#ifndef LAB_SHELL_LIVE_H
#define LAB_SHELL_LIVE_H

#include "core/loop.h"
#include "shell/drawn.h"

struct lab_live {
    struct lab_call *call;
    const struct lab_comparison *comparison; // its last run is drawn
    struct lab_timer timer;
    lab_time began; // of that run, by the machine's clock
    bool wanted;
    struct lab_drawn drawn;
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

#endif
