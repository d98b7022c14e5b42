// threads.c - the workers of a pool under the real clock.
//
// Workers take a job, and hand back the result of the last one, under the
// pool's lock. The loop needs it only to wake one and to fetch all results at
// once: see jobs_internal.h, results_internal.h.

#include "core/block_internal.h"
#include "core/crash_internal.h"
#include "core/gate_internal.h"
#include "core/mutex_internal.h"
#include "core/pool_internal.h"
#include "core/printed_internal.h"
#include "core/real_internal.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>

static void on_start(struct mail *mail) {
    lab_job_started(lab_list_item(mail, struct job, start_mail));
}

static void on_end(struct mail *mail) {
    struct job *job = lab_list_item(mail, struct job, end_mail);
    lab_job_ended(job);
    lab_job_deliver(job);
}

// What a job wrote is most likely where its argument points to, in the cache of
// another processor. All of that is fetched at once, before the tasks continue.
static void on_results(struct mail *mail) {
    lab_pool *pool = lab_list_item(mail, lab_pool, results.mail);
    struct results *results = &pool->results;
    pthread_mutex_lock(&pool->lock);
    size_t next, last = lab_results_take(results, &next);
    pthread_mutex_unlock(&pool->lock);
    for (; next != last; next++) {
        struct result *result = lab_results_at(results, next);
        __builtin_prefetch(result->job->arg, 1);
        result->job->result = result->value;
        lab_job_deliver(result->job);
    }
}

// Gives the end of a job to the record; then the job is the task's.
static void post_end(lab_pool *pool, struct job *job, int result) {
    job->result = result;
    job->ended = lab_clock_machine();
    job->end_mail.open = on_end;
    lab_real_post(pool->real, &job->end_mail);
}

// Runs the job of [entry], and returns with the pool locked. What a job posts
// comes before its result, so then that is mail, too.
static void run_job(struct worker *worker, struct job_entry entry) {
    lab_pool *pool = worker->pool;
    struct job *job = entry.job;
    if (pool->is_recorded) {
        job->started = lab_clock_machine();
        job->start_mail.open = on_start;
        lab_real_post(pool->real, &job->start_mail);
    }
    lab_here_set(NULL, 0); // the last job's line is not this one's
    worker->has_posted = pool->is_recorded;
    lab_gate_enter(pool->gate);
    int result = entry.fn(entry.arg);
    lab_gate_leave(pool->gate);
    lab_mutex_check_free(worker);
    if (pool->captures_output)
        lab_printed_end();
    worker->job = NULL;
    if (worker->has_posted)
        post_end(pool, job, result);
    pthread_mutex_lock(&pool->lock);
    if (!worker->has_posted)
        lab_results_add(&pool->results, job, result);
}

// --- idle workers; all under the lock

static void set_idle(lab_pool *pool, int idle, bool waking) {
    pool->idle = idle;
    pool->waking = waking;
    atomic_store(&pool->sleepy, idle > 0 && !waking);
}

// Wakes one idle worker, if any; it wakes the next, so many jobs cost one
// system call.
static bool wake_one(lab_pool *pool) {
    if (pool->idle == 0 || pool->waking || lab_jobs_empty(&pool->queued))
        return false;
    set_idle(pool, pool->idle, true);
    return true;
}

// Where jobs come one after another, some have come after a moment; to sleep
// and to be woken would take longer. It does not look meanwhile: each look
// takes a line of the cache from the loop, which adds them.
static void pause_a_moment(lab_pool *pool) {
    enum { MOMENT = 2 * LAB_US };
    lab_time began = lab_clock_machine();
    pthread_mutex_unlock(&pool->lock);
    while (lab_clock_machine() - began < MOMENT)
        continue;
    pthread_mutex_lock(&pool->lock);
}

// Waits for a job. The loop adds one and then looks whether a worker is idle;
// we say that we are and then look for one. So none is missed.
static void rest(lab_pool *pool) {
    set_idle(pool, pool->idle + 1, pool->waking);
    if (lab_jobs_empty(&pool->queued))
        pthread_cond_wait(&pool->work, &pool->lock);
    set_idle(pool, pool->idle - 1, false);
}

// Unlocks [pool], and tells the loop of results that it does not know of.
static void unlock(lab_pool *pool) {
    bool news = lab_results_are_news(&pool->results);
    pool->results.told |= news;
    pthread_mutex_unlock(&pool->lock);
    if (news)
        lab_real_post(pool->real, &pool->results.mail);
}

// Waits until [worker] has a job, if need be. None if the pool ends. [in_a_row]
// counts those since it last waited.
static struct job_entry next_job(struct worker *worker, unsigned *in_a_row) {
    lab_pool *pool = worker->pool;
    struct job_entry entry;
    while (!(entry = lab_job_take(worker)).job && !pool->ending) {
        if (lab_results_are_news(&pool->results)) {
            unlock(pool); // and look again
            pthread_mutex_lock(&pool->lock);
            continue;
        }
        if (*in_a_row > 1)
            pause_a_moment(pool);
        else
            rest(pool);
        *in_a_row = 0;
    }
    ++*in_a_row;
    return entry;
}

// A worker that is woken does not take the processor from the loop, which may
// have more jobs to add: with a switch there and back for each, a thousand jobs
// take four times as long.
static void be_patient(void) {
    const struct sched_param none = {0};
    if (sched_getscheduler(0) == SCHED_OTHER)
        sched_setscheduler(0, SCHED_BATCH, &none);
}

static void *work(void *arg) {
    struct worker *worker = arg;
    lab_pool *pool = worker->pool;
    struct job_entry entry;
    unsigned in_a_row = 0;
    lab_worker_current = worker;
    lab_crash_thread_init();
    be_patient();
    pthread_mutex_lock(&pool->lock);
    while ((entry = next_job(worker, &in_a_row)).job) {
        bool more = wake_one(pool);
        unlock(pool);
        if (more)
            pthread_cond_signal(&pool->work);
        run_job(worker, entry);
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
    pool->results.mail.open = on_results;
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
    if (lab_jobs_full(&pool->queued) || pool->jobs > pool->results.room) {
        pthread_mutex_lock(&pool->lock);
        lab_jobs_make_room(&pool->queued);
        lab_results_make_room(&pool->results, pool->jobs);
        pthread_mutex_unlock(&pool->lock);
    }
    job->place = lab_jobs_add(&pool->queued, lab_job_entry(job));
    if (!atomic_load(&pool->sleepy))
        return;
    pthread_mutex_lock(&pool->lock);
    bool wanted = wake_one(pool);
    pthread_mutex_unlock(&pool->lock);
    if (wanted)
        pthread_cond_signal(&pool->work);
}

static bool drop(lab_pool *pool, struct job *job) {
    pthread_mutex_lock(&pool->lock);
    bool queued = lab_jobs_remove(&pool->queued, job, job->place);
    pthread_mutex_unlock(&pool->lock);
    return queued;
}

static struct job *drop_next(lab_pool *pool) {
    pthread_mutex_lock(&pool->lock);
    struct job *job = lab_jobs_take(&pool->queued).job;
    pthread_mutex_unlock(&pool->lock);
    return job;
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
    lab_time until = lab_time_after(lab_clock_machine(), time);
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
    lab_worker_current->has_posted = true;
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
