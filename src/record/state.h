// state.h - what is so in a run after each of its events: the one place where
// events are interpreted.
//
// Use:
//     struct lab_state *state = lab_state_new(run->record);
//     lab_state_go(state, 24);              the first 24 events have happened
//     ... state->time, lab_state_task(state, 3)->is ...
//     lab_state_free(state);
//
// The state is a function of the events alone. Going on applies one event
// after the other, and a listener is told what each has changed. Going back
// starts from a copy that was kept on the way; the number and the total size of
// the copies are bounded. A record may be cut off after any event, grow
// meanwhile, or be nonsense.

#ifndef LAB_RECORD_STATE_H
#define LAB_RECORD_STATE_H

#include "base/numbered.h"
#include "record/label.h"
#include "record/record.h"

#include <stdbool.h>

// What a task, a job, a worker, a generator or the loop is doing: X(is, name).
//
// Where one cell of a picture holds several, the last of them here is shown.
#define LAB_STATES(X)                                                          \
    X(IDLE, "idle")           /* a thread that has nothing to do */            \
    X(SUSPENDED, "suspended") /* a generator in a yield */                     \
    X(CREATED, "created")     /* a generator that has never run */             \
    X(WAITING, "waiting")     /* for what .on says */                          \
    X(NEW, "ready")           /* likewise, and has never run */                \
    X(READY, "ready")         /* waits for its turn alone */                   \
    X(QUEUED, "queued")       /* a job, or whose job, waits for a worker */    \
    X(RUNNING, "running")     /* has the thread */                             \
    X(COMPUTING, "computing") /* holds it, computing */                        \
    X(BLOCKED, "blocked")     /* holds it, asleep */                           \
    X(ENDED, "ended")

enum lab_is {
#define X(is, name) LAB_IS_##is,
    LAB_STATES(X)
#undef X
        LAB_IS_COUNT,
};

// The name of a state: "waiting".
const char *lab_is_name(enum lab_is is);

// Is it what a task is that may run, but for its turn?
static inline bool lab_is_ready(enum lab_is is) {
    return is == LAB_IS_NEW || is == LAB_IS_READY;
}

// Is it what a task is that waits for more than its turn?
static inline bool lab_is_waiting(enum lab_is is) {
    return is == LAB_IS_WAITING || is == LAB_IS_QUEUED;
}

// Is it what one is that lets nobody else have its thread?
static inline bool lab_is_held(enum lab_is is) {
    return is == LAB_IS_COMPUTING || is == LAB_IS_BLOCKED;
}

// Of the numbers of events here, which count from 1 on, 0 is none.

struct lab_state_task {
    uint32_t number, parent;
    uint32_t first;   // the event that named it first
    uint32_t spawned; // the event in which it was
    uint32_t words;   // why it failed, for lab_record_string; 0: no words
    uint32_t what;    // what it waits for, likewise, if that is not known
    uint32_t line;    // the location of it
    uint32_t other;   // who or what it waits for, or was woken by
    uint32_t group;   // that it is a member of, or 0
    uint32_t need;    // how many of those it waits for must end; 0: not known
    uint32_t wait;    // the event with which its last wait began
    uint8_t is;
    uint8_t wait_kind;  // what it waits for, or did last
    uint8_t where;      // whom the wait connects it to, an enum lab_where
    bool due;           // the timer of its wait has fired
    bool cancelled;     // somebody asked it to stop, and has not taken it back
    bool delivered;     // and a wait has told it so
    bool forgiven;      // somebody had asked it before, and took that back
    bool failed;        // it ended, or is about to, in an error
    bool read;          // that somebody was given
    bool unread;        // that nobody ever was
    bool joining;       // the JOINs of its next wait are being written
    uint32_t join_from; // the events with the JOINs of its wait for several
    uint32_t join_to;   // from (counted from 0) up to before this one
    lab_time since;     // when it came into its state
    lab_time deadline;  // of its wait; 0: none, or woken
    lab_time held_till; // what it holds the thread for is then over; 0: at a
                        // time that nobody knows
    int64_t result;     // of the wait or of the task
    uint64_t place;     // in the ready queue; the lowest runs first
    uint32_t generator; // the innermost that it runs, or 0
};

// Between its yields a generator is what the task that resumed it is.
struct lab_state_generator {
    uint32_t number;
    uint32_t task;  // that made it; or the one that has resumed it last
    uint32_t outer; // while it runs: the one whose body resumed it, or 0
    uint32_t named; // the event that has its name; 0: none yet
    uint32_t line;  // the location of its body
    uint8_t is;     // IDLE if nothing is known of it
    lab_time since;
    int64_t value; // what it handed out last; or its result, when it has ended
};

