// ahead.h - what is typed while a command runs.
//
// The terminal could make a signal of Ctrl-C. But it would do so at once, and
// nobody could tell which keys were typed before it, and are dropped, and which
// after it, and are not. So at the prompt Ctrl-C is a key among others. While
// a command runs, and maybe holds the loop, a signal handler reads the keys as
// they come: Ctrl-C drops what was typed before it, and is raised as SIGINT.
//
// There is one terminal, so all this is the process's.

#ifndef LAB_SHELL_AHEAD_H
#define LAB_SHELL_AHEAD_H

#include "base/text.h"

#include <stddef.h>

enum { LAB_CTRL_C = 3 };

// So many bytes are read ahead at most. What is beyond them stays in the
// terminal, which takes no more keys then.
enum { LAB_AHEAD_MOST = 256 * 1024 };

// Begins to read ahead from the terminal [fd], which does not block, until
// lab_ahead_end. The [n] bytes at [bytes] were read before.
void lab_ahead_begin(int fd, const char *bytes, size_t n);

// Ends it, and appends what was typed to [bytes]. If that had not begun, there
// is nothing.
void lab_ahead_end(struct lab_text *bytes);

// The descriptor that is read ahead from; -1 if none is.
int lab_ahead_fd(void);

#endif
