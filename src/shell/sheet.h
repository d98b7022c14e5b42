// sheet.h - the questions of a lesson on paper, and the answers on another.

#ifndef LAB_SHELL_SHEET_H
#define LAB_SHELL_SHEET_H

#include "shell/command.h"

// Prints a page of questions and a page of answers about the lesson of [file];
// a form feed ends each. On a terminal there is an empty line instead. Waits.
// Returns an exit status, after complaining if it is not 0.
int lab_sheet_print(struct lab_call *call, struct lab_demo_file *file);

#endif
