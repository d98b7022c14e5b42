// world_workers.c - the workers of a pool under the virtual clock: coroutines
// that park. When they continue is decided in world.c.

#include "base/die.h"
#include "core/detector_internal.h"
#include "core/mutex_internal.h"
#include "core/pool_internal.h"
#include "core/printed_internal.h"
#include "core/task_internal.h"

static void wake_at(lab_loop *loop, struct worker *worker, lab_time time) {
    worker->timer.key = time;
    worker->timer.sequence = loop->sequence++;
    lab_heap_push(&loop->world.timers, &worker->timer);
}

static void give_back(struct worker *worker) {
    lab_coroutine_switch(&worker->coroutine, worker->caller);
}

static void hold(struct worker *worker, lab_time time, bool computing) {
    lab_loop *loop = worker->pool->loop;
    if (computing) {
        worker->left = time;
        lab_list_push(&loop->world.burning, &worker->burning);
    } else {
        wake_at(loop, worker, lab_time_after(loop->now, time));
    }
    give_back(worker);
}

static void hold_until(struct worker *worker, const bool *over) {
    while (!*over)
        give_back(worker);
}

static void release(struct worker *worker, bool *over) {
    lab_loop *loop = worker->pool->loop;
    *over = true;
    wake_at(loop, worker, loop->now);
}

static void post(lab_pool *pool, struct mail *mail) {
    lab_mailbox_put(&pool->loop->world.finished, mail);
}

static void on_end(struct mail *mail) {
    lab_job_deliver(lab_list_item(mail, struct job, end_mail));
}

static void do_job(lab_loop *loop, struct worker *worker, struct job *job) {
    job->started = loop->now;
    lab_job_started(job);
    lab_here_set(NULL, 0); // the last job's line is not this one's
    if (loop->detector)
        lab_detector_job(loop->detector, worker);
    job->result = job->fn(job->arg);
    lab_mutex_check_free(worker);
    lab_printed_end();
    job->ended = loop->now;
    lab_job_ended(job);
    worker->job = NULL;
    job->end_mail.open = on_end;
    post(job->pool, &job->end_mail);
}

// Between two jobs a schedule may choose another worker that is due now. Else
// this one is the next, as its timer has the sequence that it had.
static void offer_turn(lab_loop *loop, struct worker *worker) {
    if (!loop->schedule || worker->pool->slice ||
        lab_jobs_empty(&worker->pool->queued))
        return;
    worker->timer.key = loop->now;
    lab_heap_push(&loop->world.timers, &worker->timer);
    give_back(worker);
}

// Never returns: an idle worker is parked when its pool is freed.
static struct lab_coroutine *work(void *arg) {
    struct worker *worker = arg;
    lab_loop *loop = worker->pool->loop;
    struct job *job;
    do {
        while ((job = lab_job_take(worker).job)) {
            do_job(loop, worker, job);
            offer_turn(loop, worker);
        }
        give_back(worker);
    } while (worker->caller);
    return worker->caller;
}

static void start(lab_pool *pool) {
    lab_loop *loop = pool->loop;
    if (pool->slice)
        lab_world_share(loop, pool->run, pool->slice);
    for (int i = 0; i < pool->size; i++) {
        struct worker *worker = &pool->workers[i];
        worker->claim.worker = worker;
        lab_coroutine_make(&worker->coroutine, lab_stack_take(loop->stacks),
                           work, worker);
    }
}

static void stop(lab_pool *pool) {
    for (int i = 0; i < pool->size; i++) {
        lab_assert(!pool->workers[i].job);
        lab_heap_remove(&pool->loop->world.timers, &pool->workers[i].timer);
        lab_stack_put(pool->loop->stacks, pool->workers[i].coroutine.stack);
    }
}

// The first idle worker fetches the job at this same time, but only after the
// asking task has given way: a thread would not be faster.
static void submit(lab_pool *pool, struct job *job) {
    if (lab_jobs_full(&pool->queued))
        lab_jobs_make_room(&pool->queued);
    job->place = lab_jobs_add(&pool->queued, lab_job_entry(job));
    for (int i = 0; i < pool->size; i++) {
        struct worker *worker = &pool->workers[i];
        if (!worker->job && !lab_heap_holds(&worker->timer)) {
            wake_at(pool->loop, worker, pool->loop->now);
            break;
        }
    }
}

static struct job *drop_next(lab_pool *pool) {
    return lab_jobs_take(&pool->queued).job;
}

static bool drop(lab_pool *pool, struct job *job) {
    return lab_jobs_remove(&pool->queued, job, job->place);
}

// A job takes no real time, so there is nothing to interrupt.
const struct crew lab_world_workers = {
    .start = start,
    .stop = stop,
    .submit = submit,
    .drop = drop,
    .drop_next = drop_next,
    .post = post,
    .hold = hold,
    .hold_until = hold_until,
    .release = release,
};
