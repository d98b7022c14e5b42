// info.h - what the words after a fence say of a block.
//
//     ```looplab        its lines are commands and what they print
//     ```c together     it quotes a function of the demo
//     ```python         it is prose, as is all else
//
// Prose that was hardly meant to be so is told: nobody would see that it does
// not run, for nothing in it ever differs.

#ifndef LAB_LESSON_INFO_H
#define LAB_LESSON_INFO_H

#include <stdbool.h>
#include <stddef.h>

enum lab_info_kind { LAB_INFO_PROSE, LAB_INFO_COMMANDS, LAB_INFO_QUOTE };

struct lab_info {
    enum lab_info_kind kind;
    bool misspelt;    // it is prose, and this kind was meant
    const char *name; // of a quotation; borrowed from the info string
    size_t length;
};

// Reads the info string from [at] to [end]. [source] is the C that may be
// quoted, or NULL.
struct lab_info lab_info_read(const char *at, const char *end,
                              const char *source);

#endif
