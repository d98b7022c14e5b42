// play.h - a program is played to its end: what it reads is given to it, and
// what it says, how it ends and what it leaves behind is kept.
//
// Programs get a folder of their own as HOME, and are in it when they begin.

#ifndef LAB_FAULT_PLAY_H
#define LAB_FAULT_PLAY_H

#include "base/text.h"
#include "test.h"

#include <stdbool.h>
#include <stddef.h>

struct kernel;
struct play;
struct report;

// What to play.
struct scene {
    const char *words[10]; // a program in the build folder, and its arguments
    const char *input;     // what a pipe holds, or the terminal's user types;
                           // NULL: nothing
    bool from_file;        // input is a file instead of a pipe
    bool at_terminal;      // input and output are a terminal, not pipes
    bool is_timed;         // the real clock's figures, never the same twice
    // With the demos that need no library: what those do is not ours to judge.
    bool is_without_libraries;
    // Lays out the folder before each play, and says whether it is well after.
    void (*before)(const char *folder);
    bool (*after)(const struct play *play);
};

struct play {
    const struct scene *scene;
    struct kernel *kernel; // who answers its system calls; NULL: the kernel

    // From play_open to play_close:
    char folder[TEST_FOLDER];
    struct report *report; // what preload/allocations.c is told; NULL where
    int report_fd;         // sanitizers do not let it be loaded

    // What came of it:
    int status;    // the exit status; or a signal, negated
    bool hung;     // it had to be killed
    bool restored; // the terminal is as it was
    long cpu_ms;   // computing, also the kernel's for it
    long live;     // allocations of ours that were left, and descriptors;
    long files;    // 0 if it did not end by itself
    struct lab_text out, err;
};

// Makes what all plays of a scene need. False, with the test failed, if there
// is no playing it; play_close is owed all the same.
bool play_open(struct play *play);
void play_close(struct play *play);

// Plays. False, with the test failed, if there was no playing it.
bool play(struct play *play);

// Did it end by itself, with its folder as it should be?
bool play_is_clean(const struct play *play);

// Forgets what came of it.
void play_clear(struct play *play);

#endif
