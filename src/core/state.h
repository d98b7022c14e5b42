// state.h - the loop's state, private to src/core.
//
//     thread --> loop --> run --> tasks (a tree from the run's root)
//                  |        `---> pools --> workers, jobs
//                  `--> ready, timers, mail
//
// One thread-local pointer leads to the loop of this thread; all other state
// hangs from it. A loop under the real clock may carry several runs (and its
// own root, whose run has no record); one under the virtual clock carries one.

#ifndef LAB_CORE_STATE_H
#define LAB_CORE_STATE_H

#include "base/heap.h"
#include "base/list.h"
#include "base/ring.h"
#include "base/slab.h"
#include "core/coroutine.h"
#include "core/detector.h"
#include "core/here.h"
#include "core/loop.h"
#include "record/record_internal.h"
#include "core/run.h"
#include "core/schedule.h"
#include "core/scope.h"
#include "core/wait.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>

typedef struct lab_loop lab_loop;
struct real;
struct worker;

// What is connected in a run.
struct streams {
    struct lab_list all;   // open and closed, in the order they were made
    struct lab_list doors; // listeners in memory
    unsigned numbered;     // how many there ever were
    unsigned ports;        // how many ports were given out, in memory
};

struct run {
    const struct lab_run_options *options;
    struct lab_record *record; // NULL when none is kept
    lab_task *root;
    lab_time began; // machine time; 0 under the virtual clock
    double pace;
    // How many were ever numbered:
    unsigned tasks, jobs, workers, pools, futures, groups, locks;
    uint64_t first_turn; // of the loop
    struct lab_list all_pools;
    struct lab_pool *default_pool; // one of all; NULL until asked for
    struct streams streams;
    atomic_bool interrupted; // read by workers too
    bool is_virtual, deadlocked;
    bool unread; // an error was
};

// Something that will be over once, and who wants to know.
struct outcome {
    struct lab_list waiters; // of struct waiter
    int result;
    bool over;
    bool read; // somebody was told the result who can act on it
};

// One party's interest in an outcome: told once, when it is over.
struct waiter;
typedef void lab_tell_fn(struct waiter *waiter, struct outcome *outcome);
struct waiter {
    struct lab_list node;
    lab_tell_fn *tell;
    void *owner; // tell's own
};

// A task's wait for several outcomes. Lies on its stack.
struct gathering {
    lab_task *task;
    enum lab_when when; // is it enough?
    size_t joined, ended, failed;
    struct outcome *error; // the first failure in time
    bool winding_up;       // we asked for the cancels that come now
};

// A timeout or a shield, from its enter to its exit. Not in the memory of who
// entered it: a function that returns too early leaves nothing dangling.
struct lab_scope {
    struct lab_scope *outer;
    lab_task *task;
    struct lab_timer timer;
    bool expired, shields;
};

// What a task has made and leaves behind: freed when it ends.
struct owned {
    struct lab_list node;
    void (*free)(struct owned *owned);
};

enum { LAB_STACK_DEEP = 256 * 1024 }; // of a loop's root task

struct lab_task {
    struct lab_coroutine coroutine;
    uint8_t state, on;       // enum lab_task_state, enum lab_event_on
    bool cancelled;          // by lab_cancel; every unshielded wait fails
    bool heard;              // a wait has failed for that
    bool detached;           // nobody will ask: freed when it ends
    bool returned;           // its body has; it waits for its children
    unsigned refused;        // how many waits in a row have failed at once
    const char *reason;      // why it was cancelled; NULL if nobody said
    struct lab_scope *scope; // the innermost timeout or shield
    int wake_result;         // what the wait going on returns
    struct lab_timer timer;
    int timer_result; // what the wait returns if its timer ends it
    struct outcome end;
    struct run *run;
    lab_task *parent;
    struct lab_list sibling, children; // living and ended, oldest first
    size_t living;                     // children that have not ended
    struct lab_list owned;             // of struct owned
    unsigned number;
    lab_fn *fn;
    void *arg;
    size_t stack_size; // 0: the usual
    struct lab_site site;
    struct lab_site here; // lab_here, while another runs
    char name[32];
};

// Something another thread has done, to be looked at by the loop.
struct mail {
    struct lab_list node;
    void (*open)(struct mail *mail);
};

// What goes on beside the loop under the virtual clock.
struct world {
    struct lab_heap timers;   // of workers that sleep or have a job to fetch
    struct lab_list burning;  // workers that compute
    struct lab_list finished; // mail: jobs the loop has not looked at yet
    int cores;
    bool loop_burns;
    lab_time loop_left; // of the loop's own computing
};

