#include "view/export_sentence.h"

#include "core/error.h"
#include "view/export_text.h"

enum { NAME = 40, LINE = 200 }; // columns at most

static void put_name(struct lab_text *out, const struct lab_lane_list *list,
                     uint32_t number, const char *nobody) {
    const struct lab_lane *lane = lab_lanes_find(list, number);
    lab_export_put_cut(out, lane ? lane->name : nobody, NAME);
}

static void put_task(struct lab_text *out, const struct lab_lanes *lanes,
                     uint32_t number) {
    put_name(out, &lanes->tasks, number, "somebody");
}

static void put_worker(struct lab_text *out, const struct lab_lanes *lanes,
                       uint32_t number) {
    lab_text_put(out, "worker ");
    put_name(out, &lanes->workers, number, "of a pool");
}

static void put_caller(struct lab_text *out, const struct lab_lanes *lanes,
                       const struct lab_event *event) {
    if (event->worker)
        put_worker(out, lanes, event->worker);
    else
        put_task(out, lanes, event->task);
}

static const char *const waits[LAB_ONS] = {
    [LAB_ON_NOTHING] = "lets others run, and is ready again",
    [LAB_ON_SLEEP] = "sleeps",
    [LAB_ON_TASK] = "waits for the end of ",
    [LAB_ON_TASKS] = "waits for several tasks",
    [LAB_ON_CHILDREN] = "waits for its own children to end",
    [LAB_ON_JOB] = "waits for its job in the pool",
    [LAB_ON_IO] = "waits for a file descriptor",
    [LAB_ON_BLOCK] = "is asleep with its thread held",
    [LAB_ON_BURN] = "computes",
    [LAB_ON_LOCK] = "waits for a lock",
    [LAB_ON_FLAG] = "waits for a flag to be set",
    [LAB_ON_SEMAPHORE] = "waits for a permit",
    [LAB_ON_CONDITION] = "waits to be notified",
    [LAB_ON_BARRIER] = "waits at a barrier for the others",
    [LAB_ON_GET] = "waits for an item of a queue",
    [LAB_ON_PUT] = "waits for room in a queue",
    [LAB_ON_JOIN] = "waits for all items of a queue to be done",
    [LAB_ON_FUTURE] = "waits for a future",
    [LAB_ON_GROUP] = "waits for all members of a group to end",
    [LAB_ON_ACCEPT] = "waits for a connection",
    [LAB_ON_CONNECT] = "waits to be connected",
    [LAB_ON_READ] = "waits for bytes to read",
    [LAB_ON_WRITE] = "waits for room to write",
};

static void put_wait(struct lab_text *out, const struct lab_lanes *lanes,
                     const struct lab_event *event) {
    put_task(out, lanes, event->task);
    lab_text_printf(out, " %s",
                    event->on < LAB_ONS ? waits[event->on] : "waits");
    if (event->on == LAB_ON_TASK)
        put_task(out, lanes, event->other);
    if (event->value > 0 && event->value < LAB_FOREVER) {
        lab_text_put(out, event->on == LAB_ON_SLEEP ? " until "
                                                    : ", at most until ");
        lab_time_put(out, event->value);
    }
}

// The result of a wait or a task, where it is an error.
static void put_error(struct lab_text *out, int64_t value) {
    if (value < 0 && value > -10000)
        lab_text_printf(out, ": %s", lab_error_text((int)value));
}

static void put_block(struct lab_text *out, const struct lab_lanes *lanes,
                      const struct lab_event *event) {
    put_caller(out, lanes, event);
    lab_text_put(out, event->on == LAB_ON_BURN
                          ? " computes, and holds its thread, for "
                          : " blocks, and holds its thread, for ");
    lab_time_put(out, event->value);
}

static void put_of(struct lab_text *out, const char *before,
                   const struct lab_lanes *lanes, uint32_t task,
                   const char *after) {
    lab_text_put(out, before);
    put_task(out, lanes, task);
    lab_text_put(out, after);
}

static void put_by(struct lab_text *out, const struct lab_lanes *lanes,
                   const struct lab_event *event, const char *what) {
    put_task(out, lanes, event->task);
    lab_text_put(out, what);
    if (event->other)
        put_of(out, " by ", lanes, event->other, "");
}

