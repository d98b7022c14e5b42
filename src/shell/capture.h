// capture.h - what the shell prints, taken by somebody else for a while
//
// A page of a lesson and the page of a watched program are put together before
// they are shown.

#ifndef LAB_SHELL_CAPTURE_H
#define LAB_SHELL_CAPTURE_H

#include "shell/shell.h"

typedef void lab_capture_print(struct lab_shell *shell, const char *bytes,
                               size_t n);

struct lab_capture {
    const struct lab_style *style;
    bool lends_screen; // a command may take the whole screen meanwhile
    // Why nobody answers what a command asks, and what to do instead: the end
    // of a sentence. NULL: its questions are part of what is shown.
    const char *unanswered;
    // How the shell printed before.
    lab_capture_print *print;
    void (*complain)(struct lab_shell *shell, const char *sentence);
    void *output;
    struct lab_capture *outer; // NULL: nobody took it
};

// From now on all that [shell] prints goes to [print], where shell->output is
// [output]; so do sentences about errors, as [style] shows them.
//
// Owns: [capture], [style] and [output] stay yours, and must outlive it.
void lab_capture_begin(struct lab_capture *capture, struct lab_shell *shell,
                       const struct lab_style *style, lab_capture_print *print,
                       void *output);

// [shell] prints again as it did before. The last one that began ends first.
void lab_capture_end(struct lab_shell *shell);

#endif