struct lab_loop {
    lab_task *running;            // NULL in callbacks of the loop
    lab_task *self;               // who may wait: [running], or NULL while a
                                  // virtual worker or a callback runs
    struct worker *worker;        // the virtual worker that runs now, or NULL
    struct lab_coroutine context; // of whoever drives the loop
    struct lab_ring ready;        // tasks, in the order in which they became so
    size_t turn_end;              // those before it are of this turn
    lab_task *left;               // has ended, and its stack is to be put back
    uint64_t turn;                // how many there were
    lab_time stamp;               // when a task last gave way, if a run keeps
                                  // a record; 0 once that has been used
    struct lab_heap timers;       // keyed by loop time
    uint64_t sequence;            // for all that is ordered by time
    lab_time now;                 // under the virtual clock
    struct lab_stacks *stacks;    // of the outermost loop in this thread
    struct lab_stacks own_stacks;
    struct lab_slab *tasks; // likewise
    struct lab_slab own_tasks;
    lab_loop *outer;
    struct lab_schedule *schedule; // NULL: first in, first out
    struct detector *detector;     // NULL: nobody watches
    struct run *base;              // the run of tasks that belong to no other
    struct real *real;             // made when first needed; NULL when virtual
    struct world world;            // unused when real
    unsigned outside;              // jobs and descriptors that tasks wait for
    bool is_virtual;
};

// The loop of this thread; NULL in a worker's.
extern _Thread_local lab_loop *lab_loop_current;
// The worker whose thread this is; NULL on a loop's. Virtual workers run on
// the loop's thread: see lab_loop.worker.
extern _Thread_local struct worker *lab_worker_current;

// --- loop.c
void lab_loop_init(lab_loop *loop, bool is_virtual);
void lab_loop_term(lab_loop *loop);
// Runs turns until [root] has ended.
void lab_loop_drive(lab_loop *loop, lab_task *root);
// The loop's time: the machine's, or the virtual one.
lab_time lab_loop_time(const lab_loop *loop);
// Has the loop anything to do before the tasks that are ready go on?
bool lab_loop_has_news(lab_loop *loop);
// Calls all timers due at [now].
void lab_loop_fire(lab_loop *loop, lab_time now);
// Starts or moves [timer] to the absolute loop time [at].
void lab_timer_set(lab_loop *loop, struct lab_timer *timer, lab_time at,
                   lab_timer_fn *fn);

// --- turn.c
// Runs the tasks that are ready now, each until it waits.
void lab_turn_run(lab_loop *loop);
// Puts [task] behind all that are ready.
static inline void lab_turn_add(lab_loop *loop, lab_task *task) {
    lab_ring_push(&loop->ready, task);
}
// Goes on with whoever is next; returns when [task], which runs, is again.
void lab_turn_give_way(lab_task *task);
// Who goes on when [dead], which runs, has ended: a task, or at the end of the
// turn whoever drives the loop. NULL if it is a task that has not begun: that
// has the stack now, is loop->running, and is to be begun here and now.
struct lab_coroutine *lab_turn_replace(lab_loop *loop, lab_task *dead);
// Whatever comes back from a switch calls this first: it puts back the stack
// that a dead task left, which could not do so itself while standing on it.
void lab_turn_bury(lab_loop *loop);
static inline void lab_turn_arrived(lab_loop *loop) {
    if (loop->left)
        lab_turn_bury(loop);
}

// --- task.c
// What its open scopes and its cancel come to.
bool lab_scope_must_stop(const lab_task *task);
// What a task's coroutine runs.
lab_coroutine_fn lab_task_body;
lab_task *lab_task_new(struct run *run, lab_task *parent, struct lab_site site,
                       const char *name, lab_fn *fn, void *arg, size_t size);
void lab_task_free(lab_task *task);
// Parks the running task until it is woken, and returns what the waker gave.
// [deadline] is absolute loop time, LAB_FOREVER for none; its passing gives
// [late]. [other] is for the record. A task that must stop does not wait.
int lab_task_wait(enum lab_event_on on, unsigned other, lab_time deadline,
                  int late);
// As above, but a cancel that ends the wait is not taken for heard yet: who
// calls may have something better to return, or else calls lab_task_hear.
int lab_task_wait_unheard(enum lab_event_on on, unsigned other,
                          lab_time deadline, int late);
// [task] is about to be told [rc]; if that is its cancel, it has been heard.
void lab_task_hear(lab_task *task, int rc);
// As above with no deadline, and deaf to cancellation. Negative only when a
// deadlock is broken.
int lab_task_wait_shielded(enum lab_event_on on, unsigned other);
// The task that runs and may wait; NULL if there is none.
static inline lab_task *lab_task_self(void) {
    return lab_loop_current ? lab_loop_current->self : NULL;
}
// Is [task] cancelled, or out of a timeout's time, and not shielded from it?
static inline bool lab_task_must_stop(const lab_task *task) {
    return task->scope ? lab_scope_must_stop(task) : task->cancelled;
}
// [task] has left a timeout: if it need not stop any more, it did listen.
void lab_task_forgive(lab_task *task);
// Ends the wait of [task] if it must stop.
void lab_task_stop(lab_task *task);
// May the running task wait? 0 if so; LAB_EPERM where there is none, and
// LAB_ECANCELED if it must stop. What waits must ask before it does anything.
// Waits only if the task has been told so very often: others get their turn.
int lab_task_refuse(lab_task *task); // says why not
static inline int lab_task_check(void) {
    lab_task *task = lab_task_self();
    return task && !lab_task_must_stop(task) ? 0 : lab_task_refuse(task);
}
// Writes an event of [task] with the time now, if its run keeps a record.
void lab_task_record_text(const lab_task *task, enum lab_event_kind kind,
                          unsigned other, int64_t value, const char *text);
