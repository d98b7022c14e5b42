// state.c - what each kind of event changes in the state of a run. Events about
// generators are in state_generator.c, events that are only noted in
// state_note.c.
//
//     RUN     the task has the thread: it runs, and the loop with it
//     WAIT    it gave the thread back; queued, if it waits for a queued job
//     BLOCK   the thread is held: task and loop, or the worker
//     START   a worker takes a job: it runs, and the asker waits for it
//
// The record is not trusted: tasks that were never spawned begin where they are
// first named, and a time that runs backwards counts as the latest before it.

#include "record/state.h"

#include "record/state_internal.h"

static const char *const names[LAB_IS_COUNT] = {
#define X(is, name) name,
    LAB_STATES(X)
#undef X
};

const char *lab_is_name(enum lab_is is) {
    return names[is];
}

// --- changes

void lab_state_turn(const struct lab_state *state, uint8_t *is, enum lab_is to,
                    struct lab_change change) {
    change.from = *is;
    change.to = to;
    if (!change.event) {
        change.event = lab_state_this_event(state);
        change.time = lab_record_at(state->record, state->at)->time;
    }
    *is = (uint8_t)to;
    if (state->listener)
        state->listener(state->arg, &change);
}

void lab_state_turn_task(const struct lab_state *state,
                         struct lab_state_task *task, enum lab_is to,
                         bool anew) {
    struct lab_change change = {LAB_WHO_TASK, task->number};
    if (task->is == LAB_IS_ENDED)
        return;
    if (anew)
        task->since = state->time;
    change.on = to == LAB_IS_WAITING ? task->wait_kind : 0;
    lab_state_turn(state, &task->is, to, change);
    lab_state_follow(state, task);
}

void lab_state_turn_loop(struct lab_state *state, enum lab_is to) {
    struct lab_change change = {LAB_WHO_LOOP};
    change.on = to == LAB_IS_WAITING ? LAB_ON_INTERPRETER : 0;
    lab_state_turn(state, &state->loop, to, change);
}

void lab_state_turn_worker(const struct lab_state *state,
                           struct lab_state_worker *worker, enum lab_is to) {
    struct lab_change change = {LAB_WHO_WORKER, worker->number};
    change.on = to == LAB_IS_WAITING ? worker->wait_kind : 0;
    lab_state_turn(state, &worker->is, to, change);
}

static void turn_job(const struct lab_state *state, struct lab_state_job *job,
                     enum lab_is to) {
    lab_state_turn(state, &job->is, to,
                   (struct lab_change){LAB_WHO_JOB, job->number});
}

// --- whom an event is about

struct lab_state_task *lab_state_need_task(struct lab_state *state,
                                           uint32_t number) {
    struct lab_state_task *task = lab_numbered_need(&state->tasks, number);
    if (!task->first) {
        task->first = lab_state_this_event(state);
        task->is = LAB_IS_NEW;
    }
    return task;
}

static struct lab_state_worker *worker_of(struct lab_state *state,
                                          const struct lab_event *event) {
    return lab_numbered_need(&state->workers, event->worker);
}

static struct lab_state_job *job_of(struct lab_state *state,
                                    const struct lab_event *event) {
    struct lab_state_job *job = lab_numbered_need(&state->jobs, event->other);
    if (job->is == LAB_IS_IDLE) { // new
        job->queued = state->time;
        job->is = LAB_IS_QUEUED;
    }
    job->task = event->task;
    return job;
}

// --- tasks

// Places in the ready queue are numbers; the lowest runs first.
enum { MIDDLE = 1 << 30 };

static uint64_t last_place(struct lab_state *state) {
    return MIDDLE + ++state->places;
}

static uint64_t first_place(struct lab_state *state) {
    return MIDDLE - ++state->front;
}

static void make_ready(struct lab_state *state, struct lab_state_task *task) {
    lab_state_turn_task(state, task, LAB_IS_READY, !lab_state_overdue(task));
    task->place = last_place(state);
    task->deadline = 0;
}

// [task] lets the task that it has just spawned run: these two are next.
static void lend(struct lab_state *state, struct lab_state_task *task) {
    struct lab_state_task *spawned =
        lab_numbered_find(&state->tasks, task->other);
    make_ready(state, task);
    task->place = first_place(state);
    if (spawned && lab_is_ready(spawned->is))
        spawned->place = first_place(state);
}

static void give_back(struct lab_state *state, const struct lab_event *event) {
    if (state->running != event->task || event->task == 0)
        return;
    state->running = 0;
    lab_state_turn_loop(state, LAB_IS_IDLE);
}

