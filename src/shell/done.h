// done.h - noting what a learner has done, for `progress`.
//
// Use:
//     lab_done_add(shell, "exercise", 11, "c passed schedules=%zu hints=%d",
//                  schedules, hints);
//     lab_done_add(shell, "exercise", 11, "python failed schedule=%s",
//     schedule); lab_done_add(shell, "try", 11, "passed"); lab_done_add(shell,
//     "assemble", 11, "failed"); lab_done_add(shell, "drive", 19, "won
//     choices=%zu", choices);
//
// Rules: only what somebody does at a terminal is noted. Scripts, pipes and
// lessons that are checked write nothing. If it cannot be noted, one sentence
// says so once in a session, and nothing else changes.

#ifndef LAB_SHELL_DONE_H
#define LAB_SHELL_DONE_H

#include "lesson/progress.h"
#include "shell/shell.h"

// Notes that [what] was done of lesson [number], with words as printf has them;
// lesson/progress.h shows those that are understood. Others are kept, and
// skipped.
__attribute__((format(printf, 4, 5))) void
lab_done_add(struct lab_shell *shell, const char *what, int number,
             const char *format, ...);

// Notes that [words] is reset: "11", "all" or "undo". Unlike all else, a script
// may do it.
//
// Errors: false, with one sentence in [error].
bool lab_done_reset(const char *words, struct lab_text *error);

// Reads what was done.
//
// Owns:   yours, until lab_progress_free.
// Errors: false, with one sentence in [error].
bool lab_done_read(struct lab_progress_all *all, struct lab_text *error);

#endif
