// threads.c - the workers of a pool under the real clock.
//
// Two locks: the pool's guards its queue, the loop's mailbox (real.c) its
// results, so that taking a job and handing back a result do not block each
// other.

#include "core/block_internal.h"
#include "core/crash_internal.h"
#include "core/gate_internal.h"
#include "core/mutex_internal.h"
#include "core/pool_internal.h"
#include "core/printed_internal.h"
#include "core/real_internal.h"

#include <errno.h>
#include <signal.h>

static void on_start(struct mail *mail) {
    lab_job_started(lab_list_item(mail, struct job, start_mail));
}

static void on_end(struct mail *mail) {
    struct job *job = lab_list_item(mail, struct job, end_mail);
    lab_job_ended(job);
    lab_job_deliver(job);
}

static void run_job(struct worker *worker, struct job *job) {
    lab_pool *pool = worker->pool;
    bool recorded = pool->run->record; // else it is never read
    if (recorded) {
        job->started = lab_clock_machine();
        job->start_mail.open = on_start;
        lab_real_post(pool->real, &job->start_mail);
    }
    lab_here_set(NULL, 0); // the last job's line is not this one's
    lab_gate_enter(pool->gate);
    job->result = job->fn(job->arg);
    lab_gate_leave(pool->gate);
    lab_mutex_check_free(worker);
    if (pool->run->options->captures_output)
        lab_printed_end();
    if (recorded)
        job->ended = lab_clock_machine();
    job->end_mail.open = on_end;
    worker->job = NULL;
    lab_real_post(pool->real, &job->end_mail); // from here on it is the task's
}

// Wakes one idle worker, if any; it wakes the next, so many jobs cost one
// system call.
static bool wake_one(lab_pool *pool) {
    if (pool->idle == 0 || pool->waking || lab_list_empty(&pool->queue))
        return false;
    return pool->waking = true;
}

static void *work(void *arg) {
    struct worker *worker = arg;
    lab_pool *pool = worker->pool;
    struct job *job;
    lab_worker_current = worker;
    lab_crash_thread_init();
    pthread_mutex_lock(&pool->lock);
    for (;;) {
        while (!(job = lab_job_take(worker)) && !pool->ending) {
            pool->idle++;
            pthread_cond_wait(&pool->work, &pool->lock);
            pool->idle--;
            pool->waking = false;
        }
        if (!job)
            break;
        bool more = wake_one(pool);
        pthread_mutex_unlock(&pool->lock);
        if (more)
            pthread_cond_signal(&pool->work);
        run_job(worker, job);
        pthread_mutex_lock(&pool->lock);
    }
    pthread_mutex_unlock(&pool->lock);
    lab_crash_thread_term();
    return NULL;
}

static bool start_worker(struct worker *worker) {
    pthread_cond_init(&worker->released, NULL);
    if (pthread_create(&worker->thread, NULL, work, worker) == 0)
        return true;
    pthread_cond_destroy(&worker->released);
    return false;
}

// The loop is inside from when the first locked pool is made until the last is
// freed, but for when it waits.
static void share_gate(lab_pool *pool) {
    lab_loop *loop = pool->loop;
    if (pool->slice == 0)
        return;
    if (loop->gate_users++ == 0) {
        loop->gate = lab_gate_new(pool);
        lab_gate_enter(loop->gate);
    }
    pool->gate = loop->gate;
}

static void leave_gate(lab_pool *pool) {
    lab_loop *loop = pool->loop;
    if (!pool->gate)
        return;
    lab_gate_forget(pool->gate, pool->run);
    if (--loop->gate_users > 0)
        return;
    lab_gate_leave(loop->gate);
    lab_gate_free(loop->gate);
    loop->gate = NULL;
}

