// output.h - writing to a terminal that may not take it.
//
// A slow link or Ctrl-S stops a terminal, and a write to it would stop the
// loop and with it every task. So what the terminal does not take is kept and
// tried again. Code that writes much asks lab_output_waiting first.

#ifndef LAB_SHELL_OUTPUT_H
#define LAB_SHELL_OUTPUT_H

#include "base/error.h"

#include <stddef.h>
#include <stdio.h>

typedef struct lab_output lab_output;

// Opens the terminal (or pipe) that [fd] is, for writing. [drained] is called
// on the loop with [arg] when bytes had to wait and none wait any more.
//
// Owns:   [fd] stays yours.
// Errors: a negative code if it cannot be opened anew.
LAB_CHECKED int lab_output_open(lab_output **out, int fd,
                                void (*drained)(void *arg), void *arg);

// The stream to write to. fflush sends what was written; it never blocks and
// never fails: once the terminal is gone, bytes vanish.
FILE *lab_output_file(lab_output *output);

// Its own descriptor, which does not block.
int lab_output_fd(const lab_output *output);

// How many bytes the terminal has not taken yet.
size_t lab_output_waiting(const lab_output *output);

// Frees [output], giving the terminal half a second for what still waits.
void lab_output_close(lab_output *output);

#endif
