#include "view/sentence.h"

#include "core/error.h"
#include "view/line.h"

#include <inttypes.h>

// --- names

void lab_sentence_task(struct lab_text *out, const struct lab_replay *replay,
                       uint32_t number) {
    const struct lab_replay_task *task = lab_replay_task(replay, number);
    if (number == 0) {
        lab_text_put(out, "the loop");
        return;
    }
    const char *name = task ? lab_replay_name(replay, task->spawned) : "";
    lab_text_printf(out, "t%" PRIu32 "%s%s", number, *name ? " " : "", name);
}

void lab_sentence_worker(struct lab_text *out, const struct lab_replay *replay,
                         uint32_t number) {
    const struct lab_replay_worker *worker = lab_replay_worker(replay, number);
    const char *name = worker ? lab_replay_name(replay, worker->named) : "";
    if (*name)
        lab_text_printf(out, "worker %s", name);
    else
        lab_text_printf(out, "worker w%" PRIu32, number);
}

void lab_sentence_result(struct lab_text *out, int64_t result) {
    if (result < 0 && result >= INT32_MIN)
        lab_text_printf(out, "an error (%s)", lab_error_text((int)result));
    else
        lab_text_printf(out, "%" PRId64, result);
}

// --- several tasks

enum { NAMED_MOST = 4 };

struct several {
    uint32_t first[NAMED_MOST], last;
    size_t count;
    bool in_a_row;
};

static void note(void *arg, const struct lab_replay_task *task) {
    struct several *several = arg;
    if (several->count > 0 && task->number != several->last + 1)
        several->in_a_row = false;
    if (several->count < NAMED_MOST)
        several->first[several->count] = task->number;
    several->last = task->number;
    several->count++;
}

void lab_sentence_awaited(struct lab_text *out, const struct lab_replay *replay,
                          const struct lab_replay_task *task) {
    struct several several = {.in_a_row = true};
    lab_replay_awaited(replay, task, note, &several);
    if (several.count == 1) {
        lab_sentence_task(out, replay, several.last);
        return;
    }
    if (several.count > 2 && several.in_a_row) {
        lab_text_printf(out, "t%" PRIu32 " to t%" PRIu32, several.first[0],
                        several.last);
        return;
    }
    for (size_t i = 0; i < several.count && i < NAMED_MOST; i++)
        lab_text_printf(out, "%st%" PRIu32,
                        i == 0                   ? ""
                        : i + 1 == several.count ? " and "
                                                 : ", ",
                        several.first[i]);
    if (several.count > NAMED_MOST)
        lab_text_printf(out, " and %zu more", several.count - NAMED_MOST);
    if (several.count == 0)
        lab_text_put(out, "nobody");
}

// --- waits

static void put_until(struct lab_text *out, const char *before, lab_time time) {
    lab_text_put(out, before);
    lab_time_put(out, time);
}

static void put_holder(struct lab_text *out, const struct lab_replay *replay,
                       uint32_t number) {
    const struct lab_replay_lock *lock = lab_replay_lock(replay, number);
    lab_text_printf(out, "waits for lock %" PRIu32, number);
    if (!lock || !lock->holder)
        return;
    lab_text_put(out, ", which ");
    lab_sentence_task(out, replay, lock->holder);
    lab_text_put(out, " holds");
}

static void put_job(struct lab_text *out, const struct lab_replay *replay,
                    uint32_t number) {
    const struct lab_replay_job *job = lab_replay_job(replay, number);
    if (number == 0) {
        lab_text_put(out, "waits for its pool to be done with all jobs");
        return;
    }
    lab_text_printf(out, "waits for job %" PRIu32, number);
    if (!job || job->state == LAB_REPLAY_DONE)
        return;
    lab_text_put(out, ", which ");
    if (job->state == LAB_REPLAY_QUEUED) {
        lab_text_put(out, "is queued");
        return;
    }
    lab_sentence_worker(out, replay, job->worker);
    lab_text_put(out, " is at");
}

// What has no other party, or one that is only a number.
static void put_plain(struct lab_text *out, unsigned on, uint32_t other) {
    static const char *const words[LAB_ONS] = {
        [LAB_ON_IO] = "waits for a descriptor to be ready",
        [LAB_ON_FLAG] = "waits for a flag to be set",
        [LAB_ON_SEMAPHORE] = "waits for a permit of a semaphore",
        [LAB_ON_CONDITION] = "waits to be notified of a condition",
        [LAB_ON_BARRIER] = "waits at a barrier for the others",
        [LAB_ON_GET] = "waits for an item in a queue",
        [LAB_ON_PUT] = "waits for room in a queue",
        [LAB_ON_JOIN] = "waits for a queue to be done with",
        [LAB_ON_FUTURE] = "waits for future",
        [LAB_ON_ACCEPT] = "waits for a connection to listener",
        [LAB_ON_CONNECT] = "waits to be connected by stream",
        [LAB_ON_READ] = "waits for bytes from stream",
        [LAB_ON_WRITE] = "waits for room in stream",
    };
    const char *text = on < LAB_ONS ? words[on] : NULL;
    lab_text_put(out, text ? text : "waits");
    if (on == LAB_ON_FUTURE || (on >= LAB_ON_ACCEPT && on < LAB_ONS))
        lab_text_printf(out, " %" PRIu32, other);
}

