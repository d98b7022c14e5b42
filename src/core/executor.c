#include "core/executor.h"

#include "base/alloc.h"
#include "core/misuse.h"
#include "core/park_internal.h"
#include "core/pool_internal.h"
#include "core/task_internal.h"

#include <stdio.h>
#include <string.h>

_Thread_local struct worker *lab_worker_current;

struct worker *lab_worker_self(void) {
    return lab_worker_current ? lab_worker_current
           : lab_loop_current ? lab_loop_current->worker
                              : NULL;
}

// --- pools

static void name_workers(lab_pool *pool) {
    struct run *run = pool->run;
    for (int i = 0; i < pool->size; i++) {
        struct worker *worker = &pool->workers[i];
        worker->pool = pool;
        worker->number = ++run->workers;
        snprintf(worker->name, sizeof worker->name, "%s-%d", pool->name, i + 1);
        lab_run_event(run,
                      (struct lab_event){.kind = LAB_EVENT_WORKER,
                                         .worker = (uint16_t)worker->number,
                                         .value = pool->number},
                      worker->name);
    }
}

static void pool_free(lab_pool *pool) {
    pool->crew->stop(pool);
    lab_jobs_free(&pool->queued);
    lab_results_free(&pool->results);
    lab_list_remove(&pool->node);
    lab_free(pool->workers);
    lab_free(pool);
}

static lab_pool *new_pool(const char *name, int size, lab_time slice) {
    lab_task *self = lab_self();
    if (!self)
        lab_misuse("a pool was made outside of a task: neither a job in a pool "
                   "nor a callback can do that");
    if (size < 1 || size > LAB_POOL_MOST)
        lab_misuse("a pool has 1 to %d workers, not %d", LAB_POOL_MOST, size);
    lab_pool *pool = lab_alloc(sizeof *pool);
    pool->run = self->run;
    pool->loop = lab_loop_current;
    pool->crew = self->run->is_virtual ? &lab_world_workers : &lab_threads;
    pool->number = ++self->run->pools;
    pool->size = size;
    pool->slice = slice;
    pool->workers = lab_alloc((size_t)size * sizeof *pool->workers);
    memccpy(pool->name, name, 0, sizeof pool->name - 1);
    pool->is_recorded = self->run->record;
    pool->captures_output = self->run->options->captures_output;
    lab_outcome_init(&pool->drained);
    lab_list_push(&self->run->all_pools, &pool->node);
    name_workers(pool);
    pool->crew->start(pool);
    if (pool->size == size)
        return pool;
    pool_free(pool);
    return NULL;
}

lab_pool *lab_pool_new(const char *name, int size) {
    return new_pool(name, size, 0);
}

lab_pool *lab_pool_new_locked(const char *name, int size, lab_time slice) {
    if (slice <= 0)
        lab_misuse("the slices of a locked pool last some time, not %lld ns",
                   (long long)slice);
    return new_pool(name, size, slice);
}

lab_pool *lab_pool_default(void) {
    enum { WORKERS = 4 };
    lab_task *self = lab_self();
    if (!self)
        return NULL;
    struct run *run = self->run;
    if (!run->default_pool)
        run->default_pool = lab_pool_new("default", WORKERS);
    return run->default_pool;
}

void lab_pool_free_all(struct run *run) {
    lab_list_each(node, &run->all_pools)
        pool_free(lab_list_item(node, lab_pool, node));
}

void lab_pool_interrupt_all(struct run *run) {
    lab_list_each(node, &run->all_pools) {
        lab_pool *pool = lab_list_item(node, lab_pool, node);
        if (pool->crew->interrupt)
            pool->crew->interrupt(pool);
    }
}

// --- jobs

struct job_entry lab_job_take(struct worker *worker) {
    struct job_entry entry = lab_jobs_take(&worker->pool->queued);
    worker->job = entry.job;
    if (entry.job && worker->pool->is_recorded)
        entry.job->worker = worker;
    return entry;
}

