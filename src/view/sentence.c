#include "view/sentence.h"

#include "base/error.h"

#include <inttypes.h>
#include <string.h>

// --- who

struct lab_doer lab_sentence_doer(const struct lab_event *event) {
    switch (lab_event_row(event->kind)->by) {
    case LAB_BY_OTHER:
        return (struct lab_doer){.task = event->other};
    case LAB_BY_LOOP:
        return (struct lab_doer){0};
    case LAB_BY_TASK:
        break;
    }
    if (event->worker)
        return (struct lab_doer){.worker = event->worker};
    return (struct lab_doer){.task = event->task};
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
    then.wait_kind = event->on;
    then.other = event->other;
    then.deadline = event->value;
    then.need = event->need;
    then.what = event->on == LAB_ON_OTHER ? event->text : 0;
    lab_wording_wait(out, wording, &then);
}

static void put_wake_reason(struct lab_text *out,
                            const struct lab_event *event) {
    lab_text_put(out, ": ");
    // Of several, the one that wakes it may be the first to end, or the last.
    if (event->on == LAB_ON_TASKS && event->other && event->value >= 0)
        lab_text_put(out, "a task it waited for has ended");
    else
        lab_wording_reason(out, event->on, event->value);
}

static void put_wake(struct lab_text *out, struct lab_wording wording,
                     const struct lab_event *event) {
    lab_text_put(out, event->other ? "is woken by " : "is ready");
    if (event->other)
        lab_wording_task(out, wording, event->other);
    put_wake_reason(out, event);
}

void lab_sentence_put_woken(struct lab_text *out, struct lab_wording wording,
                            const struct lab_event *wake) {
    lab_sentence_put_doer(out, wording, lab_sentence_doer(wake));
    lab_text_put(out, wake->other ? " by " : "");
    if (wake->other)
        lab_wording_task(out, wording, wake->other);
    put_wake_reason(out, wake);
}

static void put_end(struct lab_text *out, struct lab_wording wording,
                    const struct lab_event *event) {
    if (event->value == LAB_ECANCELED) {
        lab_text_put(out, "ends cancelled");
    } else if (event->value < 0) {
        lab_text_put(out, "fails");
        lab_wording_event_error(out, wording.record, event);
    } else {
        const char *words = lab_record_text(wording.record, event);
        lab_text_put(out, "ends");
        // In Python a task that returns nothing returns None.
        if (event->text && strcmp(words, "None") != 0)
            lab_text_printf(out, " with %s", words);
        else if (event->value > 0)
            lab_text_printf(out, " with %" PRId64, event->value);
    }
}

static void put_block(struct lab_text *out, const struct lab_event *event) {
    bool own = event->worker || !event->task;
    lab_text_put(out, event->on == LAB_ON_BURN ? "computes on " : "blocks ");
    lab_text_put(out, own ? "its own thread" : "the loop's thread");
    if (event->value == 0)
        return;
    lab_text_put(out, " for ");
    lab_time_put(out, event->value);
}

