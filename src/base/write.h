// write.h - writes all bytes, or returns an error.
//
// stdio gives up if a signal comes while it waits for a slow reader, and loses
// what it had not written yet.

#ifndef LAB_BASE_WRITE_H
#define LAB_BASE_WRITE_H

#include <stddef.h>
#include <sys/types.h>

// Writes all [n] of [bytes] to [fd]. Holds the thread until they are written,
// even if signals come or [fd] is non-blocking. Safe in a signal handler.
//
// Errors: that of write(2), negated: a part may have been written. Else 0.
int lab_write_whole(int fd, const void *bytes, size_t n);

// Writes the [n] bytes of [line] to standard error, and a newline, for which
// there must be room after them. At a terminal it is broken between words: then
// newlines take the place of spaces in [line]. Safe in a signal handler.
void lab_write_sentence(char *line, size_t n);

// Does what write(2) does, by the system call itself: the function called
// write() may be another one (see core/printed.h).
ssize_t lab_write_some(int fd, const void *bytes, size_t n);

// Makes a file in memory that holds the [n] of [bytes], to be read from its
// beginning. [name] is for people who look at open files.
//
// Returns: its descriptor, which is yours.
// Errors:  a negative code of the system.
int lab_write_memory(const char *name, const void *bytes, size_t n);

#endif
