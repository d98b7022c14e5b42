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
#include "core/pool_internal.h"
#include "core/schedule.h"
#include "core/signal_internal.h"
#include "core/task_internal.h"

// --- burns

static int burns(const struct world *world) {
    int n = world->loop_burns;
    lab_list_each(node, (struct lab_list *)&world->burning)
        n++;
    return n;
}

// What the last share of [n] computations left over, in [n]-ths of a
// nanosecond.
static lab_time rest_of(const struct world *world, int n) {
    return world->rest_of == n ? world->rest : 0;
}

// How long [left] of computing lasts while nothing changes, rounded up.
static lab_time lasts(const struct world *world, lab_time left) {
    int n = burns(world);
    if (n <= world->cores || left <= 0)
        return left;
    lab_time all = lab_time_times(left, n) - rest_of(world, n);
    return all / world->cores + (all % world->cores > 0);
}

static lab_time end_of(const lab_loop *loop, lab_time left) {
    return lab_time_after(loop->now, lasts(&loop->world, left));
}

static lab_time less(lab_time left, lab_time done) {
    return left > done ? left - done : 0;
}

// Lets time pass until [time]; every computation advances by its share.
static void advance(lab_loop *loop, lab_time time) {
    struct world *world = &loop->world;
    lab_time passed = time - loop->now;
    int n = burns(world);
    lab_time share = passed;
    if (n > world->cores) {
        lab_time all = lab_time_plus(lab_time_times(passed, world->cores),
                                     rest_of(world, n));
        share = all / n;
        world->rest = all % n;
        world->rest_of = n;
    }
    lab_list_each(node, &world->burning) {
        struct worker *worker = lab_list_item(node, struct worker, burning);
        worker->left = less(worker->left, share);
    }
    if (world->loop_burns)
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
        lab_time end = end_of(loop, worker->left);
        if (end < *when) {
            best = worker;
            *when = end;
        }
    }
    return best;
}

// --- a schedule's choice among workers

static struct worker *timer_after(const lab_loop *loop,
                                  const struct worker *worker, lab_time when) {
    struct lab_heap_node *node =
        lab_heap_after(&loop->world.timers, &worker->timer);
    return node && node->key == when ? lab_list_item(node, struct worker, timer)
                                     : NULL;
}

// The first in [burning] after [link] whose computing is over at [when].
static struct worker *burn_after(const lab_loop *loop,
                                 const struct lab_list *link, lab_time when) {
    const struct world *world = &loop->world;
    for (link = link->next; link != &world->burning; link = link->next) {
        struct worker *worker = lab_list_item(link, struct worker, burning);
        if (end_of(loop, worker->left) == when)
            return worker;
    }
    return NULL;
}

// Of the workers whose event is at [when], the one after [worker].
static struct worker *after(const lab_loop *loop, const struct worker *worker,
                            lab_time when) {
    if (!lab_heap_holds(&worker->timer))
        return burn_after(loop, &worker->burning, when);
    struct worker *next = timer_after(loop, worker, when);
    return next ? next : burn_after(loop, &loop->world.burning, when);
}

// Another has taken the job that it was woken for: it does nothing.
static bool is_idle(const struct worker *worker) {
    return !worker->job && lab_jobs_empty(&worker->pool->queued);
}

// The one after [worker] that a schedule may choose. Jobs begin in the order in
// which they were asked for, so of several that begin only the first counts.
static struct worker *rival_after(const lab_loop *loop, struct worker *worker,
                                  lab_time when, bool *begins) {
    do {
        *begins |= !worker->job;
        worker = after(loop, worker, when);
    } while (worker && !worker->job && (*begins || is_idle(worker)));
    return worker;
}

static void record_choice(const struct worker *chosen, lab_time when,
                          size_t taken, const char *rivals) {
    const struct run *run = chosen->pool->run;
    struct lab_event event = {
        .time = lab_run_from_loop(run, when),
        .value = (int64_t)taken,
        .worker = (uint16_t)chosen->number,
        .kind = LAB_EVENT_CHOOSE,
    };
    if (run->record)
        lab_record_add(run->record, event, rivals);
}

static size_t list_rivals(const lab_loop *loop, struct worker *first,
                          lab_time when, struct lab_text *numbers) {
    size_t count = 0;
    bool begins = false;
    for (; first; first = rival_after(loop, first, when, &begins))
        lab_text_printf(numbers, "%s%u", count++ ? " " : "", first->number);
    return count;
}

// The worker whose event at [when] is handled first: [first], unless a schedule
// chooses another.
static struct worker *choose(const lab_loop *loop, struct worker *first,
                             lab_time when) {
    struct lab_text rivals = {0};
    bool begins = false;
    if (!loop->schedule || is_idle(first) ||
        !rival_after(loop, first, when, &begins))
        return first;
    size_t count = list_rivals(loop, first, when, &rivals);
    size_t taken = lab_schedule_choose(loop->schedule, count);
    begins = false;
    for (size_t i = 0; i < taken; i++)
        first = rival_after(loop, first, when, &begins);
    record_choice(first, when, taken, lab_text_string(&rivals));
    lab_text_free(&rivals);
    return first;
}

// --- the interpreter's lock, which workers of locked pools need to run

static bool is_burning(const struct worker *worker) {
    return worker->burning.next != NULL;
}

// [worker] has the lock: it computes on, or runs until it parks. It keeps the
// lock only while it computes.
static void run_with_lock(lab_loop *loop, struct worker *worker) {
    if (worker->left > 0) {
        lab_list_push(&loop->world.burning, &worker->burning);
        return;
    }
    resume(loop, worker);
    if (!is_burning(worker))
        lab_interpreter_drop(&loop->world.interpreter, &worker->claim);
}

