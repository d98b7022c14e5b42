// save.h - a file that is written whole, or not at all.
//
// Use:
//     struct lab_save save;
//     int rc = lab_save_open(&save, "run.jsonl");
//     if (rc == 0) {
//         fputs("...", save.file);
//         rc = lab_save_close(&save); // or lab_save_drop(&save)
//     }
//
// What is written goes to .NAME.looplab-XXXXXX beside the file, which takes its
// place in the end. A reader sees the old file or the new one, even if we are
// killed or the power fails. A signal or lab_die that ends the program removes
// the new one; what a killed run left, the next removes. Anything but
// a plain file (a pipe, a terminal) is written to directly.

#ifndef LAB_BASE_SAVE_H
#define LAB_BASE_SAVE_H

#include "base/text.h"

#include <stdio.h>

// Must not move while it is open.
struct lab_save {
    FILE *file; // write to it, but do not close it
    // save.c's own:
    char *target; // without symbolic links
    char *temp;   // NULL if it is written to directly
    int fd, error;
    struct lab_save *next; // the next file that is being written
};

// Begins to write the file at [path]. One that is there keeps its mode, and
// its owner if we may give files away; of a symbolic link the target is
// replaced. Other hard links to it keep what they have.
//
// Errors: those of open(2), negative, with nothing to close; -EPERM if the file
//         is there and read-only: a rename would succeed, but the file was made
//         read-only on purpose.
int lab_save_open(struct lab_save *save, const char *path);

// Replaces the file by what was written.
//
// Errors: the first that writing had, such as -ENOSPC; the old file is then
//         unchanged.
int lab_save_close(struct lab_save *save);

// The same, if the file still holds [old]. Somebody may save it at the same
// moment: the two files change places in one step, and if what comes out is
// not [old], they change back.
//
// Errors: also -ESTALE: the file was changed or removed, and is as it then was.
int lab_save_replace(struct lab_save *save, const struct lab_text *old);

// Makes the folder that [path] is in, and those above it, for the user alone.
// One that is there stays as it is; if one cannot be made, opening the file
// will say why.
void lab_save_folder(const char *path);

// Forgets what was written.
void lab_save_drop(struct lab_save *save);

#endif