static void start(lab_pool *pool) {
    pthread_condattr_t monotonic;
    sigset_t mask, before;
    int started = 0;
    pool->real = lab_real_of(pool->loop);
    share_gate(pool);
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->work, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&pool->ended, &monotonic);
    pthread_condattr_destroy(&monotonic);
    // In a worker, signals that are meant for the loop would only be delayed.
    lab_crash_mask(&mask);
    pthread_sigmask(SIG_SETMASK, &mask, &before);
    while (started < pool->size && start_worker(&pool->workers[started]))
        started++;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pool->size = started; // those there are to join
}

static void submit(lab_pool *pool, struct job *job) {
    pthread_mutex_lock(&pool->lock);
    lab_list_push(&pool->queue, &job->node);
    bool wanted = wake_one(pool);
    pthread_mutex_unlock(&pool->lock);
    if (wanted)
        pthread_cond_signal(&pool->work);
}

static bool drop(lab_pool *pool, struct job *job) {
    pthread_mutex_lock(&pool->lock);
    bool queued = job->state == JOB_QUEUED;
    if (queued)
        lab_list_remove(&job->node);
    pthread_mutex_unlock(&pool->lock);
    return queued;
}

static struct job *drop_next(lab_pool *pool) {
    pthread_mutex_lock(&pool->lock);
    struct lab_list *node = lab_list_pop(&pool->queue);
    pthread_mutex_unlock(&pool->lock);
    return node ? lab_list_item(node, struct job, node) : NULL;
}

static void interrupt(lab_pool *pool) {
    pthread_mutex_lock(&pool->lock);
    pthread_cond_broadcast(&pool->ended);
    pthread_mutex_unlock(&pool->lock);
}

static void stop(lab_pool *pool) {
    pthread_mutex_lock(&pool->lock);
    pool->ending = true;
    pthread_cond_broadcast(&pool->work);
    pthread_mutex_unlock(&pool->lock);
    for (int i = 0; i < pool->size; i++) {
        pthread_join(pool->workers[i].thread, NULL);
        pthread_cond_destroy(&pool->workers[i].released);
    }
    leave_gate(pool);
    pthread_cond_destroy(&pool->ended);
    pthread_cond_destroy(&pool->work);
    pthread_mutex_destroy(&pool->lock);
}

static void sleep_for(struct worker *worker, lab_time time) {
    lab_pool *pool = worker->pool;
    lab_time until = lab_clock_machine() + time;
    struct timespec at = {until / LAB_S, until % LAB_S};
    int rc = 0;
    pthread_mutex_lock(&pool->lock);
    while (rc != ETIMEDOUT && !atomic_load(&pool->run->interrupted))
        rc = pthread_cond_timedwait(&pool->ended, &pool->lock, &at);
    pthread_mutex_unlock(&pool->lock);
}

static void hold(struct worker *worker, lab_time time, bool computing) {
    struct run *run = worker->pool->run;
    lab_time lasts = lab_run_lasts(run, time);
    if (computing) {
        lab_block_compute(run, lasts);
        return;
    }
    lab_gate_leave(worker->pool->gate);
    sleep_for(worker, lasts);
    lab_gate_enter(worker->pool->gate);
}

static void hold_until(struct worker *worker, const bool *over) {
    lab_pool *pool = worker->pool;
    lab_gate_leave(pool->gate);
    pthread_mutex_lock(&pool->lock);
    while (!*over)
        pthread_cond_wait(&worker->released, &pool->lock);
    pthread_mutex_unlock(&pool->lock);
    lab_gate_enter(pool->gate);
}

static void release(struct worker *worker, bool *over) {
    lab_pool *pool = worker->pool;
    pthread_mutex_lock(&pool->lock);
    *over = true;
    pthread_cond_signal(&worker->released);
    pthread_mutex_unlock(&pool->lock);
}

static void post(lab_pool *pool, struct mail *mail) {
    lab_real_post(pool->real, mail);
}

const struct crew lab_threads = {
    .start = start,
    .stop = stop,
    .submit = submit,
    .drop = drop,
    .drop_next = drop_next,
    .interrupt = interrupt,
    .post = post,
    .hold = hold,
    .hold_until = hold_until,
    .release = release,
};
