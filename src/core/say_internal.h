// say_internal.h - events on behalf of the caller, private to src/core.

#ifndef LAB_CORE_SAY_INTERNAL_H
#define LAB_CORE_SAY_INTERNAL_H

#include "core/task.h"
#include "record/event.h"

struct real;
struct run;

// Writes an event of the calling task or worker; if it is a line said, the
// run's listener hears it.
void lab_note(enum lab_event_kind kind, enum lab_event_on on, int64_t value,
              const char *text);

// The same of the thing of [number], which is a kind of what is waited for.
void lab_note_thing(enum lab_event_kind kind, enum lab_event_on on,
                    unsigned number);

// Says a line in the name of [task], as one that went to stderr. Called on the
// loop's thread.
void lab_say_error_of(const lab_task *task, const char *line);

// From a worker's thread: [event] goes into the record of [run] when the loop
// next has something to do. It does not wake the loop: else noting who waits
// for the interpreter lock would have the loop wait for that, too.
void lab_note_later(struct run *run, struct real *real, struct lab_event event);

#endif
