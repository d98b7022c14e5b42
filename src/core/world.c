// world.c - what runs beside the loop when time is virtual: workers.
//
// A worker is a coroutine that runs its job until the job blocks or burns, and
// parks until that time is over. Nothing here takes any time by itself; time
// passes only in advance(), from one event to the next:
//
//     a worker's sleep is over, or it has a job to fetch   world.timers
//     a worker's computing is over                         world.burning
//     a timer of the loop is due                           loop.timers
//
// Computing is a fluid: n burns on c cores each run at c/n of full speed when n
// > c, and whenever one begins or ends the others change speed.

#include "core/world_internal.h"

#include "base/die.h"
#include "core/detector_internal.h"
#include "core/mutex_internal.h"
#include "core/pool_internal.h"
#include "core/printed_internal.h"
#include "core/signal_internal.h"
#include "core/task_internal.h"

// --- burns

static int burns(const struct world *world) {
    int n = world->loop_burns;
    lab_list_each(node, (struct lab_list *)&world->burning)
        n++;
    return n;
}

// How long [left] of computing lasts while nothing changes, rounded up.
static lab_time lasts(const struct world *world, lab_time left) {
    int n = burns(world);
    return n <= world->cores ? left
                             : (left * n + world->cores - 1) / world->cores;
}

static lab_time less(lab_time left, lab_time done) {
    return left > done ? left - done : 0;
}

// Lets time pass until [time]; every computation advances by its share.
static void advance(lab_loop *loop, lab_time time) {
    struct world *world = &loop->world;
    lab_time passed = time - loop->now;
    int n = burns(world);
    lab_time share = n <= world->cores ? passed : passed * world->cores / n;
    lab_list_each(node, &world->burning) {
        struct worker *worker = lab_list_item(node, struct worker, burning);
        worker->left = less(worker->left, share);
    }
    world->loop_left = less(world->loop_left, share);
    loop->now = time;
}

// --- workers

// Runs [worker] until it parks again.
static void resume(lab_loop *loop, struct worker *worker) {
    struct worker *before = loop->worker;
    lab_task *self = loop->self;
    struct lab_coroutine *caller =
        loop->running ? &loop->running->coroutine : &loop->context;
    struct lab_site here = lab_here;
    worker->caller = caller;
    loop->worker = worker;
    loop->self = NULL;
    lab_here_set(worker->here.file, worker->here.line);
    if (loop->detector && worker->job)
        lab_detector_job(loop->detector, worker);
    lab_coroutine_switch(caller, &worker->coroutine);
    if (loop->detector)
        lab_detector_step(loop->detector, loop->running);
    worker->here = lab_here;
    lab_here_set(here.file, here.line);
    loop->worker = before;
    loop->self = self;
}

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
        wake_at(loop, worker, loop->now + time);
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
    lab_list_push(&pool->loop->world.finished, &mail->node);
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

// Never returns: an idle worker is parked when its pool is freed.
static struct lab_coroutine *work(void *arg) {
    struct worker *worker = arg;
    struct job *job;
    do {
        while ((job = lab_job_take(worker)))
            do_job(worker->pool->loop, worker, job);
        give_back(worker);
    } while (worker->caller);
    return worker->caller;
}

static void start(lab_pool *pool) {
    lab_loop *loop = pool->loop;
    for (int i = 0; i < pool->size; i++) {
        struct worker *worker = &pool->workers[i];
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
    lab_list_push(&pool->queue, &job->node);
    for (int i = 0; i < pool->size; i++) {
        struct worker *worker = &pool->workers[i];
        if (!worker->job && !lab_heap_holds(&worker->timer)) {
            wake_at(pool->loop, worker, pool->loop->now);
            break;
        }
    }
}

static struct job *drop_next(lab_pool *pool) {
    struct lab_list *node = lab_list_pop(&pool->queue);
    return node ? lab_list_item(node, struct job, node) : NULL;
}

static bool drop(lab_pool *pool, struct job *job) {
    (void)pool;
    bool queued = job->state == JOB_QUEUED;
    if (queued)
        lab_list_remove(&job->node);
    return queued;
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

// --- time

// The worker with the next event, and when it is; ties go to one that sleeps,
// then to the one that has computed for longest.
static struct worker *first(lab_loop *loop, lab_time *when) {
    struct world *world = &loop->world;
    struct worker *best = NULL;
    struct lab_heap_node *node = lab_heap_least(&world->timers);
    *when = LAB_FOREVER;
    if (node) {
        best = lab_list_item(node, struct worker, timer);
        *when = node->key;
    }
    lab_list_each(burn, &world->burning) {
        struct worker *worker = lab_list_item(burn, struct worker, burning);
        lab_time end = loop->now + lasts(world, worker->left);
        if (end < *when) {
            best = worker;
            *when = end;
        }
    }
    return best;
}

static void happen(lab_loop *loop, struct worker *worker) {
    lab_heap_remove(&loop->world.timers, &worker->timer);
    lab_list_remove(&worker->burning);
    resume(loop, worker);
}

// Handles all events of workers until [until], which may move later: the loop's
// own computing takes longer when workers begin to compute.
static void live_until(lab_loop *loop, lab_time until) {
    struct world *world = &loop->world;
    for (;;) {
        lab_time when;
        struct worker *worker = first(loop, &when);
        if (world->loop_burns)
            until = loop->now + lasts(world, world->loop_left);
        if (!worker || when > until)
            break;
        advance(loop, when);
        happen(loop, worker);
    }
    advance(loop, until);
}

static void collect(lab_loop *loop) {
    struct lab_list *node;
    while ((node = lab_list_pop(&loop->world.finished))) {
        struct mail *mail = lab_list_item(node, struct mail, node);
        mail->open(mail);
    }
}

bool lab_world_has_news(const lab_loop *loop) {
    const struct lab_heap_node *timer = lab_heap_least(&loop->timers);
    return (timer && timer->key <= loop->now) ||
           !lab_list_empty(&loop->world.finished) || lab_signal_any() ||
           loop->passes >= loop->look;
}

bool lab_world_turn(lab_loop *loop) {
    collect(loop); // jobs that ended while the loop was held
    lab_loop_fire(loop, loop->now);
    if (!lab_ring_empty(&loop->ready))
        return true; // while anything runs, no time passes
    lab_time when;
    struct worker *worker = first(loop, &when);
    struct lab_heap_node *timer = lab_heap_least(&loop->timers);
    if (!worker && !timer)
        return false;
    live_until(loop, timer && timer->key < when ? timer->key : when);
    collect(loop);
    lab_loop_fire(loop, loop->now);
    return true;
}

void lab_world_hold(lab_loop *loop, lab_time time, bool computing) {
    loop->world.loop_burns = computing;
    loop->world.loop_left = computing ? time : 0;
    live_until(loop, loop->now + time);
    loop->world.loop_burns = false;
}