void lab_sentence_wait(struct lab_text *out, const struct lab_replay *replay,
                       const struct lab_replay_task *task) {
    switch (task->on) {
    case LAB_ON_SLEEP:
        put_until(out, "sleeps until ", task->deadline);
        return;
    case LAB_ON_TASK:
        lab_text_put(out, "waits for ");
        lab_sentence_task(out, replay, task->other);
        break;
    case LAB_ON_TASKS:
    case LAB_ON_GROUP:
        lab_text_put(out, "waits for ");
        lab_sentence_awaited(out, replay, task);
        break;
    case LAB_ON_CHILDREN:
        lab_text_put(out, "is done, and waits for its children: ");
        lab_sentence_awaited(out, replay, task);
        break;
    case LAB_ON_JOB:
        put_job(out, replay, task->other);
        break;
    case LAB_ON_LOCK:
        put_holder(out, replay, task->other);
        break;
    default:
        put_plain(out, task->on, task->other);
    }
    if (task->deadline)
        put_until(out, ", until ", task->deadline);
}

// --- events

// What was waited for and has come.
static const char *reason(const struct lab_event *event) {
    static const char *const words[LAB_ONS] = {
        [LAB_ON_SLEEP] = "its timer was due",
        [LAB_ON_TASK] = "the task it waited for has ended",
        [LAB_ON_TASKS] = "those it waited for have ended",
        [LAB_ON_CHILDREN] = "its children have ended",
        [LAB_ON_JOB] = "its job is done",
        [LAB_ON_IO] = "its descriptor is ready",
        [LAB_ON_LOCK] = "the lock is its own now",
        [LAB_ON_FLAG] = "the flag was set",
        [LAB_ON_SEMAPHORE] = "it has its permit",
        [LAB_ON_CONDITION] = "it was notified",
        [LAB_ON_BARRIER] = "all are at the barrier",
        [LAB_ON_GET] = "there is an item",
        [LAB_ON_PUT] = "there is room",
        [LAB_ON_JOIN] = "the queue is done with",
        [LAB_ON_FUTURE] = "the future has its result",
        [LAB_ON_GROUP] = "its group has ended",
        [LAB_ON_ACCEPT] = "a connection has come",
        [LAB_ON_CONNECT] = "it is connected",
        [LAB_ON_READ] = "bytes have come",
        [LAB_ON_WRITE] = "there is room",
    };
    if (event->value < 0 && event->value >= INT32_MIN)
        return lab_error_text((int)event->value);
    const char *word = event->on < LAB_ONS ? words[event->on] : NULL;
    return word ? word : "its wait is over";
}

static void put_wake(struct lab_text *out, const struct lab_replay *replay,
                     const struct lab_event *event) {
    lab_sentence_task(out, replay, event->task);
    if (event->other) {
        lab_text_put(out, " is woken by ");
        lab_sentence_task(out, replay, event->other);
    } else {
        lab_text_put(out, " is ready");
    }
    lab_text_printf(out, ": %s", reason(event));
}

static void put_spawn(struct lab_text *out, const struct lab_replay *replay,
                      const struct lab_event *event) {
    if (event->other) {
        lab_sentence_task(out, replay, event->other);
        lab_text_put(out, " spawns ");
        lab_sentence_task(out, replay, event->task);
    } else {
        lab_text_put(out, "the run begins with ");
        lab_sentence_task(out, replay, event->task);
    }
}

// The wait as the event tells it: the state may be a later one.
static void put_wait(struct lab_text *out, const struct lab_replay *replay,
                     const struct lab_event *event) {
    const struct lab_replay_task *now = lab_replay_task(replay, event->task);
    struct lab_replay_task then = {.state = LAB_REPLAY_WAITING};
    if (now)
        then = *now;
    then.state = LAB_REPLAY_WAITING;
    then.on = event->on;
    then.other = event->other;
    then.deadline = event->value;
    lab_sentence_task(out, replay, event->task);
    lab_text_put(out, " ");
    if (event->on == LAB_ON_NOTHING)
        lab_text_put(out, "lets others run, and is ready again");
    else
        lab_sentence_wait(out, replay, &then);
}

static void put_caller(struct lab_text *out, const struct lab_replay *replay,
                       const struct lab_event *event) {
    if (event->worker)
        lab_sentence_worker(out, replay, event->worker);
    else
        lab_sentence_task(out, replay, event->task);
}

