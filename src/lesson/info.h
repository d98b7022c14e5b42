// info.h - what the words after a fence say of a block.
//
//     ```looplab        its lines are commands and what they print
//     ```c together     it quotes a function of the demo
//     ```python 03_x.py a program, the file of that name beside the lesson,
//                       which `make real` runs
//     ```output         exactly what the program before it prints
//     ```measured       that, with bounds after the numbers that vary
//     ```predict        its lines are questions about the runs that follow
//     ```note           it is for a teacher, and not shown to readers
//     ```sh             it is prose, as is all else
//
// A word that is nearly one of these is an error. As prose it would never be
// run or compared, and nobody would see that.

#ifndef LAB_LESSON_INFO_H
#define LAB_LESSON_INFO_H

#include <stdbool.h>
#include <stddef.h>

enum lab_info_kind {
    LAB_INFO_PROSE,
    LAB_INFO_COMMANDS,
    LAB_INFO_QUOTE,
    LAB_INFO_PROGRAM,
    LAB_INFO_OUTPUT,
    LAB_INFO_MEASURED,
    LAB_INFO_PREDICT,
    LAB_INFO_NOTE,
};

struct lab_info {
    enum lab_info_kind kind;
    const char *meant; // misspelt: the word that was meant; else NULL
    const char *name;  // of what is quoted, or of a program's file; borrowed
                       // from the info string
    size_t length;
};

// Reads the info string from [at] to [end]. [source] is the C that may be
// quoted, or NULL.
struct lab_info lab_info_read(const char *at, const char *end,
                              const char *source);

// How a command begins, in a block of commands; and is the line from [at] to
// [end] one?
#define LAB_INFO_PROMPT "looplab>"
bool lab_info_is_command(const char *at, const char *end);

#endif
