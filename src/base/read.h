// read.h - a plain file, read whole.
//
// Use:
//     struct lab_text text = {0};
//     int rc = lab_read_file("lesson.md", SIZE_MAX, &text);
//
// Rules: a folder or a pipe is not a plain file. Opening a pipe would wait for
// a writer that may never come, so nothing here waits.

#ifndef LAB_BASE_READ_H
#define LAB_BASE_READ_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

// Opens the plain file at [path] for reading, and returns its descriptor. A
// relative path starts at [folder], a descriptor or AT_FDCWD. [flags] are added
// to those of open(2), such as O_NOFOLLOW.
//
// Errors: those of open(2), negative; LAB_ENOTFILE.
int lab_read_open(int folder, const char *path, int flags);

// The same, and tells what it is that was opened.
int lab_read_open_as(int folder, const char *path, int flags,
                     struct stat *about);

// Appends to [text] what is left to read from [fd].
//
// Errors: those of read(2), negative; -EFBIG if [text] gets longer than [most]
//         bytes.
int lab_read_rest(int fd, size_t most, struct lab_text *text);

// Appends the file at [path] to [text].
//
// Errors: as of the two above.
int lab_read_file(const char *path, size_t most, struct lab_text *text);

// The same without a limit, for learners.
//
// Errors: false, with one sentence in [error] that names the file; [text] is
//         then empty.
bool lab_read_or_say(const char *path, struct lab_text *text,
                     struct lab_text *error);

// Appends one sentence: why [path] cannot be read, by the code [rc] of it. If
// it is not there, and its folder has a name much like it, that name, too; then
// true is returned.
bool lab_read_put_why(struct lab_text *error, const char *path, int rc);

#endif
