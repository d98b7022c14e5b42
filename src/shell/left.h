// left.h - a class that was left in the middle, as it stood, so that one key
// too many costs neither the hands nor the clock.
//
// Use:
//     lab_left_keep(&deck); // before the deck is closed
//     ...
//     struct lab_demo_file *file = lab_left_file(shell);
//     if (file && lab_deck_open(&deck, call, file) == LAB_EXIT_OK)
//         lab_left_restore(&deck);

#ifndef LAB_SHELL_LEFT_H
#define LAB_SHELL_LEFT_H

#include "shell/deck.h"

// Keeps where [deck] stands, what is held, the hands, and when it began, until
// the next one is kept. One that stands at its last block is not kept.
//
// Owns: deck->shell has it, until lab_left_free.
void lab_left_keep(const struct lab_deck *deck);

// The lesson that was kept; NULL if there is none.
struct lab_demo_file *lab_left_file(struct lab_shell *shell);

// Makes [deck], which was just opened, stand so; not if its lesson has another
// number of blocks by now.
void lab_left_restore(struct lab_deck *deck);

void lab_left_free(struct lab_shell *shell);

#endif
