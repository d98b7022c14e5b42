// say_internal.h - events on behalf of the caller, private to src/core.

#ifndef LAB_CORE_SAY_INTERNAL_H
#define LAB_CORE_SAY_INTERNAL_H

#include "record/event.h"

// Writes an event of the calling task or worker; if it is a line said, the
// run's listener hears it.
void lab_note(enum lab_event_kind kind, enum lab_event_on on, int64_t value,
              const char *text);

// The same of the thing of [number], which is a kind of what is waited for.
void lab_note_thing(enum lab_event_kind kind, enum lab_event_on on,
                    unsigned number);

#endif
