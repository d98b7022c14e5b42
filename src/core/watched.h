// watched.h - a file that is waited for until it changes.
//
// Use:
//     struct lab_watched *watched;
//     LAB_TRY(lab_watched_open(&watched, "my.py"));
//     do
//         run("my.py");
//     while ((rc = lab_watched_wait(watched, LAB_FOREVER)) == 0);
//     lab_watched_close(watched);
//
// Editors save in steps: they empty a file and write it, or they write another
// one and give it the name. So the folder is watched, not the file, and the
// file is read when nothing more has come for a moment. A change is another
// content; a file that is gone for a while has not changed.

#ifndef LAB_CORE_WATCHED_H
#define LAB_CORE_WATCHED_H

#include "base/error.h"
#include "base/time.h"

struct lab_watched;

// Begins to watch the file at [path], with the content that it has now. Where
// that is a link, what it leads to is watched.
//
// Owns:   yours, until lab_watched_close; [path] is copied.
// Errors: those of realpath(3) and inotify(7): LAB_ENOENT if there is no such
//         file.
LAB_CHECKED int lab_watched_open(struct lab_watched **out, const char *path);

// Waits until the content is another one than at the last return, or when the
// file was opened; returns 0. One task may wait at a time.
//
// Errors: LAB_ETIMEDOUT after [timeout], LAB_ECANCELED. LAB_ENOENT if the
//         folder is gone.
// Source: the package watchfiles' awatch.
LAB_CHECKED int lab_watched_wait(struct lab_watched *watched, lab_time timeout);

// Ends it. Nobody waits any more.
void lab_watched_close(struct lab_watched *watched);

#endif
