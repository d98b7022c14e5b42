// file.h - a lesson's file: read as it is, replaced in one step.

#ifndef LAB_LESSON_FILE_H
#define LAB_LESSON_FILE_H

#include "base/text.h"

#include <stdbool.h>
#include <sys/stat.h>

// Appends the file at [path] to [text], and says in [*stat] which file that
// was, for lab_file_write.
//
// Errors: false, with one sentence in [error] that names the file.
bool lab_file_read(const char *path, struct lab_text *text, struct stat *stat,
                   struct lab_text *error);

// Puts [text] in the place of the file at [path], which was read as [stat].
// Whoever looks sees the old file or the new one, whole, even if we are killed
// or the power fails. Mode and owner stay; of a symbolic link the target is
// replaced. Other hard links to the file keep the old text.
//
// The new file is made beside the old one as .NAME.looplab-XXXXXX. What a
// killed run left under such a name is removed.
//
// Errors: false, with one sentence in [error], and the old file is untouched:
//         it is read-only, or was changed since it was read; no space; no
//         permission.
bool lab_file_write(const char *path, const struct lab_text *text,
                    const struct stat *stat, struct lab_text *error);

#endif
