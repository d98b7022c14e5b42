// replay_apply.c - what each kind of event changes in the state of a run.
//
// Nothing here believes the record: tasks that were never spawned begin where
// they are first named, and times that run backwards count as the latest
// before them.

#include "view/replaying.h"

static struct lab_replay_task *task_of(struct lab_replay *replay,
                                       const struct lab_event *event) {
    return lab_replay_need(&replay->tasks, event->task);
}

static struct lab_replay_worker *worker_of(struct lab_replay *replay,
                                           const struct lab_event *event) {
    return lab_replay_need(&replay->workers, event->worker);
}

static void enter(const struct lab_replay *replay, struct lab_replay_task *task,
                  enum lab_replay_state state) {
    if (task->state == LAB_REPLAY_ENDED)
        return;
    task->state = (uint8_t)state;
    task->since = replay->time;
}

static void make_ready(struct lab_replay *replay,
                       struct lab_replay_task *task) {
    enter(replay, task, LAB_REPLAY_READY);
    task->place = ++replay->places;
    task->deadline = 0;
}

static void give_back(struct lab_replay *replay,
                      const struct lab_event *event) {
    if (replay->running == event->task)
        replay->running = 0;
}

static uint32_t this_event(const struct lab_replay *replay) {
    return (uint32_t)replay->at + 1;
}

// --- tasks

static void on_spawn(struct lab_replay *replay, const struct lab_event *event) {
    struct lab_replay_task *task = task_of(replay, event);
    task->parent = event->other;
    task->spawned = this_event(replay);
    task->since = replay->time;
    task->place = ++replay->places;
}

static void on_run(struct lab_replay *replay, const struct lab_event *event) {
    struct lab_replay_task *task = task_of(replay, event);
    struct lab_replay_task *before =
        lab_replay_find(&replay->tasks, replay->running);
    if (before && before != task)
        make_ready(replay, before);
    enter(replay, task, LAB_REPLAY_RUNNING);
    if (event->line)
        task->line = event->line;
    replay->running = event->task;
    replay->turn = event->value;
}

static void on_wait(struct lab_replay *replay, const struct lab_event *event) {
    struct lab_replay_task *task = task_of(replay, event);
    give_back(replay, event);
    task->on = event->on;
    task->other = event->other;
    task->line = event->line;
    task->due = false;
    task->joining = false;
    if (event->on == LAB_ON_NOTHING) {
        make_ready(replay, task);
        return;
    }
    enter(replay, task, LAB_REPLAY_WAITING);
    task->deadline = event->value;
}

static void on_wake(struct lab_replay *replay, const struct lab_event *event) {
    struct lab_replay_task *task = task_of(replay, event);
    make_ready(replay, task);
    task->on = event->on;
    task->other = event->other;
    task->result = event->value;
    replay->woken = this_event(replay);
}

static void on_end(struct lab_replay *replay, const struct lab_event *event) {
    struct lab_replay_task *task = task_of(replay, event);
    give_back(replay, event);
    enter(replay, task, LAB_REPLAY_ENDED);
    task->deadline = 0;
    task->result = event->value;
    task->line = event->line;
}

static void on_join(struct lab_replay *replay, const struct lab_event *event) {
    struct lab_replay_task *task = task_of(replay, event);
    if (event->on == LAB_ON_GROUP) {
        task->group = event->other;
        return;
    }
    if (!task->joining)
        task->join_from = (uint32_t)replay->at;
    task->joining = true;
    task->join_to = this_event(replay);
}

// --- threads

static void hold(struct lab_replay *replay, const struct lab_event *event) {
    bool begins = event->kind == LAB_EVENT_BLOCK;
    uint8_t holds = begins ? event->on : LAB_ON_NOTHING;
    lab_time till = begins && event->value < LAB_FOREVER - replay->time
                        ? replay->time + event->value
                        : 0;
    if (event->worker) {
        struct lab_replay_worker *worker = worker_of(replay, event);
        worker->holds = holds;
        worker->held_till = till;
    } else {
        struct lab_replay_task *task = task_of(replay, event);
        task->holds = holds;
        task->held_till = till;
        task->line = event->line;
    }
}

