#include "view/sentence.h"

#include "base/error.h"

#include <inttypes.h>

// --- who

struct lab_doer lab_sentence_doer(const struct lab_event *event) {
    switch ((enum lab_event_kind)event->kind) {
    case LAB_EVENT_SPAWN:
    case LAB_EVENT_CANCEL:
    case LAB_EVENT_READ:
        return (struct lab_doer){.task = event->other};
    case LAB_EVENT_DROP:
    case LAB_EVENT_UNREAD:
        return (struct lab_doer){0};
    default:
        if (event->worker)
            return (struct lab_doer){.worker = event->worker};
        return (struct lab_doer){.task = event->task};
    }
}

void lab_sentence_put_doer(struct lab_text *out, struct lab_wording wording,
                           struct lab_doer doer) {
    if (doer.worker)
        lab_wording_worker(out, wording, doer.worker);
    else
        lab_wording_task(out, wording, doer.task);
}

// --- what

// The wait as the event tells it: the state may be a later one.
static void put_wait(struct lab_text *out, struct lab_wording wording,
                     const struct lab_event *event) {
    const struct lab_state_task *now = NULL;
    struct lab_state_task then = {0};
    if (wording.state)
        now = lab_state_task(wording.state, event->task);
    if (now)
        then = *now;
    then.is = LAB_IS_WAITING;
    then.on = event->on;
    then.other = event->other;
    then.deadline = event->value;
    then.what = event->on == LAB_ON_OTHER ? event->text : 0;
    lab_wording_wait(out, wording, &then);
}

static void put_wake(struct lab_text *out, struct lab_wording wording,
                     const struct lab_event *event) {
    lab_text_put(out, event->other ? "is woken by " : "is ready");
    if (event->other)
        lab_wording_task(out, wording, event->other);
    lab_text_put(out, ": ");
    lab_wording_reason(out, event->on, event->value);
}

static void put_end(struct lab_text *out, int64_t result) {
    if (result == LAB_ECANCELED) {
        lab_text_put(out, "ends cancelled");
    } else if (result < 0) {
        lab_text_put(out, "fails");
        lab_wording_error(out, result);
    } else {
        lab_text_put(out, "ends");
        if (result > 0)
            lab_text_printf(out, " with %" PRId64, result);
    }
}

// A deed and the task of [event], to which it is done.
static void put_of(struct lab_text *out, struct lab_wording wording,
                   const char *deed, const struct lab_event *event) {
    lab_text_put(out, deed);
    lab_wording_task(out, wording, event->task);
}

static void put_cancel(struct lab_text *out, struct lab_wording wording,
                       const struct lab_event *event, const char *why) {
    put_of(out, wording, "cancels ", event);
    if (*why)
        lab_text_printf(out, " (%s)", why);
}

static void put_block(struct lab_text *out, const struct lab_event *event) {
    lab_text_put(out, event->on == LAB_ON_BURN ? "computes on " : "blocks ");
    lab_text_put(out, event->worker ? "its own thread for "
                                    : "the loop's thread for ");
    lab_time_put(out, event->value);
}

static void put_job(struct lab_text *out, struct lab_wording wording,
                    const struct lab_event *event, const char *pool) {
    static const char *const verbs[] = {[LAB_EVENT_QUEUE] = "queues ",
                                        [LAB_EVENT_START] = "takes ",
                                        [LAB_EVENT_DONE] = "is done with ",
                                        [LAB_EVENT_DROP] = "drops "};
    lab_text_put(out, verbs[event->kind]);
    if (event->kind == LAB_EVENT_QUEUE || wording.state)
        lab_wording_thing(out, wording, "job", event->other);
    else
        lab_text_put(out, "the job"); // a task has one at a time
    if (event->kind == LAB_EVENT_QUEUE)
        lab_text_printf(out, " for %s", *pool ? pool : "a pool");
    else
        put_of(out, wording, " of ", event);
    if (event->kind == LAB_EVENT_DONE)
        lab_wording_error(out, event->value);
}

static void put_join(struct lab_text *out, struct lab_wording wording,
                     const struct lab_event *event) {
    if (event->on == LAB_ON_GROUP) {
        lab_text_put(out, "joins ");
        lab_wording_thing(out, wording, "group", event->other);
        return;
    }
    lab_text_put(out, "is going to wait for ");
    lab_wording_task(out, wording, event->other);
}

// Long, as it has a case for every kind of event.
void lab_sentence_put_deed(struct lab_text *out, struct lab_wording wording,
                           const struct lab_event *event) {
    const char *text = lab_record_text(wording.record, event);
    switch ((enum lab_event_kind)event->kind) {
    case LAB_EVENT_SPAWN:
        put_of(out, wording, "starts ", event);
        return;
    case LAB_EVENT_RUN:
        lab_text_put(out, "runs");
        return;
    case LAB_EVENT_WAIT:
        put_wait(out, wording, event);
        return;
    case LAB_EVENT_WAKE:
        put_wake(out, wording, event);
        return;
    case LAB_EVENT_END:
        put_end(out, event->value);
        return;
    case LAB_EVENT_CANCEL:
        put_cancel(out, wording, event, text);
        return;
    case LAB_EVENT_BLOCK:
        put_block(out, event);
        return;
    case LAB_EVENT_UNBLOCK:
        lab_text_put(out, event->on == LAB_ON_BURN ? "has computed"
                                                   : "has its thread back");
        return;
    case LAB_EVENT_WORKER:
        lab_text_put(out, "is there");
        return;
    case LAB_EVENT_QUEUE:
    case LAB_EVENT_START:
    case LAB_EVENT_DONE:
    case LAB_EVENT_DROP:
        put_job(out, wording, event, text);
        return;
    case LAB_EVENT_SAY:
        lab_text_printf(out, "says \"%s\"", text);
        return;
    case LAB_EVENT_MARK:
        lab_text_printf(out, "marks %s", *text ? text : "a moment");
        return;
    case LAB_EVENT_UNREAD:
        put_of(out, wording, "forgets the error of ", event);
        lab_text_put(out, ", which nobody has read");
        return;
    case LAB_EVENT_TIMER:
        lab_text_put(out, "has a timer that is due");
        return;
    case LAB_EVENT_RAISE:
        lab_text_put(out, "comes to an error");
        lab_wording_error(out, event->value);
        return;
    case LAB_EVENT_READ:
        put_of(out, wording, "reads the error of ", event);
        return;
    case LAB_EVENT_DELIVER:
        lab_text_put(out, "hears that it is cancelled");
        return;
    case LAB_EVENT_JOIN:
        put_join(out, wording, event);
        return;
    case LAB_EVENT_HOLD:
        lab_text_put(out, "holds ");
        lab_wording_thing(out, wording, "lock", event->other);
        return;
    case LAB_EVENT_OTHER:
        lab_text_printf(out, "has an event \"%s\"", text);
        return;
    case LAB_EVENT_KINDS:
        break;
    }
    lab_text_put(out, "does what nobody knows");
}

void lab_sentence_put(struct lab_text *out, struct lab_wording wording,
                      const struct lab_event *event) {
    if (event->kind == LAB_EVENT_SPAWN && event->other == 0) {
        put_of(out, wording, "the run begins with ", event);
        return;
    }
    lab_sentence_put_doer(out, wording, lab_sentence_doer(event));
    lab_text_put(out, " ");
    lab_sentence_put_deed(out, wording, event);
}
