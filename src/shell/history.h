// history.h - the lines typed before, in a file.
//
// The file holds one line per entry, oldest first, as plain UTF-8. What is
// typed is appended at once, so a session that is killed loses nothing, and
// what another one has saved meanwhile is kept. When the file has become long,
// it is replaced by its end (written beside, then renamed): a crash leaves the
// old file or the new one.

#ifndef LAB_SHELL_HISTORY_H
#define LAB_SHELL_HISTORY_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    LAB_HISTORY_MOST = 1000,                      // entries kept
    LAB_HISTORY_FILE_MOST = 2 * LAB_HISTORY_MOST, // lines of the file
    LAB_HISTORY_LONGEST = 1023 // bytes of one entry; libedit breaks at 1024
};

// A zeroed history is an empty one.
struct lab_history {
    char **lines; // oldest first
    size_t count, capacity;
    size_t fresh;   // how many at the end are not in the file yet
    size_t in_file; // lines that were there when we last looked
};

// Frees the entries; the history is empty and usable again.
void lab_history_free(struct lab_history *history);

// Appends [n] bytes of [line] and returns true; or false if the line is
// blank, the same as the last one, too long, or not valid UTF-8.
bool lab_history_add(struct lab_history *history, const char *line, size_t n);

// Finds the newest line before number [at], or the oldest from [at] on, that
// begins with [with] and is not [with] itself. SIZE_MAX if there is none.
size_t lab_history_before(const struct lab_history *history, size_t at,
                          const char *with);
size_t lab_history_from(const struct lab_history *history, size_t at,
                        const char *with);

// Finds the newest line before number [at], or the oldest from [at] on if not
// [back], that [part] is in. SIZE_MAX if there is none.
size_t lab_history_with(const struct lab_history *history, size_t at,
                        const char *part, bool back);

// Appends what the file [path] holds. Lines that could not have been typed
// are skipped; only the end of a huge file is read.
//
// Errors: a negative code if the file is there but is not a plain file (links
//         are not followed) or may not be read. No file is an empty one.
LAB_CHECKED int lab_history_load(struct lab_history *history, const char *path);

// Adds what is fresh to the file [path], whatever it holds now. Its folder is
// made if need be. Only the user can read either. It is in the system's hands
// then, which survives us; what the power takes, is lost.
//
// Errors: a negative code, and the file is as it was. -EWOULDBLOCK: another
//         session holds it for too long.
LAB_CHECKED int lab_history_save(struct lab_history *history, const char *path);

#endif