static void on_worker(struct lab_replay *replay,
                      const struct lab_event *event) {
    struct lab_replay_worker *worker = worker_of(replay, event);
    worker->pool = (uint32_t)event->value;
    worker->named = this_event(replay);
    worker->since = replay->time;
    lab_replay_need(&replay->pools, worker->pool);
}

static void on_queue(struct lab_replay *replay, const struct lab_event *event) {
    struct lab_replay_job *job = lab_replay_need(&replay->jobs, event->other);
    job->task = event->task;
    job->pool = (uint32_t)event->value;
    job->since = replay->time;
    job->state = LAB_REPLAY_QUEUED;
    struct lab_replay_pool *pool = lab_replay_need(&replay->pools, job->pool);
    pool->named = this_event(replay);
}

static void on_start(struct lab_replay *replay, const struct lab_event *event) {
    struct lab_replay_job *job = lab_replay_need(&replay->jobs, event->other);
    struct lab_replay_worker *worker = worker_of(replay, event);
    job->task = event->task;
    job->worker = event->worker;
    job->since = worker->since = replay->time;
    job->state = LAB_REPLAY_AT_WORK;
    worker->job = event->other;
}

static void on_done(struct lab_replay *replay, const struct lab_event *event) {
    struct lab_replay_job *job = lab_replay_need(&replay->jobs, event->other);
    struct lab_replay_worker *worker =
        lab_replay_find(&replay->workers, event->worker);
    job->state = LAB_REPLAY_DONE;
    job->since = replay->time;
    // A job is done when the loop hears of it. Its worker may be at the next
    // one by then.
    if (worker && worker->job == event->other) {
        worker->job = 0;
        worker->since = replay->time;
    }
}

static void on_hold(struct lab_replay *replay, const struct lab_event *event) {
    struct lab_replay_lock *lock =
        lab_replay_need(&replay->locks, event->other);
    lock->holder = event->task;
}

// --- all of them

static void on_mention(struct lab_replay *replay,
                       const struct lab_event *event) {
    if (!event->worker && event->line && event->task)
        task_of(replay, event)->line = event->line;
}

static void on_timer(struct lab_replay *replay, const struct lab_event *event) {
    struct lab_replay_task *task = task_of(replay, event);
    task->due = task->due || task->deadline == event->value;
}

// Long, as it has a case for every kind of event.
void lab_replay_apply(struct lab_replay *replay,
                      const struct lab_event *event) {
    if (event->time > replay->time)
        replay->time = event->time;
    switch ((enum lab_event_kind)event->kind) {
    case LAB_EVENT_SPAWN:
        on_spawn(replay, event);
        break;
    case LAB_EVENT_RUN:
        on_run(replay, event);
        break;
    case LAB_EVENT_WAIT:
        on_wait(replay, event);
        break;
    case LAB_EVENT_WAKE:
        on_wake(replay, event);
        break;
    case LAB_EVENT_END:
        on_end(replay, event);
        break;
    case LAB_EVENT_CANCEL:
        task_of(replay, event)->cancelled = true;
        break;
    case LAB_EVENT_BLOCK:
    case LAB_EVENT_UNBLOCK:
        hold(replay, event);
        break;
    case LAB_EVENT_WORKER:
        on_worker(replay, event);
        break;
    case LAB_EVENT_QUEUE:
        on_queue(replay, event);
        break;
    case LAB_EVENT_START:
        on_start(replay, event);
        break;
    case LAB_EVENT_DONE:
    case LAB_EVENT_DROP:
        on_done(replay, event);
        break;
    case LAB_EVENT_SAY:
    case LAB_EVENT_MARK:
        on_mention(replay, event);
        break;
    case LAB_EVENT_UNREAD:
        task_of(replay, event)->unread = true;
        break;
    case LAB_EVENT_TIMER:
        on_timer(replay, event);
        break;
    case LAB_EVENT_RAISE:
        task_of(replay, event)->failed = true;
        break;
    case LAB_EVENT_READ:
        task_of(replay, event)->read = true;
        break;
    case LAB_EVENT_DELIVER:
        task_of(replay, event)->delivered = true;
        break;
    case LAB_EVENT_JOIN:
        on_join(replay, event);
        break;
    case LAB_EVENT_HOLD:
        on_hold(replay, event);
        break;
    case LAB_EVENT_OTHER:
    case LAB_EVENT_KINDS:
        break;
    }
}
