// paths.h - files by the beginning of their names, for completion.

#ifndef LAB_SHELL_PATHS_H
#define LAB_SHELL_PATHS_H

// Gives [offer] every file whose name begins with [word] and ends with
// [ending], and every folder that begins so, with a slash after it; in the
// order of their names. They are looked for where [word] says, or else in the
// current folder.
//
// Names that cannot be shown are left out, as are hidden files that were not
// asked for.
void lab_paths_offer(const char *word, const char *ending,
                     void (*offer)(void *to, const char *path), void *to);

#endif
