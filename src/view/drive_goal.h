// drive_goal.h - what somebody who chooses the order of a run is to reach, and
// what came of it, in sentences.

#ifndef LAB_VIEW_DRIVE_GOAL_H
#define LAB_VIEW_DRIVE_GOAL_H

#include "demo/drive.h"
#include "record/choices.h"
#include "view/view.h"

// Appends the goal of [drive], or why there is none; [run] is any of its runs.
void lab_drive_put_goal(struct lab_text *out, const struct lab_style *style,
                        const struct lab_drive *drive,
                        const struct lab_run *run);

// Appends which values were chosen so that the goal can be reached, and with
// [variant] that the variant was; nothing if none was.
void lab_drive_put_chosen(struct lab_text *out, const struct lab_style *style,
                          const struct lab_drive *drive, bool variant);

// Appends what a command needs to mean the run that is driven, as in "19
// in_tasks n=2".
void lab_drive_put_words(struct lab_text *out, const struct lab_drive *drive,
                         const struct lab_comparison *comparison);

// Appends "24 orders", or "2000 orders that were tried".
void lab_drive_put_orders(struct lab_text *out, const struct lab_drive *drive);

// Appends that [goal] cannot be reached, or not be missed, by the orders of
// [name], which is driven.
void lab_drive_put_no_goal(struct lab_text *out, const char *name,
                           const struct lab_drive *drive,
                           enum lab_drive_goal goal);

// Appends what came of [comparison], which ran with [choices], and the command
// that draws it. [code] is the program's text, or NULL.
void lab_drive_put_end(struct lab_text *out, const struct lab_style *style,
                       const struct lab_drive *drive,
                       const struct lab_comparison *comparison,
                       const struct lab_choices *choices, const char *code);

#endif