static void put_job(struct lab_text *out, struct lab_wording wording,
                    const struct lab_event *event) {
    bool queues = event->kind == LAB_EVENT_QUEUE;
    lab_wording_job(out, wording, event->other,
                    queues ? "a job" : "the job"); // a task has one at a time
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

// [numbers] are those of workers, with spaces between.
static void put_rivals(struct lab_text *out, const char *numbers) {
    size_t count = 1;
    for (const char *c = numbers; *c; c++)
        count += *c == ' ';
    if (count > 1)
        lab_text_printf(out, ", one of %zu that can continue", count);
}

static void put_thing(struct lab_text *out, struct lab_wording wording,
                      const struct lab_event *event) {
    const char *kind = lab_wait_kind(event->on)->kind;
    if (event->on == LAB_ON_SEMAPHORE)
        lab_text_put(out, "a permit of ");
    lab_wording_thing(out, wording, *kind ? kind : "lock", event->other);
}

// One of the requests to stop that the task has; whose it is goes without
// saying if it is the task that does it.
static void put_uncancel(struct lab_text *out, struct lab_wording wording,
                         const struct lab_event *event) {
    if (event->value > 0)
        lab_text_printf(out, "1 of %" PRIu64 " cancels",
                        (uint64_t)event->value + 1);
    else
        lab_text_put(out, "the cancel");
    if (event->other == event->task)
        return;
    lab_text_put(out, " of ");
    lab_wording_task(out, wording, event->task);
}

// How a generator ended.
static void put_close(struct lab_text *out, struct lab_wording wording,
                      const struct lab_event *event) {
    lab_text_put(out, event->value == LAB_ECANCELED ? "closes "
                                                    : "comes to the end of ");
    lab_wording_generator(out, wording, event->other);
    if (event->value > 0)
        lab_text_printf(out, ", which returns %" PRId64, event->value);
    else if (event->value != LAB_ECANCELED)
        lab_wording_error(out, event->value);
}

static void put_exit(struct lab_text *out, int64_t status) {
    if (status > 128)
        lab_text_printf(out, ", by signal %" PRId64, status - 128);
    else if (status != 0)
        lab_text_printf(out, ", with status %" PRId64, status);
}

// Puts what a letter stands for in the deeds of record/event.h. A dispatch.
static void put_letter(struct lab_text *out, struct lab_wording wording,
                       const struct lab_event *event, char letter) {
    const char *text = lab_record_text(wording.record, event);
    switch (letter) {
    case 't': // the task
        lab_wording_task(out, wording, event->task);
        break;
    case 'j': // its job
        put_job(out, wording, event);
        break;
    case 'l': // a lock, or what else there is
        put_thing(out, wording, event);
        break;
    case 'e': // an error
        lab_wording_event_error(out, wording.record, event);
        break;
    case 'x': // the words of an error, if it has any
        if (*text)
            lab_text_printf(out, ": %s", text);
        break;
    case 'f': // how many it was chosen from
        if (event->need > 1)
            lab_text_printf(out, ", one of %u that are ready",
                            (unsigned)event->need);
        break;
    case 'h': // the same of workers, whose numbers are the text
        put_rivals(out, text);
        break;
    case 's': // where a line went, if not to standard output
        lab_text_put(out, event->is_stderr ? " on stderr" : "");
        break;
    case 'n': // a change
        lab_text_printf(out, "%+" PRId64, event->value);
        break;
    case 'o': // another task
        lab_wording_task(out, wording, event->other);
        break;
    case 'p': // a worker
        lab_wording_worker(out, wording, event->worker);
        break;
    case 'y': // a generator
        lab_wording_generator(out, wording, event->other);
        break;
    case 'v': // a value
        lab_text_printf(out, "%" PRId64, event->value);
        break;
    case 'm': // what is sent, if it is anything
        if (event->value != 0)
            lab_text_printf(out, " with %" PRId64, event->value);
        break;
    case 'q': // how a process has ended
        put_exit(out, event->value);
        break;
    case 'c': // the reason of a cancel
        if (*text)
            lab_text_printf(out, " (%s)", text);
        break;
    case 'a': // what is taken back of it
        put_uncancel(out, wording, event);
        break;
    case 'w': // these stand for the whole deed; this one is a WAIT's
        put_wait(out, wording, event);
        break;
    case 'z':
        put_close(out, wording, event);
        break;
    case 'k':
        put_wake(out, wording, event);
        break;
    case 'r':
        put_end(out, wording, event);
        break;
    case 'b':
        put_block(out, event);
        break;
    case 'u':
        lab_text_put(out, event->on == LAB_ON_BURN ? "has computed"
                                                   : "has its thread back");
        break;
    case 'g':
        put_join(out, wording, event);
        break;
    default:
        lab_text_printf(out, "%%%c", letter);
        break;
    }
}

// The text of the event, if it has one, replaces what stands in braces.
void lab_sentence_put_deed(struct lab_text *out, struct lab_wording wording,
                           const struct lab_event *event) {
    const char *text = lab_record_text(wording.record, event);
    const char *c = lab_event_row(event->kind)->deed;
    while (*c) {
        size_t n = strcspn(c, "%{");
        lab_text_write(out, c, n);
        c += n;
        if (*c == '%') {
            put_letter(out, wording, event, c[1]);
            c += 2;
        } else if (*c == '{') {
            n = strcspn(++c, "}");
            if (*text)
                lab_text_put(out, text);
            else
                lab_text_write(out, c, n);
            c += n + 1;
        }
    }
}

void lab_sentence_put(struct lab_text *out, struct lab_wording wording,
                      const struct lab_event *event) {
    if (event->kind == LAB_EVENT_SPAWN && event->other == 0) {
        lab_text_put(out, "the run begins with ");
        lab_wording_task(out, wording, event->task);
        return;
    }
    if (event->kind == LAB_EVENT_NOTE) {
        lab_sentence_put_note(out, wording, event);
        return;
    }
    lab_sentence_put_doer(out, wording, lab_sentence_doer(event));
    lab_text_put(out, " ");
    lab_sentence_put_deed(out, wording, event);
}

void lab_sentence_put_note(struct lab_text *out, struct lab_wording wording,
                           const struct lab_event *event) {
    struct lab_doer doer = lab_sentence_doer(event);
    lab_text_put(out, "a note");
    if (doer.task || doer.worker) {
        lab_text_put(out, " on ");
        lab_sentence_put_doer(out, wording, doer);
    }
    lab_text_printf(out, ": %s", lab_record_text(wording.record, event));
}

void lab_sentence_end(struct lab_text *sentence) {
    if (sentence->length == 0 || sentence->data[sentence->length - 1] != '.')
        lab_text_put(sentence, ".");
}
