// trace.h - the record: what happened in a run, event by event.
//
// The core writes one event for every spawn, step, wait, wake, end, cancel,
// block, offload and line of output. Whatever is shown of a run is read from
// here and from nothing else, so a view made live and one made later agree.
//
// Events stand in the order they were written. Times never decrease under the
// virtual clock; under the real one a worker's event may carry a time a little
// before that of the event ahead of it.
//
// Who: tasks are numbered from 1 (the run's root) in the order they were
// spawned, jobs and workers from 1 likewise; 0 means none. Nothing here is a
// pointer, a port or a process number.

#ifndef LAB_CORE_TRACE_H
#define LAB_CORE_TRACE_H

#include "base/time.h"

#include <stddef.h>
#include <stdint.h>

enum lab_event_kind {
    //                   task   other       worker  value        text
    LAB_EVENT_SPAWN,   // it     its parent  -       -            its name
    LAB_EVENT_RUN,     // it     -           -       the turn     -
    LAB_EVENT_WAIT,    // it     what for    -       deadline     -     and .on
    LAB_EVENT_WAKE,    // it     its waker   -       result       -     and .on
    LAB_EVENT_END,     // it     -           -       its result   -
    LAB_EVENT_CANCEL,  // it     who asked   -       -            the reason
    LAB_EVENT_BLOCK,   // caller -           caller  time asked   -     and .on
    LAB_EVENT_UNBLOCK, // caller -           caller  time asked   -     and .on
    LAB_EVENT_WORKER,  // -      -           it      pool number  its name
    LAB_EVENT_QUEUE,   // asker  job         -       pool number  pool's name
    LAB_EVENT_START,   // asker  job         it      -            -
    LAB_EVENT_DONE,    // asker  job         it      its result   -
    LAB_EVENT_DROP,    // asker  job         -       -            -
    LAB_EVENT_SAY,     // caller -           caller  -            the line
    LAB_EVENT_MARK,    // caller -           caller  -            the mark
    LAB_EVENT_UNREAD,  // it     -           -       its error    -
    LAB_EVENT_TIMER,   // whose  -           -       deadline     -
    LAB_EVENT_RAISE,   // it     -           -       its error    -
    LAB_EVENT_READ,    // it     who read    -       its error    -
    LAB_EVENT_DELIVER, // it     -           -       -            -
    LAB_EVENT_JOIN,    // it     see below   -       -            -     and .on
    LAB_EVENT_HOLD,    // holder a lock      -       -            -
    LAB_EVENT_KINDS,
};
// A caller is a task, or the worker that runs the job of [task].
//
// RUN: turns of the loop are numbered from 1, the run's first.
// WAIT: what for is a task, a job, a lock, a future, a group or a stream.
// WAKE: the result is what the wait returns, an error if negative.
// DROP: a job was cancelled while it was still queued.
// RAISE: the task ends in an error, and END follows; READ: somebody was given
// that error; UNREAD: nobody ever was, and the task is forgotten.
// TIMER: that of its wait, or a timeout's, is due.
// DELIVER: the cancel has reached the task, as an error of a wait.
// JOIN: on a group, the task is a member of group [other]. Else a WAIT for
// several tasks comes, and [other] is one of them; a WAIT for several without
// a JOIN before it is for those of the last time.
// HOLD: the task has that lock; written when others come to wait for it.

// What a WAIT waits on, what a WAKE ended, or how a BLOCK blocks.
enum lab_event_on {
    LAB_ON_NOTHING,   // yield: ready again at once
    LAB_ON_SLEEP,     // a timer
    LAB_ON_TASK,      // the end of the task [other]
    LAB_ON_TASKS,     // the end of several tasks
    LAB_ON_CHILDREN,  // the end of its own children, when its body is done
    LAB_ON_JOB,       // the pool, for the job [other]
    LAB_ON_IO,        // a file descriptor
    LAB_ON_BLOCK,     // lab_block: asleep with the thread held
    LAB_ON_BURN,      // lab_burn: computing
    LAB_ON_LOCK,      // the lock [other]
    LAB_ON_FLAG,      // a flag, to be set
    LAB_ON_SEMAPHORE, // a permit
    LAB_ON_CONDITION, // to be notified
    LAB_ON_BARRIER,   // the other parties
    LAB_ON_GET,       // a queue, for an item
    LAB_ON_PUT,       // a queue, for room
    LAB_ON_JOIN,      // a queue, for all its items to be done with
    LAB_ON_FUTURE,    // the future [other]
    LAB_ON_GROUP,     // the end of all members of the group [other]
    LAB_ON_ACCEPT,    // the listener [other], for a connection
    LAB_ON_CONNECT,   // the stream or listener [other], to be connected
    LAB_ON_READ,      // the stream [other], for bytes
    LAB_ON_WRITE,     // the stream [other], for room
    LAB_ONS,
};

struct lab_event {
    lab_time time; // since the run began
    int64_t value;
    uint32_t task, other;
    uint32_t text; // for lab_record_text; 0 is ""
    uint32_t line; // of the demo: its last call; 0 if not known
    uint16_t worker;
    uint8_t kind, on;
    uint32_t unused; // 0; else it would be padding, and equal events unlike
};

// The name of a kind of event, or of what a wait is on: "spawn", "sleep". NULL
// beyond the last.
const char *lab_event_name(unsigned kind);
const char *lab_event_on_name(unsigned on);

struct lab_record;

// Makes an empty record.
//
// Owns: yours, until lab_record_free.
struct lab_record *lab_record_new(void);
void lab_record_free(struct lab_record *record);

// Appends [event]; [text] (NULL for none) is copied, equal texts once.
//
// Of more than LAB_RECORD_MOST events the later ones are not kept, so that a
// run that goes on and on has a bound: the end and the gaps count them, a
// listener hears them, and lab_record_left_out says how many there were.
enum { LAB_RECORD_MOST = 2000000 };
void lab_record_add(struct lab_record *record, struct lab_event event,
                    const char *text);

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

// The latest time in the record: when the run ended; 0 when it is empty.
lab_time lab_record_end(const struct lab_record *record);

// The longest time in which nothing marked [name]: from the beginning to the
// first mark, from mark to mark, or from the last one to the end.
lab_time lab_record_gap(const struct lab_record *record, const char *name);

#endif
