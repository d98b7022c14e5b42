// replay.h - the state of a run after any of its events.
//
// Use:
//     struct lab_replay *replay = lab_replay_new(result->record);
//     lab_replay_go(replay, 24);            the first 24 events have happened
//     ... replay->time, lab_replay_task(replay, 3)->state ...
//     lab_replay_free(replay);
//
// The state is a function of the events alone. Going on applies one event
// after the other; going back starts from a copy that was kept on the way.
// The copies are so many, and so large together, at most. A record may be cut
// off after any event, grow meanwhile, or be nonsense.

#ifndef LAB_VIEW_REPLAY_H
#define LAB_VIEW_REPLAY_H

#include "record/numbers.h"
#include "record/record.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Things of one kind in the order in which they were first named. The number
// comes first in each.
struct lab_replay_list {
    char *items;
    size_t count, room, size; // size is of one item
    // replay.c's own.
    struct lab_numbers numbers;
    bool mixed; // they do not stand in the order of their numbers
};

enum lab_replay_state {
    LAB_REPLAY_NEW,     // ready, and has never run
    LAB_REPLAY_READY,   // waits for its turn
    LAB_REPLAY_RUNNING, // has the loop's thread
    LAB_REPLAY_WAITING,
    LAB_REPLAY_ENDED,
};

struct lab_replay_task {
    uint32_t number, parent;
    uint32_t spawned;   // the event in which it was, from 1 on; 0: none was
    uint32_t line;      // of the demo, where it is
    uint32_t other;     // who or what it waits for, or was woken by
    uint32_t group;     // that it is a member of, or 0
    uint8_t state, on;  // on: what it waits for, or did last
    bool due;           // the timer of its wait has fired
    bool cancelled;     // somebody asked it to stop
    bool delivered;     // and a wait has told it so
    bool failed;        // it ended, or is about to, in an error
    bool read;          // that somebody was given
    bool unread;        // that nobody ever was
    uint8_t holds;      // the thread: LAB_ON_BLOCK, LAB_ON_BURN; 0: it does not
    bool joining;       // the JOINs of its next wait are being written
    uint32_t join_from; // the events with the JOINs of its wait for several
    uint32_t join_to;   // from (counted from 0) up to before this one
    lab_time since;     // when it came into its state
    lab_time deadline;  // of its wait; 0: none
    lab_time held_till; // what it holds the thread for is then over
    int64_t result;     // of the wait or of the task
    uint64_t place;     // in the ready queue: the less, the earlier
};

enum lab_replay_job_state {
    LAB_REPLAY_QUEUED,
    LAB_REPLAY_AT_WORK,
    LAB_REPLAY_DONE
};

struct lab_replay_job {
    uint32_t number, task; // task: who asked
    uint32_t pool, worker;
    lab_time since;
    uint8_t state;
};

struct lab_replay_worker {
    uint32_t number, pool;
    uint32_t named; // the event that has its name, from 1 on
    uint32_t job;   // that it is at; 0: idle
    uint8_t holds;  // as a task does
    lab_time since, held_till;
};

struct lab_replay_pool {
    uint32_t number;
    uint32_t named; // the event that has its name, from 1 on; 0: none yet
};

struct lab_replay_lock {
    uint32_t number, holder;
};

struct lab_replay {
    const struct lab_record *record;
    size_t at; // so many events have happened
    lab_time time;
    int64_t turn;
    uint32_t running; // the task that has the loop's thread, or 0
    uint32_t woken;   // the event that was the last WAKE, from 1 on; or 0
    uint64_t places;  // given out in the ready queue
    struct lab_replay_list tasks, jobs, workers, pools, locks;
    struct lab_replay_shots *shots; // replay.c's own
    struct lab_replay_kin *kin;     // replay_ask.c's own
};

// Makes a replay of [record] that stands before its first event.
//
// Owns: yours, until lab_replay_free; [record] is borrowed, and may grow.
struct lab_replay *lab_replay_new(const struct lab_record *record);
void lab_replay_free(struct lab_replay *replay);

// Goes to where the first [at] events have happened, or to the last there is.
void lab_replay_go(struct lab_replay *replay, size_t at);

// How many events have happened by [time]: those before the first later one.
size_t lab_replay_by(const struct lab_record *record, lab_time time);

// The task, job, worker or lock of [number]; NULL if there is none yet.
//
// Owns: borrowed, until the replay goes elsewhere.
const struct lab_replay_task *lab_replay_task(const struct lab_replay *replay,
                                              uint32_t number);
const struct lab_replay_job *lab_replay_job(const struct lab_replay *replay,
                                            uint32_t number);
const struct lab_replay_worker *
lab_replay_worker(const struct lab_replay *replay, uint32_t number);
const struct lab_replay_lock *lab_replay_lock(const struct lab_replay *replay,
                                              uint32_t number);

// The [index]-th of all tasks, in the order in which they were first named.
const struct lab_replay_task *
lab_replay_task_at(const struct lab_replay *replay, size_t index);

// The items of [list] in the order of their numbers.
//
// Owns: the list of them is yours, for lab_free; the items are borrowed.
const void **lab_replay_in_order(const struct lab_replay_list *list);

// The text of the event that is [index] from 1 on, "" for 0: what a task,
// worker or pool is called.
const char *lab_replay_name(const struct lab_replay *replay, uint32_t index);

// Who may run, in the order of the ready queue; and whose waits have a
// deadline, the first that is due first. Returns how many, listed in *[list].
//
// Owns: *[list] is yours, for lab_free; what it points to is borrowed.
size_t lab_replay_ready(const struct lab_replay *replay,
                        const struct lab_replay_task ***list);
size_t lab_replay_timers(const struct lab_replay *replay,
                         const struct lab_replay_task ***list);

// Is [task] in the queue of those who may run?
bool lab_replay_is_ready(const struct lab_replay_task *task);

// Calls [visit] for each task that [task] waits for and that has not ended:
// one, several, its children, or the members of a group. Returns how many;
// without a [visit], whether it is none, one, or more than that.
typedef void lab_replay_visit(void *arg, const struct lab_replay_task *task);
size_t lab_replay_awaited(const struct lab_replay *replay,
                          const struct lab_replay_task *task,
                          lab_replay_visit *visit, void *arg);

#endif
