// standard.h - does a run leave standard input, output and error as they were?
//
// A demo that closes one of them closes looplab's own: the next file that is
// opened gets its number, and later output goes into that file.

#ifndef LAB_DEMO_STANDARD_H
#define LAB_DEMO_STANDARD_H

// The descriptors 0 to 2 as they were.
struct lab_standard {
    int copies[3]; // -1: it was closed
};

// Keeps them before a run.
//
// Owns: yours, until lab_standard_restore.
void lab_standard_keep(struct lab_standard *standard);

// Puts back the ones that have changed. Returns the name of the first,
// "standard output"; NULL if there is none.
const char *lab_standard_restore(struct lab_standard *standard);

#endif
