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

// Runs what was selected under the virtual clock, shows nothing, and moves the
// runs to [comparison], which is empty if nothing ran. Waits. Returns an exit
// status: LAB_EXIT_OK, too, if a law did not hold, and after complaining if it
// is not 0.
//
// Owns: yours, until lab_comparison_free.
int lab_show_quietly(struct lab_call *call,
                     const struct lab_selection *selection,
                     struct lab_comparison *comparison);

// A question about a run need not take that run's time: sets the virtual clock
// for what [call] runs, and says so, unless an option says which clock.
void lab_show_at_once(struct lab_call *call);

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

// --- for show_guest.c

// Listeners whose sink is a call: what a run says and how it begins.
void lab_show_on_run(void *sink, struct lab_run *run);
void lab_show_on_say(void *sink, lab_time time, const char *who,
                     const char *line);

// Takes [progress] out of those of [shell]. Runs may end in another order than
// they began in.
void lab_show_end_progress(struct lab_shell *shell,
                           const struct lab_progress *progress);

// Shows what has run, which is what ran last from now on. [rc] says whether it
// was cut off. Returns an exit status.
int lab_show_finish(struct lab_call *call, struct lab_comparison *comparison,
                    int rc, lab_view_fn *view);

// --- words

// Is [word] a file that was recorded, rather than a demo or a variant? Those
// have no slash, and do not end in .jsonl.
bool lab_show_is_file(const char *word);

#endif
