// last.h - what ran last, as words can mean it.
//
// Use:
//     if (lab_last_means(shell, words[0]))
//         status = lab_last_select(call, words, count, &selection);
//
//     struct lab_comparison part;
//     lab_last_part(&call->target, &shell->last, &part);
//     ... part ...
//     lab_last_end_part(&part);
//
// A variant of the demo that ran last needs no demo before it, and neither does
// a value of its parameters: "timeline pool_2", "why t3 together delay=200".
// What has not run yet runs with the parameters and the schedule of what ran
// last.

#ifndef LAB_SHELL_LAST_H
#define LAB_SHELL_LAST_H

#include "shell/command.h"

// Is [word] a variant that ran last, or one of the same demo, or NAME=VALUE?
bool lab_last_means(struct lab_shell *shell, const char *word);

// Reads [words], of which lab_last_means the first, into call->target: variants
// that have run, or else a selection of what ran last, to run. Returns an exit
// status, after complaining if it is not 0.
int lab_last_read(struct lab_call *call, char **words, int count);

// Sets [part] to the variants of [whole], which ran last, that [target] names;
// all of them if it names none.
//
// Owns: yours until lab_last_end_part; all but the list is borrowed from
//       [whole].
void lab_last_part(const struct lab_target *target,
                   const struct lab_comparison *whole,
                   struct lab_comparison *part);
void lab_last_end_part(struct lab_comparison *part);

// The run that a question without a variant looks at: the one that was named
// last, or else the first. NULL if nothing has run.
const struct lab_run *lab_last_run(const struct lab_shell *shell);

#endif
