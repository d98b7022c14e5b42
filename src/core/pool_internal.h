// pool_internal.h - pools, workers and jobs, private to src/core.
//
//     task --> job --> pool.queued --> worker --> mail --> task
//
// What the two clocks share is in executor.c. What differs is a crew: under the
// real clock a worker is a thread (threads.c), under the virtual one a
// coroutine (world_workers.c).

#ifndef LAB_CORE_POOL_INTERNAL_H
#define LAB_CORE_POOL_INTERNAL_H

#include "core/executor.h"
#include "core/jobs_internal.h"
#include "core/loop_internal.h"
#include "core/mailbox_internal.h"
#include "core/outcome_internal.h"
#include "core/results_internal.h"
#include "core/run_internal.h"

#include <pthread.h>

// Lies on the stack of the task that asked for it. A thread leaves it alone if
// there is no record: each line of the cache that goes to another processor and
// back costs more than the rest of a short job.
struct job {
    struct mail end_mail;
    lab_fn *fn;
    void *arg;
    struct worker *worker;   // for the record, as are the next two
    lab_time started, ended; // loop time
    int result;
    unsigned number;
    struct mail start_mail;
    lab_task *asker;
    lab_pool *pool;
    size_t place;     // in the pool's queue
    lab_task *called; // the task that it waits for, or NULL
    bool over;        // its task may have the result
    bool unwanted;    // its task has been cancelled
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
    bool has_posted; // its job has, to the loop
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
    struct worker *workers;
    lab_time slice; // of the interpreter's lock; 0: it needs none
    struct real *real;
    struct gate *gate;    // NULL: it is not locked
    bool is_recorded;     // its run is
    bool captures_output; // likewise
    char name[32];
    atomic_bool sleepy; // workers are idle, and none is woken
    struct jobs queued;
    // Under the lock, if the workers are threads:
    pthread_mutex_t lock;
    pthread_cond_t work;  // there is a job, or the pool ends
    pthread_cond_t ended; // lab_block ends early: the run is interrupted
    int idle;
    bool waking; // a worker that was idle is about to take a job
    bool ending;
    struct results results; // if there is no record; else they are mail, as
                            // is that of a job which has sent other mail
    char apart[64];         // see jobs_internal.h
    // The loop's:
    size_t jobs;            // queued or running, as the loop knows it
    bool shut;              // no more
    struct outcome drained; // shut, and none left
};

// The worker whose thread this is; NULL on a loop's. Virtual workers run on
// the loop's thread: see lab_loop.worker.
extern _Thread_local struct worker *lab_worker_current;

// The calling worker, of either kind; NULL if a worker does not call.
struct worker *lab_worker_self(void);
void lab_pool_free_all(struct run *run);
void lab_pool_interrupt_all(struct run *run);
static inline struct job_entry lab_job_entry(struct job *job) {
    return (struct job_entry){job, job->fn, job->arg};
}
// Marks the next job of [worker]'s pool as its own, if one is queued. Under the
// real clock the pool is locked.
struct job_entry lab_job_take(struct worker *worker);
// Write into the record, on the loop's thread, that [job] has begun or ended.
void lab_job_started(struct job *job);
void lab_job_ended(struct job *job);
// Gives the result of [job] to the task that waits for it.
void lab_job_deliver(struct job *job);

#endif
