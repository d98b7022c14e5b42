// meaning.h - what a schedule means, for those who have not written one.
//
// Use:
//     lab_text_put(&line, "late:1");
//     lab_meaning_put(&line, "late:1"); // " (timer 1 to fire is late)"

#ifndef LAB_LESSON_MEANING_H
#define LAB_LESSON_MEANING_H

#include "base/text.h"

// Appends what [schedule] means, in brackets; schedule.h has how it is written.
// Of several parts the last is told: it is the one that is odd.
void lab_meaning_put(struct lab_text *out, const char *schedule);

#endif
