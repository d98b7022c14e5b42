// pool_internal.h - pools, workers and jobs, private to src/core.
//
//     task --> job --> pool.queue --> worker --> mail --> the job's outcome
//
// What the two clocks share is in executor.c. What differs is a crew: under the
// real clock a worker is a thread (threads.c), under the virtual one a
// coroutine (world_workers.c).

#ifndef LAB_CORE_POOL_INTERNAL_H
#define LAB_CORE_POOL_INTERNAL_H

#include "core/executor.h"
#include "core/loop_internal.h"
#include "core/outcome_internal.h"
#include "core/run_internal.h"

#include <pthread.h>

enum job_state { JOB_QUEUED, JOB_RUNNING, JOB_DONE };

// Lies on the stack of the task that asked for it.
struct job {
    struct lab_list node; // in the pool's queue
    lab_fn *fn;
    void *arg;
    lab_task *asker;
    lab_pool *pool;
    unsigned number;
    enum job_state state; // guarded by the pool's lock under the real clock
    struct worker *worker;
    lab_time started, ended; // loop time
    int result;
    struct mail start_mail, end_mail;
    struct outcome end;
    // Only on the loop's thread: the task that the job waits for, or NULL, and
    // whether the asker has been cancelled.
    lab_task *called;
    bool unwanted;
};

// What the workers of a pool are, and how they and the loop reach each other.
// All are called on the loop's thread, unless a worker calls.
struct crew {
    // Starts the workers of [pool]. If fewer can be started, that becomes its
    // size.
    void (*start)(lab_pool *pool);
    // Ends them; a job that still runs is waited for.
    void (*stop)(lab_pool *pool);
    // Puts [job] into the queue, and has a worker fetch it if one is idle.
    void (*submit)(lab_pool *pool, struct job *job);
    // Takes [job] out of the queue; false if it has begun.
    bool (*drop)(lab_pool *pool, struct job *job);
    // Takes the next job out of the queue; NULL if none is left.
    struct job *(*drop_next)(lab_pool *pool);
    // Ends the lab_block of every worker. NULL if a block takes no real time.
    void (*interrupt)(lab_pool *pool);
    // Called by a worker: has the loop open [mail].
    void (*post)(lab_pool *pool, struct mail *mail);
    // Called by a worker: holds it for [time] of its run, asleep or computing.
    void (*hold)(struct worker *worker, lab_time time, bool computing);
    // Called by a worker: holds it until [*over], which release sets.
    void (*hold_until)(struct worker *worker, const bool *over);
    void (*release)(struct worker *worker, bool *over);
};

extern const struct crew lab_threads, lab_world_workers;

struct worker {
    lab_pool *pool;
    struct job *job; // NULL while idle
    unsigned number; // in the run
    char name[48];
    struct lab_mutex *wanted; // the one it waits for, or NULL: see mutex.c
    unsigned mutexes;         // how many it holds
    struct printed *printed;  // NULL until its job prints: see printed.h
    // Real:
    pthread_t thread;
    pthread_cond_t released;
    // Virtual: parked in [burning] or [timer], or idle.
    struct lab_coroutine coroutine;
    struct lab_coroutine *caller; // what continues when it parks
    struct lab_heap_node timer;
    struct lab_list burning;
    lab_time left;        // of its computing
    struct claim claim;   // to the interpreter's lock, in a locked pool
    struct lab_site here; // lab_here, while it is parked
};

struct lab_pool {
    struct lab_list node; // in the run's pools
    struct run *run;
    lab_loop *loop;
    const struct crew *crew;
    unsigned number;
    int size;
    struct lab_list queue;
    struct worker *workers;
    size_t jobs;            // queued or running, as the loop knows it
    bool shut;              // no more
    lab_time slice;         // of the interpreter's lock; 0: it needs none
    struct outcome drained; // shut, and none left
    // Real:
    struct real *real;
    struct gate *gate; // NULL: it is not locked
    pthread_mutex_t lock;
    pthread_cond_t work;  // the queue has a job, or the pool ends
    pthread_cond_t ended; // lab_block ends early: the run is interrupted
    int idle;
    bool waking; // a worker that was idle is about to take a job
    bool ending;
    char name[32];
};

// The worker whose thread this is; NULL on a loop's. Virtual workers run on
// the loop's thread: see lab_loop.worker.
extern _Thread_local struct worker *lab_worker_current;

// The calling worker, of either kind; NULL if a worker does not call.
struct worker *lab_worker_self(void);
void lab_pool_free_all(struct run *run);
void lab_pool_interrupt_all(struct run *run);
// Marks the next job of [worker]'s pool as its own; NULL if none is queued.
// Under the real clock the pool is locked.
struct job *lab_job_take(struct worker *worker);
// Write into the record, on the loop's thread, that [job] has begun or ended.
void lab_job_started(struct job *job);
void lab_job_ended(struct job *job);
// Gives the result of [job] to the task that waits for it.
void lab_job_deliver(struct job *job);

#endif