static void put_text(struct lab_text *out, const char *before,
                     const char *text) {
    if (!*text)
        return;
    lab_text_put(out, before);
    lab_export_put_cut(out, text, LINE);
}

static void put_job(struct lab_text *out, const struct lab_lanes *lanes,
                    const struct lab_event *event, const char *text) {
    switch (event->kind) {
    case LAB_EVENT_WORKER:
        put_worker(out, lanes, event->worker);
        lab_text_put(out, " begins");
        break;
    case LAB_EVENT_QUEUE:
        put_of(out, "", lanes, event->task, " hands a job to ");
        put_text(out, "", *text ? text : "a pool");
        break;
    case LAB_EVENT_START:
        put_worker(out, lanes, event->worker);
        put_of(out, " begins the job of ", lanes, event->task, "");
        break;
    case LAB_EVENT_DONE:
        put_of(out, "the job of ", lanes, event->task, " is done");
        put_error(out, event->value);
        break;
    default:
        put_of(out, "the job of ", lanes, event->task,
               " is cancelled while it is queued");
    }
}

void lab_export_sentence(struct lab_text *out, const struct lab_lanes *lanes,
                         const struct lab_record *record,
                         const struct lab_event *event) {
    const char *text = lab_record_text(record, event);
    uint32_t task = event->task;
    switch ((enum lab_event_kind)event->kind) {
    case LAB_EVENT_SPAWN:
        put_by(out, lanes, event, " is started");
        break;
    case LAB_EVENT_RUN:
        put_of(out, "", lanes, task, " runs");
        break;
    case LAB_EVENT_WAIT:
        put_wait(out, lanes, event);
        break;
    case LAB_EVENT_WAKE:
        put_by(out, lanes, event, " is woken");
        put_error(out, event->value);
        break;
    case LAB_EVENT_END:
        put_of(out, "", lanes, task, " ends");
        put_error(out, event->value);
        break;
    case LAB_EVENT_CANCEL:
        put_by(out, lanes, event, " is cancelled");
        put_text(out, ": ", text);
        break;
    case LAB_EVENT_BLOCK:
        put_block(out, lanes, event);
        break;
    case LAB_EVENT_UNBLOCK:
        put_caller(out, lanes, event);
        lab_text_put(out, " goes on");
        break;
    case LAB_EVENT_WORKER:
    case LAB_EVENT_QUEUE:
    case LAB_EVENT_START:
    case LAB_EVENT_DONE:
    case LAB_EVENT_DROP:
        put_job(out, lanes, event, text);
        break;
    case LAB_EVENT_SAY:
        put_caller(out, lanes, event);
        lab_text_put(out, " says \"");
        put_text(out, "", text);
        lab_text_put(out, "\"");
        break;
    case LAB_EVENT_MARK:
        put_caller(out, lanes, event);
        lab_text_put(out, " marks");
        put_text(out, ": ", text);
        break;
    case LAB_EVENT_UNREAD:
        put_of(out, "nobody has asked for the error of ", lanes, task, "");
        put_error(out, event->value);
        break;
    case LAB_EVENT_TIMER:
        put_of(out, "the timer of ", lanes, task, " is due");
        break;
    case LAB_EVENT_RAISE:
        put_of(out, "", lanes, task, " fails");
        put_error(out, event->value);
        break;
    case LAB_EVENT_READ:
        put_of(out, "the error of ", lanes, task, " is read");
        if (event->other)
            put_of(out, " by ", lanes, event->other, "");
        break;
    case LAB_EVENT_DELIVER:
        put_of(out, "", lanes, task, " hears that it is cancelled");
        break;
    case LAB_EVENT_JOIN:
        put_of(out, "", lanes, task,
               event->on == LAB_ON_GROUP ? " joins a group"
                                         : " will wait for ");
        if (event->on != LAB_ON_GROUP)
            put_task(out, lanes, event->other);
        break;
    case LAB_EVENT_HOLD:
        put_of(out, "", lanes, task, " holds a lock that others want");
        break;
    case LAB_EVENT_KINDS:
        break;
    }
    // Nonsense has a sentence too.
    if (event->kind >= LAB_EVENT_KINDS)
        lab_text_put(out, "something unknown happens");
}