void lab_state_on_spawn(struct lab_state *state,
                        const struct lab_event *event) {
    struct lab_state_task *task = lab_state_need_task(state, event->task);
    task->parent = event->other;
    task->spawned = lab_state_this_event(state);
    task->place = last_place(state);
    lab_state_turn_task(state, task, task->is, true);
}

void lab_state_on_run(struct lab_state *state, const struct lab_event *event) {
    struct lab_state_task *task = lab_state_need_task(state, event->task);
    struct lab_state_task *before =
        state->running ? lab_numbered_find(&state->tasks, state->running)
                       : NULL;
    if (before && before != task)
        make_ready(state, before);
    lab_state_turn_task(state, task, LAB_IS_RUNNING, true);
    lab_state_note_line(task, event);
    state->running = event->task;
    state->turn = event->value;
    lab_state_turn_loop(state, LAB_IS_RUNNING);
}

static bool is_queued(const struct lab_state *state, uint32_t job) {
    const struct lab_state_job *its = lab_state_job(state, job);
    return its && its->is == LAB_IS_QUEUED;
}

void lab_state_on_wait(struct lab_state *state, const struct lab_event *event) {
    struct lab_state_task *task = lab_state_need_task(state, event->task);
    task->wait_kind = event->on;
    task->other = event->other;
    task->line = event->line;
    task->need = event->need;
    task->where = event->where;
    task->what = event->on == LAB_ON_OTHER ? event->text : 0;
    task->due = false;
    task->joining = false;
    task->wait = lab_state_this_event(state);
    if (event->on == LAB_ON_NOTHING) {
        make_ready(state, task);
    } else if (event->on == LAB_ON_BEGIN) {
        lend(state, task);
    } else {
        bool queued = event->on == LAB_ON_JOB && is_queued(state, event->other);
        lab_state_turn_task(state, task,
                            queued ? LAB_IS_QUEUED : LAB_IS_WAITING, true);
        task->deadline = event->value;
        lab_state_dues_add(state->dues, task);
    }
    give_back(state, event);
}

void lab_state_on_wake(struct lab_state *state, const struct lab_event *event) {
    struct lab_state_task *task = lab_state_need_task(state, event->task);
    make_ready(state, task);
    task->wait_kind = event->on;
    task->other = event->other;
    task->result = event->value;
    state->woken = lab_state_this_event(state);
}

void lab_state_on_end(struct lab_state *state, const struct lab_event *event) {
    struct lab_state_task *task = lab_state_need_task(state, event->task);
    lab_state_turn_task(state, task, LAB_IS_ENDED, true);
    task->deadline = 0;
    task->result = event->value;
    task->line = event->line;
    if (event->text)
        task->words = event->text;
    give_back(state, event);
}

void lab_state_on_raise(struct lab_state *state,
                        const struct lab_event *event) {
    struct lab_state_task *task = lab_state_need_task(state, event->task);
    task->failed = true;
    if (event->text)
        task->words = event->text;
}

void lab_state_on_join(struct lab_state *state, const struct lab_event *event) {
    struct lab_state_task *task = lab_state_need_task(state, event->task);
    if (event->on == LAB_ON_GROUP) {
        task->group = event->other;
        return;
    }
    if (!task->joining)
        task->join_from = (uint32_t)state->at;
    task->joining = true;
    task->join_to = lab_state_this_event(state);
}

void lab_state_on_timer(struct lab_state *state,
                        const struct lab_event *event) {
    struct lab_state_task *task = lab_state_need_task(state, event->task);
    task->due = task->due || task->deadline == event->value;
}

// --- threads

void lab_state_on_block(struct lab_state *state,
                        const struct lab_event *event) {
    enum lab_is is =
        event->on == LAB_ON_BURN ? LAB_IS_COMPUTING : LAB_IS_BLOCKED;
    bool known = event->value > 0 && event->value < LAB_FOREVER - state->time;
    lab_time till = known ? state->time + event->value : 0;
    if (event->worker) {
        struct lab_state_worker *worker = worker_of(state, event);
        worker->held_till = till;
        lab_state_turn_worker(state, worker, is);
        return;
    }
    if (!event->task) { // in a callback
        state->held_till = till;
        lab_state_turn_loop(state, is);
        return;
    }
    struct lab_state_task *task = lab_state_need_task(state, event->task);
    task->held_till = till;
    task->line = event->line;
    lab_state_turn_task(state, task, is, false);
    lab_state_turn_loop(state, is);
}