struct lab_state_job {
    uint32_t number, task; // task: who asked
    uint32_t pool, worker; // worker: 0 until one takes it
    uint32_t name;         // what it runs, for lab_record_string; 0: not said
    uint8_t is;            // QUEUED, RUNNING or ENDED
    bool dropped;          // it ended while it was queued
    lab_time queued, started, ended;
};

struct lab_state_worker {
    uint32_t number, pool;
    uint32_t named; // the event that has its name
    uint32_t job;   // that it is at; 0: idle
    // While it is WAITING: for what, a TASK, a MUTEX or the INTERPRETER, and
    // its number; since when, and what it was before.
    uint32_t awaited;
    uint8_t wait_kind;
    uint8_t was;
    uint8_t is;
    lab_time wanted;
    lab_time since, held_till;
};

struct lab_state_pool {
    uint32_t number;
    uint32_t named; // the event that has its name; 0: none yet
};

struct lab_state_lock {
    uint32_t number, holder;
};

struct lab_state_mutex {
    uint32_t number, holder; // a worker
};

// The interpreter lock, and the loop's thread while that waits for it.
struct lab_state_interpreter {
    bool held;       // by the worker, as far as is known
    uint32_t worker; // 0: by the loop's thread
    lab_time since;
    uint8_t was;     // what the loop was
    lab_time wanted; // since when it waits
};

struct lab_state_semaphore {
    uint32_t number;
    uint32_t first, last; // of the holds of its permits, by number; or 0
    bool counts;          // its permits are released by others
};

struct lab_state_hold {
    uint32_t number, task;
    uint32_t before, next; // in its semaphore's chain, or 0
};

// A number that goes up and down, by the .text of its events.
struct lab_state_gauge {
    uint32_t text;
    int64_t value;
};

// What an event has changed: one of these was [from], and is [to].
enum lab_who {
    LAB_WHO_LOOP,
    LAB_WHO_TASK,
    LAB_WHO_WORKER,
    LAB_WHO_JOB,
    LAB_WHO_GENERATOR,
};
struct lab_change {
    enum lab_who who;
    uint32_t number; // of the task, worker, job or generator; 0 for the loop
    enum lab_is from, to;
    uint8_t on;     // of a task that waits: for what
    uint32_t event; // its number
    lab_time time;  // the event's own: a worker's may be a little before others
};
// A task whose deadline has passed is READY from then on, though no event says
// so yet: the time is then its deadline, and the event that of its wait.
typedef void lab_state_fn(void *arg, const struct lab_change *change);

struct lab_state {
    const struct lab_record *record;
    size_t at;     // this many events have happened
    lab_time time; // of the last event
    lab_time now;  // the same, or a time before the next one
    int64_t turn;
    uint8_t loop;       // what the loop's thread is: an enum lab_is
    uint32_t running;   // the task that has it, or 0
    lab_time held_till; // of a callback that holds it, as of a task; or 0
    uint32_t woken;     // the event that was the last WAKE
    uint64_t places;    // given out at the end of the ready queue
    uint64_t front;     // and before its first
    // Of structs lab_state_task, _job, _worker, _pool, _lock, _gauge,
    // _generator, _semaphore, _hold, _mutex; and all of these lists.
    union {
        struct {
            struct lab_numbered tasks, jobs, workers, pools, locks, gauges,
                generators, semaphores, holds, mutexes;
        };
        struct lab_numbered lists[10];
    };
    struct lab_state_interpreter interpreter;
    struct lab_labels *labels; // of the whole record, whatever the moment
    // state.c's own, then those of the files beside it.
    lab_state_fn *listener;
    void *arg;
    struct lab_state_shots *shots;
    struct lab_state_kin *kin;
    struct lab_state_wakes *wakes;
    struct lab_heap *dues;
};

// Makes a state of [record] before its first event.
//
// Owns: yours, until lab_state_free; [record] is borrowed, and may grow.
struct lab_state *lab_state_new(const struct lab_record *record);
void lab_state_free(struct lab_state *state);

// Has [fn] called with [arg] for each change that going forward makes.
void lab_state_listen(struct lab_state *state, lab_state_fn *fn, void *arg);

// Applies the next event and returns it; NULL if there is none.
//
// Owns: borrowed, until an event is added to the record.
const struct lab_event *lab_state_next(struct lab_state *state);

// Goes to where the first [at] events have happened, or to the last there is.
void lab_state_go(struct lab_state *state, size_t at);

// Lets time pass until [time], which is before the next event.
void lab_state_pass(struct lab_state *state, lab_time time);

// How many events have happened by [time]: those before the first later one.
size_t lab_state_by(const struct lab_record *record, lab_time time);

