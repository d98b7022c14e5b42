// samples.h - the programs on the pages of codes, which tests/codes extracts.

#ifndef LAB_TESTS_SHELL_SAMPLES_H
#define LAB_TESTS_SHELL_SAMPLES_H

#include "lab.h"

#include <string.h>

// A page's name, and what it shows: a program that gets the code, and one that
// does not. NULL where a program would not end, or is not in C.
struct code_sample {
    const char *name;
    int (*bad)(void), (*good)(void);
};

// Those there are, ended by a NULL name.
extern const struct code_sample code_samples[];

#endif
