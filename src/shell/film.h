// film.h - a film of runs on the whole screen.

#ifndef LAB_SHELL_FILM_H
#define LAB_SHELL_FILM_H

#include "shell/command.h"

// Plays [comparison], whose runs are over, at [pace] until a key says to leave.
// Waits. Returns an exit status, after complaining if the terminal cannot be
// taken.
int lab_film_play(struct lab_call *call,
                  const struct lab_comparison *comparison, double pace);

#endif