// Gives the lock, while it is free, to the next in the line.
static void serve(lab_loop *loop) {
    struct world *world = &loop->world;
    struct claim *claim;
    while ((claim = lab_interpreter_grant(&world->interpreter, loop->now))) {
        if (!claim->worker) {
            world->loop_burns = world->loop_computes;
            break;
        }
        run_with_lock(loop, claim->worker);
    }
}

// When who computes with the lock must give it on.
static lab_time switches(const struct world *world) {
    const struct claim *holder = world->interpreter.holder;
    bool computes = holder && (holder->worker ? is_burning(holder->worker)
                                              : world->loop_burns);
    return computes ? lab_interpreter_switch(&world->interpreter) : LAB_FOREVER;
}

// Who computes with the lock goes to the end of the line.
static void give_on(lab_loop *loop) {
    struct world *world = &loop->world;
    struct claim *holder = world->interpreter.holder;
    if (holder->worker)
        lab_list_remove(&holder->worker->burning);
    else
        world->loop_burns = false;
    lab_interpreter_drop(&world->interpreter, holder);
    lab_interpreter_take(&world->interpreter, holder, loop->now);
    serve(loop);
}

// --- what happens next

static void happen(lab_loop *loop, struct worker *worker) {
    struct world *world = &loop->world;
    if (is_burning(worker))
        worker->left = 0; // but for what rounding has left
    lab_heap_remove(&world->timers, &worker->timer);
    lab_list_remove(&worker->burning);
    if (!worker->pool->slice) {
        resume(loop, worker);
        return;
    }
    if (lab_interpreter_take(&world->interpreter, &worker->claim, loop->now))
        run_with_lock(loop, worker);
    serve(loop);
}

// Lets time pass to the next event of workers, and handles it. Returns false if
// there is none until [until].
static bool live(lab_loop *loop, lab_time until) {
    lab_time when, gives_on = switches(&loop->world);
    struct worker *worker = first(loop, &when);
    if (gives_on < when) {
        // A burn that is over by then need not be given on.
        if (gives_on > until || (loop->world.loop_burns && gives_on == until))
            return false;
        advance(loop, gives_on);
        give_on(loop);
        return true;
    }
    if (!worker || when > until)
        return false;
    worker = choose(loop, worker, when);
    advance(loop, when);
    happen(loop, worker);
    return true;
}

// When the loop's own computing is over, as things are; it stands still while
// others have the lock. If it does not compute, [until].
static lab_time over(const lab_loop *loop, lab_time until) {
    const struct world *world = &loop->world;
    if (!world->loop_computes)
        return until;
    return world->loop_burns ? end_of(loop, world->loop_left) : LAB_FOREVER;
}

// Handles all events of workers until [until], which may move later: the loop's
// own computing takes longer when workers begin to compute.
static void live_until(lab_loop *loop, lab_time until) {
    while (live(loop, over(loop, until)))
        continue;
    advance(loop, over(loop, until));
}

static void let_go(lab_loop *loop) {
    struct interpreter *interpreter = &loop->world.interpreter;
    if (!interpreter->slice)
        return;
    lab_interpreter_drop(interpreter, &interpreter->loop);
    serve(loop);
}

// The loop takes the lock, when those before it have had their turn.
static void take_back(lab_loop *loop) {
    struct interpreter *interpreter = &loop->world.interpreter;
    if (!interpreter->slice ||
        lab_interpreter_take(interpreter, &interpreter->loop, loop->now))
        return;
    while (interpreter->holder != &interpreter->loop)
        lab_assert(live(loop, LAB_FOREVER));
}

void lab_world_share(lab_loop *loop, struct run *run, lab_time slice) {
    struct interpreter *interpreter = &loop->world.interpreter;
    if (interpreter->slice)
        return; // there is one lock, and its slice is the first pool's
    lab_interpreter_init(interpreter, run, slice);
    take_back(loop);
}

static void collect(lab_loop *loop) {
    lab_mailbox_open(&loop->world.finished);
}

// Has the loop itself something to do?
static bool is_wanted(const lab_loop *loop) {
    const struct lab_heap_node *timer = lab_heap_least(&loop->timers);
    return (timer && timer->key <= loop->now) ||
           !lab_mailbox_empty(&loop->world.finished);
}

bool lab_world_has_news(const lab_loop *loop) {
    return is_wanted(loop) || lab_signal_any() || loop->passes >= loop->look;
}

// Lets time pass to the next event, of a worker or a timer. Returns false if
// there is none.
static bool wait_for_news(lab_loop *loop) {
    lab_time when;
    if (is_wanted(loop))
        return true;
    struct worker *worker = first(loop, &when);
    struct lab_heap_node *timer = lab_heap_least(&loop->timers);
    if (!worker && (!timer || timer->key == LAB_FOREVER))
        return lab_loop_hurry(loop);
    live_until(loop, timer && timer->key < when ? timer->key : when);
    return true;
}

bool lab_world_turn(lab_loop *loop) {
    collect(loop); // jobs that ended while the loop was held
    lab_loop_fire(loop, loop->now);
    if (!lab_ring_empty(&loop->ready))
        return true; // while anything runs, no time passes
    let_go(loop);
    bool waits = wait_for_news(loop);
    if (!waits || is_wanted(loop))
        take_back(loop);
    collect(loop);
    lab_loop_fire(loop, loop->now);
    return waits;
}

void lab_world_hold(lab_loop *loop, lab_time time, bool computing) {
    struct world *world = &loop->world;
    world->loop_burns = world->loop_computes = computing;
    world->loop_left = computing ? time : 0;
    if (!computing)
        let_go(loop);
    live_until(loop, lab_time_after(loop->now, time));
    world->loop_burns = world->loop_computes = false;
    take_back(loop);
}
