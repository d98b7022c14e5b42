// record.h - the record: what happened in a run, event by event.
//
// The core writes one event for every spawn, step, wait, wake, end, cancel,
// block, offload and line of output. Everything that views show of a run is
// read from here, so a view made live and one made later agree.
//
// Events stand in the order they were written. Times never decrease under the
// virtual clock; under the real one a worker's event may carry a time a little
// before that of the event ahead of it.

#ifndef LAB_RECORD_RECORD_H
#define LAB_RECORD_RECORD_H

#include "record/event.h"

#include <stddef.h>

struct lab_record;

// Makes an empty record.
//
// Owns: yours, until lab_record_free.
struct lab_record *lab_record_new(void);
void lab_record_free(struct lab_record *record);

// Appends [event]; [text] (NULL for none) is copied, equal texts once.
//
// After LAB_RECORD_MOST events no more are kept, so that an endless run needs
// bounded memory. The end and the gaps still count them, a listener still gets
// them, and lab_record_left_out returns their number.
enum { LAB_RECORD_MOST = 2000000 };
void lab_record_add(struct lab_record *record, struct lab_event event,
                    const char *text);

// The same of a QUEUE with [name], which is copied likewise. When no more
// events are kept, only the names that came before are known.
void lab_record_add_named(struct lab_record *record, struct lab_event event,
                          const char *text, const char *name);

// Has [fn] called with [arg] for each event from now on, as it is added.
//
// Owns: [event] and [text] are borrowed for the call; text is never NULL.
typedef void lab_record_fn(void *arg, const struct lab_event *event,
                           const char *text);
void lab_record_listen(struct lab_record *record, lab_record_fn *fn, void *arg);

// How many events were not kept.
uint64_t lab_record_left_out(const struct lab_record *record);

// How many events there are, and the one at [index] < that count.
//
// Owns: borrowed, until the next event is added.
size_t lab_record_count(const struct lab_record *record);
const struct lab_event *lab_record_at(const struct lab_record *record,
                                      size_t index);

// The text of an event, never NULL.
//
// Owns: borrowed, until the next event is added.
const char *lab_record_text(const struct lab_record *record,
                            const struct lab_event *event);

// The same of the .text or .name of an event, wherever that was noted.
const char *lab_record_string(const struct lab_record *record, uint32_t text);

// The latest time in the record: when the run ended; 0 when it is empty.
lab_time lab_record_end(const struct lab_record *record);

// The longest time in which nothing marked [name]: from the beginning to the
// first mark, from mark to mark, or from the last one to the end. Of equals the
// first.
struct lab_gap {
    lab_time from, to;
    uint32_t task, worker; // who made the mark that ends it, or the last; or 0
};
struct lab_gap lab_record_gap(const struct lab_record *record,
                              const char *name);

#endif
