// events.h - some events of a record, one after the other, a line each.

#ifndef LAB_VIEW_EVENTS_H
#define LAB_VIEW_EVENTS_H

#include "view/view.h"

// Appends up to [count] events from [from] on, each after [mark]: its number,
// its time, its sentence, its line.
void lab_events_put(struct lab_text *out, const struct lab_style *style,
                    const struct lab_record *record, size_t from, size_t count,
                    const char *mark);

#endif
