// rerun.h - what the commands of a lesson print, on a screen that is narrower
//
// A lesson holds what its commands print in 80 columns. Tables and pictures
// cannot be folded to less: they are drawn anew.

#ifndef LAB_SHELL_RERUN_H
#define LAB_SHELL_RERUN_H

#include "lesson/markdown.h"
#include "shell/shell.h"

struct lab_rerun {
    struct lab_shell shell; // the lesson's own, where commands see those before
    struct lab_text *out;
    bool failed;
};

// Are outputs of lessons too wide for [style]?
bool lab_rerun_needed(const struct lab_style *style);

// Owns: [outer] must outlive [rerun].
void lab_rerun_begin(struct lab_rerun *rerun, struct lab_shell *outer,
                     const struct lab_style *style);
void lab_rerun_end(struct lab_rerun *rerun);

// Appends the commands of [fence] and what they print now. Appends nothing and
// returns false if it is no block of commands, or one of them cannot run here.
bool lab_rerun_put(struct lab_rerun *rerun, const struct lab_markdown *doc,
                   const struct lab_fence *fence, struct lab_text *out);

#endif