// An event of [job] that happened at loop time [time], maybe a while ago. Not
// inlined: every task that waits for a job would have room for it on its stack.
static __attribute__((noinline)) void record(struct job *job,
                                             enum lab_event_kind kind,
                                             lab_time time, int64_t value) {
    struct run *run = job->pool->run;
    if (!run->record)
        return;
    struct lab_event event = {
        .time = lab_run_from_loop(run, time),
        .kind = (uint8_t)kind,
        .task = job->asker->number,
        .other = job->number,
        .worker = job->worker ? (uint16_t)job->worker->number : 0,
        .value = value,
    };
    lab_record_add(run->record, event, NULL);
}

void lab_job_started(struct job *job) {
    record(job, LAB_EVENT_START, job->started, 0);
}

void lab_job_ended(struct job *job) {
    record(job, LAB_EVENT_DONE, job->ended, job->result);
}

// The pool has one job less.
static void leave(lab_pool *pool) {
    pool->loop->outside--;
    if (--pool->jobs == 0 && pool->shut)
        lab_outcome_set(&pool->drained, 0);
}

void lab_job_deliver(struct job *job) {
    job->over = true;
    lab_task_wake(job->asker, 0);
    leave(job->pool);
}

// [job] was taken out of the queue before it began.
static void dropped(struct job *job) {
    record(job, LAB_EVENT_DROP, lab_loop_time(job->pool->loop), 0);
    leave(job->pool);
}

// Writes that [job] is in the queue. Not inlined, likewise.
static __attribute__((noinline)) void record_queued(const lab_pool *pool,
                                                    const struct job *job) {
    lab_run_event(pool->run,
                  (struct lab_event){.kind = LAB_EVENT_QUEUE,
                                     .task = job->asker->number,
                                     .other = job->number,
                                     .value = pool->number},
                  pool->name);
}

static void submit(lab_pool *pool, struct job *job) {
    job->number = ++pool->run->jobs;
    if (pool->is_recorded)
        record_queued(pool, job);
    pool->loop->outside++;
    pool->jobs++;
    pool->crew->submit(pool, job);
}

// The wait for [job] has failed with [rc].
static int give_up(lab_pool *pool, struct job *job, int rc) {
    lab_task_hear(job->asker, rc);
    if (pool->crew->drop(pool, job)) {
        dropped(job);
        return LAB_ECANCELED;
    }
    job->unwanted = true;
    if (job->called)
        lab_cancel_because(job->called, "its job's task was cancelled");
    // Whatever happens, even a deadlock: the worker uses our memory.
    while (!job->over)
        lab_ignore(lab_task_wait_shielded(LAB_ON_JOB, job->number));
    return job->result;
}

int lab_offload(lab_pool *pool, lab_fn *fn, void *arg) {
    LAB_TRY(lab_task_check());
    if (pool->shut)
        return LAB_EBADF;
    struct job job; // not zeroed: that takes longer than to switch to a task
    job.fn = fn;
    job.arg = arg;
    job.asker = lab_task_self();
    job.pool = pool;
    job.worker = NULL; // until it begins
    job.called = NULL;
    job.started = job.ended = 0;
    job.over = job.unwanted = false;
    submit(pool, &job);
    int rc = 0;
    while (rc == 0 && !job.over)
        rc = lab_task_wait_unheard(LAB_ON_JOB, job.number, LAB_FOREVER, 0);
    return job.over ? job.result : give_up(pool, &job, rc);
}

// --- the end of a pool

static void drop_queued(lab_pool *pool) {
    struct job *job;
    while ((job = pool->crew->drop_next(pool))) {
        job->result = LAB_ECANCELED;
        job->over = true;
        lab_task_wake(job->asker, 0);
        dropped(job);
    }
}

int lab_pool_shutdown(lab_pool *pool, bool immediate) {
    LAB_TRY(lab_task_check());
    if (!pool->shut && pool->jobs == 0)
        lab_outcome_set(&pool->drained, 0);
    pool->shut = true;
    if (immediate)
        drop_queued(pool);
    return lab_outcome_wait(&pool->drained, LAB_ON_JOB, 0);
}
