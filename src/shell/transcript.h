// transcript.h - a session that somebody has copied, as commands again.
//
//     looplab> run 3 together           a command, after its prompt
//     03 sequential_gather: Is await    what it printed
//     $ looplab timeline 3              a command, too
//
// From the first line with a prompt on, the others are output, and are left
// out. In what can be looked at as a whole, a file or a paste, so are the lines
// before it. Where no line has a prompt, every line is a command.
//
// At a prompt that holds for what comes in one burst, without a pause.

#ifndef LAB_SHELL_TRANSCRIPT_H
#define LAB_SHELL_TRANSCRIPT_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

// The command in [line], without the prompt that may be before it.
const char *lab_transcript_command(const char *line);

// Leaves in [text] the commands alone, if it is a session. Returns how many
// lines were left out, not counting empty ones.
size_t lab_transcript_reduce(struct lab_text *text);

// Are the lines of [text] those of a program, in Python or C, and no commands?
// The first of them tells.
bool lab_transcript_is_program(const struct lab_text *text);

enum { LAB_TRANSCRIPT_PAUSE_MS = 100 }; // after which a burst is over

// One that comes line by line. A zeroed one has had no line yet.
struct lab_transcript {
    bool is_session;
    size_t skipped; // lines so far that were left out, but for empty ones
};

// Looks whether what can be read from [fd] is a session, if that can be told
// without taking it: if it is a plain file.
void lab_transcript_look(struct lab_transcript *transcript, int fd);

// Takes the prompt off [line]. Returns false if it is left out.
bool lab_transcript_take(struct lab_transcript *transcript,
                         struct lab_text *line);

// Appends a sentence about [skipped] lines that were left out.
void lab_transcript_put(struct lab_text *out, size_t skipped);

#endif