static void put_hold(struct lab_text *out, const struct lab_replay *replay,
                     const struct lab_event *event) {
    bool begins = event->kind == LAB_EVENT_BLOCK;
    bool burns = event->on == LAB_ON_BURN;
    put_caller(out, replay, event);
    if (!begins) {
        lab_text_put(out, burns ? " has computed" : " goes on");
        return;
    }
    lab_text_put(out, event->worker ? " holds its thread, "
                                    : " holds the loop's thread, ");
    lab_text_put(out, burns ? "computing for " : "asleep for ");
    lab_time_put(out, event->value);
}

static void put_job_event(struct lab_text *out, const struct lab_replay *replay,
                          const struct lab_event *event) {
    if (event->kind == LAB_EVENT_QUEUE || event->kind == LAB_EVENT_DROP)
        lab_sentence_task(out, replay, event->task);
    else
        lab_sentence_worker(out, replay, event->worker);
    lab_text_put(out, event->kind == LAB_EVENT_QUEUE   ? " queues"
                      : event->kind == LAB_EVENT_START ? " takes"
                      : event->kind == LAB_EVENT_DONE  ? " is done with"
                                                       : " takes back");
    lab_text_printf(out, " job %" PRIu32, event->other);
    if (event->kind == LAB_EVENT_QUEUE)
        lab_text_printf(out, " for pool %s",
                        lab_record_text(replay->record, event));
    if (event->kind != LAB_EVENT_START && event->kind != LAB_EVENT_DONE)
        return;
    lab_text_put(out, " of ");
    lab_sentence_task(out, replay, event->task);
}

static void put_join(struct lab_text *out, const struct lab_replay *replay,
                     const struct lab_event *event) {
    lab_sentence_task(out, replay, event->task);
    if (event->on == LAB_ON_GROUP) {
        lab_text_printf(out, " joins group %" PRIu32, event->other);
        return;
    }
    lab_text_put(out, " is going to wait for ");
    lab_sentence_task(out, replay, event->other);
}

static void put_cancel(struct lab_text *out, const struct lab_replay *replay,
                       const struct lab_event *event) {
    const char *why = lab_record_text(replay->record, event);
    lab_sentence_task(out, replay, event->other);
    lab_text_put(out, " asks ");
    lab_sentence_task(out, replay, event->task);
    lab_text_printf(out, " to stop%s%s", *why ? ": " : "", why);
}

static void put_read(struct lab_text *out, const struct lab_replay *replay,
                     const struct lab_event *event) {
    lab_sentence_task(out, replay, event->other);
    lab_text_put(out, " is given the error of ");
    lab_sentence_task(out, replay, event->task);
}

// A task and what it does, where that says it all.
static void put_task_event(struct lab_text *out,
                           const struct lab_replay *replay,
                           const struct lab_event *event) {
    const char *text = lab_record_text(replay->record, event);
    put_caller(out, replay, event);
    switch (event->kind) {
    case LAB_EVENT_RUN:
        lab_text_put(out, " runs");
        break;
    case LAB_EVENT_END:
    case LAB_EVENT_RAISE:
        lab_text_put(out, event->kind == LAB_EVENT_END ? " ends with "
                                                       : " has come to ");
        lab_sentence_result(out, event->value);
        break;
    case LAB_EVENT_WORKER:
        lab_text_put(out, " is there");
        break;
    case LAB_EVENT_SAY:
        lab_text_printf(out, " says: %s", text);
        break;
    case LAB_EVENT_MARK:
        lab_text_printf(out, " makes a mark: %s", text);
        break;
    case LAB_EVENT_UNREAD:
        lab_text_put(out, " is forgotten, and nobody was given its error");
        break;
    case LAB_EVENT_TIMER:
        lab_text_put(out, " has a timer that is due");
        break;
    case LAB_EVENT_DELIVER:
        lab_text_put(out, " hears that it is to stop");
        break;
    case LAB_EVENT_HOLD:
        lab_text_printf(out, " holds lock %" PRIu32, event->other);
        break;
    default:
        lab_text_put(out, " does what nobody knows");
    }
}

void lab_sentence_put(struct lab_text *out, const struct lab_replay *replay,
                      const struct lab_event *event) {
    typedef void put(struct lab_text *, const struct lab_replay *,
                     const struct lab_event *);
    static put *const puts[LAB_EVENT_KINDS] = {
        [LAB_EVENT_SPAWN] = put_spawn,     [LAB_EVENT_WAIT] = put_wait,
        [LAB_EVENT_WAKE] = put_wake,       [LAB_EVENT_CANCEL] = put_cancel,
        [LAB_EVENT_BLOCK] = put_hold,      [LAB_EVENT_UNBLOCK] = put_hold,
        [LAB_EVENT_QUEUE] = put_job_event, [LAB_EVENT_START] = put_job_event,
        [LAB_EVENT_DONE] = put_job_event,  [LAB_EVENT_DROP] = put_job_event,
        [LAB_EVENT_READ] = put_read,       [LAB_EVENT_JOIN] = put_join,
    };
    put *fn = event->kind < LAB_EVENT_KINDS ? puts[event->kind] : NULL;
    (fn ? fn : put_task_event)(out, replay, event);
}