void lab_task_record_at(const lab_task *task, lab_time at,
                        enum lab_event_kind kind, unsigned other,
                        int64_t value);
static inline void lab_task_record(const lab_task *task,
                                   enum lab_event_kind kind, unsigned other,
                                   int64_t value) {
    if (task->run->record)
        lab_task_record_at(task, lab_loop_time(lab_loop_current), kind, other,
                           value);
}
// The running task's number, if it belongs to [run]; else 0: the loop, or
// another run.
unsigned lab_task_number_in(const struct run *run);
// The absolute loop time [delay] from now, of the running task's run.
lab_time lab_task_deadline(lab_time delay);
// The task that runs, also while it makes a callback; NULL on a worker.
lab_task *lab_task_caller(void);
// Writes down that a timeout of [task], set to the loop time [at], is over.
void lab_task_note_timer(lab_task *task, lab_time at);
// Writes down that [task] will wait for [awaited], one of several.
void lab_task_note_join(lab_task *task, const lab_task *awaited);
// Whoever calls has been given what [task] ended with.
void lab_task_read(lab_task *task);
// Has [owned] freed when the running task ends, if it still is in the list.
void lab_task_own(struct owned *owned, void (*free)(struct owned *owned));
// Makes [task] ready if it waits; says whether it did.
bool lab_task_wake(lab_task *task, int result);

// --- scope.c
void lab_scope_open(lab_task *task, struct lab_scope *scope, lab_time delay);
void lab_scope_close(lab_task *task, struct lab_scope *scope);
// Refuses to go on if [task], which ends, has forgotten to leave a scope.
void lab_scope_check_closed(const lab_task *task);

// --- outcome.c
void lab_outcome_init(struct outcome *outcome);
void lab_outcome_set(struct outcome *outcome, int result);
// Has [waiter] told when [outcome] is over; at once if it is. Taking its node
// out of the list ends that.
void lab_outcome_join(struct outcome *outcome, struct waiter *waiter,
                      lab_tell_fn *tell, void *owner);
// Adds [outcome] to what [g] waits for.
void lab_gathering_join(struct gathering *g, struct waiter *waiter,
                        struct outcome *outcome);
// The same for the end of [task], which is noted in the record.
void lab_gathering_join_task(struct gathering *g, struct waiter *waiter,
                             lab_task *task);
// Waits until it is enough: 0, though we be cancelled at the same time.
// Errors: LAB_ETIMEDOUT after [deadline]; LAB_ECANCELED.
int lab_gathering_wait(struct gathering *g, enum lab_event_on on,
                       unsigned other, lab_time deadline);
// Waits until all are over, deaf to cancellation. Negative only when a
// deadlock is broken.
int lab_gathering_wind_up(struct gathering *g, enum lab_event_on on,
                          unsigned other);
// Waits until [outcome] is over; 0, or LAB_ECANCELED if we are cancelled.
int lab_outcome_wait(struct outcome *outcome, enum lab_event_on on,
                     unsigned other);
// The same, deaf to cancellation.
void lab_outcome_wait_shielded(struct outcome *outcome, enum lab_event_on on,
                               unsigned other);

// --- run.c
void lab_run_init(struct run *run, const struct lab_run_options *options);
void lab_run_term(struct run *run);
// Run time now, and at a loop time.
lab_time lab_run_time(const struct run *run);
lab_time lab_run_from_loop(const struct run *run, lab_time loop_time);
// How long [time] of a run lasts on its loop, rounded up.
lab_time lab_run_lasts(const struct run *run, lab_time time);
// Writes an event with the time now, if a record is kept.
void lab_run_event(struct run *run, struct lab_event event, const char *text);
// The run of whoever calls, and who that is.
struct run *lab_run_current(void);
void lab_run_interrupt(struct run *run);
// [task] has failed, and nobody can ask it any more: the run will say so.
void lab_run_unread(const lab_task *task);

// --- say.c
// Writes an event on behalf of whoever calls, a task or a worker; if it is a
// line said, the run's listener hears it.
void lab_note(enum lab_event_kind kind, enum lab_event_on on, int64_t value,
              const char *text);

// --- executor.c
void lab_pool_free_all(struct run *run);
void lab_pool_interrupt_all(struct run *run);

// --- stream.c
void lab_stream_init_all(struct run *run);
void lab_stream_free_all(struct run *run);

#include "core/outside.h"

#endif
