// drive.h - what somebody sees who chooses the order of a run: what happened
// since the last choice, and who can be chosen.

#ifndef LAB_VIEW_DRIVE_H
#define LAB_VIEW_DRIVE_H

#include "record/choices.h"
#include "view/view.h"

// Appends what happened in the events of [record] from [from] up to before
// [to], counted from 0: a sentence for each task or worker, and what each gauge
// that changed stands at.
void lab_drive_put_events(struct lab_text *out, const struct lab_style *style,
                          const struct lab_record *record, size_t from,
                          size_t to);

// Appends who can be chosen, a line each: its number from 1 on, its name, the
// line where it stands, and that line of [source], which may be NULL.
void lab_drive_put_choice(struct lab_text *out, const struct lab_style *style,
                          const struct lab_record *record,
                          const struct lab_choices_one *choice,
                          const char *source);

#endif
