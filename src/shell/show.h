// show.h - running what was selected, or reading it, and putting it before the
// learner.

#ifndef LAB_SHELL_SHOW_H
#define LAB_SHELL_SHOW_H

#include "shell/command.h"

// Waits while the selected variants run, shows them by [view], and keeps the
// results in shell->last. [view] NULL shows each line as it is said, and then
// the comparison. What happens is recorded by call->recorder, if there is one.
// Returns an exit status: LAB_EXIT_FAILED if a law did not hold or a variant
// failed.
int lab_show_run(struct lab_call *call, const struct lab_selection *selection,
                 lab_view_fn *view);

// Shows [comparison] as lab_show_run does when its variants have run.
void lab_show_results(struct lab_call *call,
                      const struct lab_comparison *comparison,
                      lab_view_fn *view);

// Does [comparison] have the lanes and the time that the style asks for?
// Returns an exit status, after complaining if it does not.
int lab_show_check(struct lab_call *call,
                   const struct lab_comparison *comparison);

// Shows which demo [comparison] is of, and with which parameters it ran.
void lab_show_heading(struct lab_call *call,
                      const struct lab_comparison *comparison);

// A view of nothing, for a run of which something else is shown later.
void lab_show_nothing(struct lab_text *out,
                      const struct lab_comparison *comparison,
                      const struct lab_style *style);

// Is [word] a file that was recorded, rather than a demo or a variant? Those
// have no slash, and do not end in .jsonl.
bool lab_show_is_file(const char *word);

#endif