void lab_state_on_unblock(struct lab_state *state,
                          const struct lab_event *event) {
    if (event->worker) {
        struct lab_state_worker *worker = worker_of(state, event);
        worker->held_till = 0;
        lab_state_turn_worker(state, worker,
                              worker->job || worker->pool ? LAB_IS_RUNNING
                                                          : LAB_IS_IDLE);
        return;
    }
    if (!event->task) {
        state->held_till = 0;
        lab_state_turn_loop(state,
                            state->running ? LAB_IS_RUNNING : LAB_IS_IDLE);
        return;
    }
    struct lab_state_task *task = lab_state_need_task(state, event->task);
    bool runs = state->running && state->running == event->task;
    task->held_till = 0;
    task->line = event->line;
    lab_state_turn_task(state, task, runs ? LAB_IS_RUNNING : LAB_IS_READY,
                        false);
    lab_state_turn_loop(state, state->running ? LAB_IS_RUNNING : LAB_IS_IDLE);
}

void lab_state_on_worker(struct lab_state *state,
                         const struct lab_event *event) {
    struct lab_state_worker *worker = worker_of(state, event);
    worker->pool = (uint32_t)event->value;
    worker->named = lab_state_this_event(state);
    worker->since = state->time;
    if (worker->pool)
        lab_numbered_need(&state->pools, worker->pool);
    lab_state_turn_worker(state, worker, worker->is);
}

// --- jobs

void lab_state_on_queue(struct lab_state *state,
                        const struct lab_event *event) {
    struct lab_state_job *job = job_of(state, event);
    job->pool = (uint32_t)event->value;
    job->name = event->name;
    job->queued = state->time;
    struct lab_state_pool *pool = lab_numbered_need(&state->pools, job->pool);
    pool->named = lab_state_this_event(state);
    turn_job(state, job, LAB_IS_QUEUED);
}

// The job of [event]'s task has left its queue.
static void leave_queue(struct lab_state *state,
                        const struct lab_event *event) {
    struct lab_state_task *task = lab_state_need_task(state, event->task);
    if (task->is == LAB_IS_QUEUED)
        lab_state_turn_task(state, task, LAB_IS_WAITING, false);
}

void lab_state_on_start(struct lab_state *state,
                        const struct lab_event *event) {
    struct lab_state_job *job = job_of(state, event);
    struct lab_state_worker *worker = worker_of(state, event);
    job->worker = event->worker;
    job->started = worker->since = state->time;
    worker->job = event->other;
    leave_queue(state, event);
    turn_job(state, job, LAB_IS_RUNNING);
    lab_state_turn_worker(state, worker, LAB_IS_RUNNING);
}

void lab_state_on_done(struct lab_state *state, const struct lab_event *event) {
    struct lab_state_job *job = job_of(state, event);
    struct lab_state_worker *worker =
        lab_numbered_find(&state->workers, event->worker);
    job->dropped = event->kind == LAB_EVENT_DROP;
    job->ended = state->time;
    if (job->dropped)
        leave_queue(state, event);
    turn_job(state, job, LAB_IS_ENDED);
    // A job is done when the loop hears of it. Its worker may have begun the
    // next one by then.
    if (worker && worker->job == event->other) {
        worker->job = 0;
        worker->since = state->time;
        lab_state_turn_worker(state, worker, LAB_IS_IDLE);
    }
}

void lab_state_on_drop(struct lab_state *state, const struct lab_event *event) {
    lab_state_on_done(state, event);
}

// --- all of them

static void (*const functions[])(struct lab_state *state,
                                 const struct lab_event *event) = {
#define X(kind, name, by, deed) [LAB_EVENT_##kind] = lab_state_on_##name,
    LAB_EVENTS(X)
#undef X
};

void lab_state_listen(struct lab_state *state, lab_state_fn *fn, void *arg) {
    state->listener = fn;
    state->arg = arg;
}

const struct lab_event *lab_state_next(struct lab_state *state) {
    if (state->at == lab_record_count(state->record))
        return NULL;
    const struct lab_event *event = lab_record_at(state->record, state->at);
    lab_state_kin_forget(state->kin);
    if (event->time > state->time) {
        lab_state_overtake(state, event->time - 1);
        state->time = event->time;
    }
    state->now = state->time;
    if (event->kind < LAB_EVENT_KINDS)
        functions[event->kind](state, event);
    state->at++;
    return event;
}
