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
#include "core/coroutine.h"
#include "core/loop.h"
#include "core/run.h"
#include "core/schedule.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>

typedef struct lab_loop lab_loop;
struct real;
struct worker;

struct run {
    const struct lab_run_options *options;
    struct lab_record *record; // NULL when none is kept
    lab_task *root;
    lab_time began; // machine time; 0 under the virtual clock
    double pace;
    unsigned tasks, jobs, workers, pools; // how many were ever numbered
    struct lab_list all_pools;
    atomic_bool interrupted; // read by workers too
    bool is_virtual, deadlocked;
};

// Something that will be over once, and who waits for that.
struct outcome {
    struct lab_list waiters; // of struct waiter
    int result;
    bool over;
};

// One task's interest in an outcome. Lies on the waiting task's stack.
struct waiter {
    struct lab_list node;
    struct gathering *gathering;
};

// A wait for several outcomes.
struct gathering {
    lab_task *task;
    size_t left;
    int error; // the first failure in time
};

enum { LAB_STACK_DEEP = 256 * 1024 }; // of a loop's root task

enum task_state {
    TASK_NEW,
    TASK_READY,
    TASK_RUNNING,
    TASK_WAITING,
    TASK_ENDED
};

struct lab_task {
    struct lab_list node; // in the ready queue
    struct lab_coroutine coroutine;
    uint8_t state, on; // enum task_state, enum lab_event_on
    bool cancelled;    // every unshielded wait fails
    bool shielded;     // the wait going on is not cancelled
    int wake_result;   // what the wait going on returns
    struct lab_timer timer;
    int timer_result; // what the wait returns if its timer ends it
    struct outcome end;
    struct run *run;
    lab_task *parent;
    struct lab_list sibling, children; // living and ended, oldest first
    size_t living;                     // children that have not ended
    unsigned number;
    lab_fn *fn;
    void *arg;
    size_t stack_size; // 0: the usual
    struct lab_site site;
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
    lab_task *running;            // NULL in callbacks
    struct worker *worker;        // the virtual worker that runs now, or NULL
    struct lab_coroutine context; // of whoever drives the loop
    struct lab_list ready, batch; // ready now; of this turn
    struct lab_stack *left;       // a dead task's, to be put back
    struct lab_heap timers;       // keyed by loop time
    uint64_t sequence;            // for all that is ordered by time
    lab_time now;                 // under the virtual clock
    struct lab_stacks *stacks;    // of the outermost loop in this thread
    struct lab_stacks own_stacks;
    lab_loop *outer;
    struct lab_schedule *schedule; // NULL: first in, first out
    struct run *base;   // the run of tasks that belong to no other
    struct real *real;  // made when first needed; NULL when virtual
    struct world world; // unused when real
    unsigned outside;   // jobs and descriptors that tasks wait for
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
// Calls all timers due at [now].
void lab_loop_fire(lab_loop *loop, lab_time now);
// Starts or moves [timer] to the absolute loop time [at].
void lab_timer_set(lab_loop *loop, struct lab_timer *timer, lab_time at,
                   lab_timer_fn *fn);

// --- task.c
lab_task *lab_task_new(struct run *run, lab_task *parent, struct lab_site site,
                       const char *name, lab_fn *fn, void *arg, size_t size);
void lab_task_free(lab_task *task);
// Runs the tasks that are ready now, each until it waits.
void lab_task_run_ready(lab_loop *loop);
// Parks the running task until it is woken, and returns what the waker gave.
// [deadline] is absolute loop time, LAB_FOREVER for none; its passing gives
// [late]. [other] is for the record. A cancelled task does not wait.
int lab_task_wait(enum lab_event_on on, unsigned other, lab_time deadline,
                  int late);
// As above with no deadline, and deaf to cancellation. Negative only when a
// deadlock is broken.
int lab_task_wait_shielded(enum lab_event_on on, unsigned other);
// Makes [task] ready if it waits; says whether it did.
bool lab_task_wake(lab_task *task, int result);

// --- outcome, in gather.c
void lab_outcome_init(struct outcome *outcome);
void lab_outcome_set(struct outcome *outcome, int result);
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

// --- say.c
// Writes an event on behalf of whoever calls, a task or a worker; if it is a
// line said, the run's listener hears it.
void lab_note(enum lab_event_kind kind, enum lab_event_on on, int64_t value,
              const char *text);

// --- executor.c
void lab_pool_free_all(struct run *run);
void lab_pool_interrupt_all(struct run *run);

// --- real.c: what a loop under the real clock waits with
// Has what came from outside be seen, and with [may_wait] waits for it or
// the next timer.
void lab_real_poll(lab_loop *loop, bool may_wait);
void lab_real_term(lab_loop *loop);
struct real *lab_real_of(lab_loop *loop); // makes it if need be
struct uv_loop_s *lab_real_uv(struct real *real);
// From any thread: has the loop of [real] open [mail].
void lab_real_post(struct real *real, struct mail *mail);
// From any thread or signal handler: ends a wait of the loop.
void lab_real_nudge(struct real *real);

// --- world.c: what goes on beside the loop under the virtual clock
// Lets time pass to the next thing that happens, and has it happen. Says
// false when nothing ever will.
bool lab_world_turn(lab_loop *loop);
// The loop's thread is held for [time]: asleep, or computing.
void lab_world_hold(lab_loop *loop, lab_time time, bool computing);

// --- signal.c
bool lab_signal_pending(int signal);
// Forgets that [signal] came; says whether it had.
bool lab_signal_take(int signal);
// Calls the functions of all signals that came.
void lab_signal_dispatch(void);
// Gives every signal back, as the loop of [real] ends.
void lab_signal_forget(struct real *real);

// --- crash.c: a worker's part of lab_crash_init
void lab_crash_thread_init(void);
void lab_crash_thread_term(void);

#endif
