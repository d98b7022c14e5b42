// show.h - running what was selected, and putting it before the learner.

#ifndef LAB_SHELL_SHOW_H
#define LAB_SHELL_SHOW_H

#include "shell/select.h"

// What is shown of a run.
enum lab_show {
    LAB_SHOW_ALL,      // each line as it is said, then the comparison
    LAB_SHOW_RESULTS,  // the comparison and the timelines
    LAB_SHOW_TIMELINE, // the timelines alone
};

// Waits while the selected variants run, shows them, and keeps the results in
// shell->last. Returns an exit status: LAB_EXIT_FAILED if a law did not hold
// or a variant failed.
int lab_show_run(struct lab_call *call, const struct lab_selection *selection,
                 enum lab_show show);

// Shows [comparison] as lab_show_run does when its variants have run.
void lab_show_results(struct lab_call *call,
                      const struct lab_comparison *comparison,
                      enum lab_show show);

#endif
