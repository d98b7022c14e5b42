// input.h - bytes from a descriptor of any kind.
//
// A terminal, a pipe and a socket are waited for on the loop; a plain file and
// /dev/null are always ready. Descriptors 0, 1 and 2 of a terminal are one
// open file, so O_NONBLOCK on standard input would break everyone's output. So
// the file is opened again.

#ifndef LAB_SHELL_INPUT_H
#define LAB_SHELL_INPUT_H

#include "base/text.h"
#include "base/time.h"
#include "core/loop.h"

#include <stdbool.h>

struct lab_input {
    int fd; // -1: nothing is read, and only what is in [bytes] is there
    bool is_terminal;
    lab_fd *wait;          // NULL if it is always ready
    int flags;             // to restore on [fd]; -1 if it is ours
    struct lab_text bytes; // read and, from [used] on, not yet taken
    size_t used;
    int ahead; // what was read ahead from before this was opened; or -1
};

// Opens what [fd] is open on; [fd] itself stays yours, and open. Keys that were
// read ahead from the terminal are its first bytes.
//
// Errors: a negative code if it is closed, or a folder.
LAB_CHECKED int lab_input_open(struct lab_input *input, int fd);

// Closes it. What was read and not taken is gone, unless keys are read ahead
// again.
void lab_input_close(struct lab_input *input);

// Returns the bytes that are there and how many, without waiting.
//
// Owns: borrowed, until the next call.
const char *lab_input_bytes(const struct lab_input *input, size_t *n);

// Takes [n] of them.
void lab_input_take(struct lab_input *input, size_t n);

// Drops all of them.
void lab_input_drop(struct lab_input *input);

// Reads more without waiting, and returns how many bytes came; 0 if there are
// none yet.
//
// Errors: LAB_EOF at the end, or when the terminal is gone.
LAB_CHECKED int lab_input_fill(struct lab_input *input);

// Waits until more has come, for [pause] at most. Returns whether some has;
// false at the end, too.
bool lab_input_flows(struct lab_input *input, lab_time pause);

// Waits until there may be more to read.
//
// Errors: those of lab_fd_wait.
LAB_CHECKED int lab_input_wait(struct lab_input *input, lab_time timeout);

#endif
