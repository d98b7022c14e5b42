// export_sentence.h - an event of a record as a sentence: "a.txt sleeps until
// 1.000 s".

#ifndef LAB_VIEW_EXPORT_SENTENCE_H
#define LAB_VIEW_EXPORT_SENTENCE_H

#include "view/lanes.h"

struct lab_text;

// Appends what [event] of [record] says, with the names of [lanes], not
// masked and without a full stop.
void lab_export_sentence(struct lab_text *out, const struct lab_lanes *lanes,
                         const struct lab_record *record,
                         const struct lab_event *event);

#endif
