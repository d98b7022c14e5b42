// export_said.h - what `run` prints, at the terminal and in a cast.

#ifndef LAB_VIEW_EXPORT_SAID_H
#define LAB_VIEW_EXPORT_SAID_H

#include "view/view.h"

// Appends which demo [comparison] is of, and with which parameters it ran.
void lab_export_said_heading(struct lab_text *out,
                             const struct lab_comparison *comparison,
                             const struct lab_style *style);

// Appends, as [run] begins, an empty line and what this variant does. Nothing,
// if all that is known of it is its name.
void lab_export_said_begin(struct lab_text *out, const struct lab_run *run,
                           const struct lab_style *style);

// Appends the same before the first line that [run] says, if it was not said
// as it began: a run that says nothing needs no name above it.
void lab_export_said_first(struct lab_text *out, const struct lab_run *run,
                           const struct lab_style *style);

// Appends the [line] that [who] says at [time]. [columns] is how many the names
// in this variant have had so far, at first 0: on a wide screen a longer name
// takes more, and the names after it as many.
void lab_export_said_line(struct lab_text *out, lab_time time, const char *who,
                          const char *line, const struct lab_style *style,
                          int *columns);

#endif