// How many events had happened when the loop found a deadlock; SIZE_MAX if it
// found none. With the later events it breaks the deadlock.
size_t lab_state_deadlock(const struct lab_record *record);

// The task, job, worker or lock of [number]; NULL if there is none yet.
//
// Owns: borrowed, until the state changes.
static inline const struct lab_state_task *
lab_state_task(const struct lab_state *state, uint32_t number) {
    return lab_numbered_find(&state->tasks, number);
}
static inline const struct lab_state_job *
lab_state_job(const struct lab_state *state, uint32_t number) {
    return lab_numbered_find(&state->jobs, number);
}
static inline const struct lab_state_worker *
lab_state_worker(const struct lab_state *state, uint32_t number) {
    return lab_numbered_find(&state->workers, number);
}
static inline const struct lab_state_lock *
lab_state_lock(const struct lab_state *state, uint32_t number) {
    return lab_numbered_find(&state->locks, number);
}

// The [index]-th of all tasks or jobs, in the order in which they were first
// named.
static inline const struct lab_state_task *
lab_state_task_at(const struct lab_state *state, size_t index) {
    return lab_numbered_at(&state->tasks, index);
}
static inline const struct lab_state_job *
lab_state_job_at(const struct lab_state *state, size_t index) {
    return lab_numbered_at(&state->jobs, index);
}

// The text of the event that is [index] from 1 on, "" for 0: what a task,
// worker or pool is called.
const char *lab_state_name(const struct lab_state *state, uint32_t index);

// Is [task] ready since its deadline, while the loop has not yet looked at its
// timers?
static inline bool lab_state_overdue(const struct lab_state_task *task) {
    return task->is == LAB_IS_READY && task->deadline;
}

// Who may run, in the order of the ready queue; and whose waits have a
// deadline, the first that is due first. Returns how many, listed in *[list].
//
// Owns: *[list] is yours, for lab_free; what it points to is borrowed.
size_t lab_state_ready(const struct lab_state *state,
                       const struct lab_state_task ***list);
size_t lab_state_timers(const struct lab_state *state,
                        const struct lab_state_task ***list);

// Calls [visit] for each task that [task] waits for and that has not ended:
// one, several, its children, the members of a group, the holder of a lock or
// of permits, the one that its job waits for, or the one that will end its
// wait. Returns their number; without a [visit], 2 may stand for more.
typedef void lab_state_visit(void *arg, const struct lab_state_task *task);
size_t lab_state_awaited(const struct lab_state *state,
                         const struct lab_state_task *task,
                         lab_state_visit *visit, void *arg);

// The event that will end the wait of [task], as the record says further on: a
// WAKE that brings what is waited for. NULL if there is none, or none yet.
//
// Owns: borrowed, until an event is added to the record.
const struct lab_event *lab_state_ending(const struct lab_state *state,
                                         const struct lab_state_task *task);

// Calls [visit] with each task that holds a permit of semaphore [number], who
// has held one for longest first, until it returns false. Of one whose permits
// are released by others nobody is told.
void lab_state_holders(const struct lab_state *state, uint32_t number,
                       bool (*visit)(void *arg, uint32_t task), void *arg);

// The worker that is at [job] and waits, for the loop, for a mutex or for the
// interpreter lock; NULL if there is none.
const struct lab_state_worker *
lab_state_waiting_worker(const struct lab_state *state, uint32_t job);

// The worker that holds mutex [number], if [on] is MUTEX, or the interpreter
// lock, if it is INTERPRETER; NULL if none does.
const struct lab_state_worker *lab_state_holder(const struct lab_state *state,
                                                unsigned on, uint32_t number);

// Does the loop's thread hold the interpreter lock?
static inline bool lab_state_loop_interprets(const struct lab_state *state) {
    return state->interpreter.held && state->interpreter.worker == 0;
}

// Has [task] ended because it was asked to stop? That may have been taken back
// before. A task that only waited for one that was asked has failed.
bool lab_state_ended_cancelled(const struct lab_state_task *task);

// Does [task] wait for another task of the run to do something?
bool lab_state_waits_inside(const struct lab_state_task *task);

// Does [task] wait for something that only the world outside the run can give?
bool lab_state_waits_outside(const struct lab_state_task *task);

// Is [task] running or ready, or is what it waits for over, though no event
// says yet that it was woken?
bool lab_state_can_run(const struct lab_state *state,
                       const struct lab_state_task *task);

// Is there a live task, and nothing left that could wake one: no timer, no job,
// nobody outside? This is true where the loop found a deadlock.
bool lab_state_is_stuck(const struct lab_state *state);

// Is [task], which waits for tasks, stuck until each of them that is left has
// ended?
bool lab_state_needs_all(const struct lab_state *state,
                         const struct lab_state_task *task);

#endif
