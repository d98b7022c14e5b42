// stdout.h - standard output when no line is edited: buffered, checked.

#ifndef LAB_SHELL_STDOUT_H
#define LAB_SHELL_STDOUT_H

#include "shell/shell.h"

// Makes [shell] print to standard output and complain to standard error. With
// [live] each print is seen at once.
void lab_stdout_use(struct lab_shell *shell, bool live);

// Writes what is still held back now: a program that reads it waits for it.
void lab_stdout_show(void);

// Writes what is still held back, and returns [status], or LAB_EXIT_IO after
// saying why the output could not be written. Nothing is said if the reader
// went away, since that is not a mistake.
int lab_stdout_finish(int status);

// Appends [sentence] as it goes to standard error: wrapped at words if that is
// a terminal, and on one line if it is not. Callable from any thread.
void lab_stdout_wrap_error(struct lab_text *out, const char *sentence);

#endif
