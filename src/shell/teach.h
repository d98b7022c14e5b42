// teach.h - a lesson before a class: on the whole screen, or line by line.

#ifndef LAB_SHELL_TEACH_H
#define LAB_SHELL_TEACH_H

#include "shell/deck.h"
#include "shell/lectern.h"

// Shows [deck] on the whole screen as keys say, until one leaves. `notes`
// follows through [lectern]. Waits. Returns an exit status.
int lab_teach_screen(struct lab_deck *deck, struct lab_lectern *lectern);

// The same where lines are typed, or come from a pipe: each is what
// lab_deck_obey takes, and each block is printed whole.
int lab_teach_lines(struct lab_deck *deck, struct lab_lectern *lectern,
                    struct lab_call *call);

// Plays [deck] forward, back and forward, and runs each command twice. Waits.
//
// Errors: false, with a sentence a line in [error]: a screen is larger than 80
//         columns and 24 rows, or a block shows something else than before.
bool lab_teach_rehearse(struct lab_deck *deck, struct lab_text *error);

#endif
