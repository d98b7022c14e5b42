#include "view/phrase.h"

#include "base/alloc.h"
#include "view/sentence.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void lab_phrase_introduce(const struct lab_phrase *phrase, uint32_t task,
                          struct lab_text *out) {
    char number[16];
    size_t before = out->length;
    snprintf(number, sizeof number, "t%" PRIu32, task);
    lab_wording_task(out, phrase->wording, task);
    if (strcmp(lab_text_string(out) + before, number) != 0)
        lab_text_printf(out, " (%s)", number);
}

void lab_phrase_init(struct lab_phrase *phrase, const struct lab_record *record,
                     const struct lab_lanes *lanes) {
    *phrase = (struct lab_phrase){.wording = {record, .lanes = lanes}};
    phrase->state = lab_state_new(record);
}

void lab_phrase_term(struct lab_phrase *phrase) {
    lab_clauses_free(&phrase->clauses);
    lab_names_free(&phrase->spawned);
    lab_names_free(&phrase->joined);
    lab_state_free(phrase->state);
}

// Makes a clause of the tasks that were started in a row.
static void end_spawned(struct lab_phrase *phrase) {
    if (phrase->spawned.count == 0)
        return;
    struct lab_text *out = lab_clauses_next(&phrase->clauses);
    lab_text_put(out, "starts ");
    lab_names_end(&phrase->spawned, out);
    lab_wording_location(out, phrase->wording.record, phrase->line);
}

static void add_spawn(struct lab_phrase *phrase,
                      const struct lab_event *event) {
    if (phrase->line != event->line)
        end_spawned(phrase);
    phrase->line = event->line;
    lab_phrase_introduce(phrase, event->task, lab_names_next(&phrase->spawned));
}

// What a task does when it is given the thread depends on what it did before.
static void add_run(struct lab_phrase *phrase, const struct lab_event *event) {
    const struct lab_state_task *task =
        lab_state_task(phrase->state, event->task);
    bool begins = !task || task->is == LAB_IS_NEW;
    struct lab_text *out = lab_clauses_next(&phrase->clauses);
    lab_text_put(out, begins ? "begins" : "continues");
    if (!begins && event->line) {
        lab_text_put(out, " at ");
        lab_location_put(out, phrase->wording.record, event->line);
    }
}

// Does [event] tell whom its task waits for?
static bool joins(const struct lab_phrase *phrase,
                  const struct lab_event *event) {
    return event->kind == LAB_EVENT_WAIT && event->on == LAB_ON_TASKS &&
           phrase->joined.count > 0;
}

static void add_deed(struct lab_phrase *phrase, const struct lab_event *event) {
    struct lab_text several = {0};
    if (joins(phrase, event)) {
        if (event->need == 1 && phrase->joined.count > 1)
            lab_text_put(&several, "the first of ");
        lab_names_end(&phrase->joined, &several);
        phrase->wording.several = lab_text_string(&several);
    }
    struct lab_text *out = lab_clauses_next(&phrase->clauses);
    lab_sentence_put_deed(out, phrase->wording, event);
    if (event->kind == LAB_EVENT_WAIT || event->kind == LAB_EVENT_BLOCK ||
        event->kind == LAB_EVENT_CANCEL || event->kind == LAB_EVENT_UNCANCEL)
        lab_wording_location(out, phrase->wording.record, event->line);
    phrase->wording.several = NULL;
    lab_text_free(&several);
}

bool lab_phrase_is_deed(const struct lab_phrase *phrase,
                        const struct lab_event *event) {
    switch ((enum lab_event_kind)event->kind) {
    // Other events tell of these: a wait that ends, a task that fails.
    case LAB_EVENT_UNBLOCK:
    case LAB_EVENT_WORKER:
    case LAB_EVENT_WAKE:
    case LAB_EVENT_TIMER:
    case LAB_EVENT_RAISE:
    case LAB_EVENT_HOLD:
    case LAB_EVENT_RELEASE:
    case LAB_EVENT_TIMEOUT:
    case LAB_EVENT_JOIN:
    case LAB_EVENT_COUNT:
    case LAB_EVENT_CHOOSE:
    case LAB_EVENT_NOTE: // nobody does that
    case LAB_EVENT_KINDS:
        return false;
    // So is an item for, or from, a task that waits.
    case LAB_EVENT_PUT:
    case LAB_EVENT_GET:
        return event->task == phrase->state->running;
    case LAB_EVENT_SPAWN:
        return event->other != 0; // the root is started by the run
    case LAB_EVENT_WANT:          // one in each slice would say nothing more
        return event->on != LAB_ON_INTERPRETER;
    default:
        return event->kind < LAB_EVENT_KINDS;
    }
}

static void note(struct lab_phrase *phrase, const struct lab_event *event) {
    if (event->kind == LAB_EVENT_JOIN && event->on != LAB_ON_GROUP)
        lab_wording_task(lab_names_next(&phrase->joined), phrase->wording,
                         event->other);
}

void lab_phrase_add(struct lab_phrase *phrase, const struct lab_event *event) {
    if (event->kind != LAB_EVENT_SPAWN)
        end_spawned(phrase);
    if (!lab_phrase_is_deed(phrase, event))
        note(phrase, event);
    else if (event->kind == LAB_EVENT_SPAWN)
        add_spawn(phrase, event);
    else if (event->kind == LAB_EVENT_RUN)
        add_run(phrase, event);
    else
        add_deed(phrase, event);
}

void lab_phrase_skip(struct lab_phrase *phrase, const struct lab_event *event) {
    if (joins(phrase, event))
        lab_names_free(&phrase->joined);
}

void lab_phrase_pass(struct lab_phrase *phrase) {
    lab_state_next(phrase->state);
}

void lab_phrase_end(struct lab_phrase *phrase, struct lab_text *out) {
    end_spawned(phrase);
    bool any = phrase->clauses.count > 0;
    lab_clauses_end(&phrase->clauses, out);
    if (any)
        lab_sentence_end(out);
}

// How long ago the last wait of [task] should have ended by its timer, by
// [now]; 0 if it had none, or less than a millisecond ago, which only shows
// under the real clock.
static lab_time lateness(const struct lab_phrase *phrase,
                         const struct lab_state_task *task, lab_time now) {
    if (task->wait == 0)
        return 0;
    const struct lab_event *wait =
        lab_record_at(phrase->wording.record, task->wait - 1);
    bool is_late = wait->value > 0 && now - wait->value >= LAB_MS;
    return is_late ? now - wait->value : 0;
}

// Was [task] woken because the time of a block was over? That cancels its wait,
// though nobody has cancelled the task. The event before the WAKE tells.
static bool ran_out(const struct lab_phrase *phrase,
                    const struct lab_state_task *task) {
    const struct lab_record *record = phrase->wording.record;
    for (size_t i = phrase->state->at; i-- > task->wait;) {
        const struct lab_event *event = lab_record_at(record, i);
        if (event->kind != LAB_EVENT_WAKE || event->task != task->number)
            continue;
        event = i > 0 ? lab_record_at(record, i - 1) : event;
        return event->kind == LAB_EVENT_TIMEOUT && event->task == task->number;
    }
    return false;
}

// Has every task ended that the last wait of [task] was for?
static bool all_ended(const struct lab_phrase *phrase,
                      const struct lab_state_task *task) {
    for (size_t i = task->join_from; i < task->join_to; i++) {
        const struct lab_event *event =
            lab_record_at(phrase->wording.record, i);
        if (event->kind != LAB_EVENT_JOIN || event->task != task->number ||
            event->on == LAB_ON_GROUP)
            continue;
        const struct lab_state_task *other =
            lab_state_task(phrase->state, event->other);
        if (other && other->is != LAB_IS_ENDED)
            return false;
    }
    return true;
}

// A wait for several can be over before all have ended: appends which one ended
// it. Returns false if all have.
static bool put_first(const struct lab_phrase *phrase,
                      const struct lab_state_task *task, struct lab_text *out) {
    const struct lab_state_task *first =
        lab_state_task(phrase->state, task->other);
    if (task->wait_kind != LAB_ON_TASKS || task->result < 0 || !first ||
        all_ended(phrase, task))
        return false;
    lab_wording_task(out, phrase->wording, task->other);
    lab_text_put(out, first->failed ? " has failed" : " has ended");
    return true;
}

bool lab_phrase_reason(const struct lab_phrase *phrase,
                       const struct lab_event *event, struct lab_text *out) {
    const struct lab_state_task *task =
        lab_state_task(phrase->state, event->task);
    if (!task || task->is == LAB_IS_NEW || event->on == LAB_ON_NOTHING ||
        event->on == LAB_ON_BEGIN)
        return false;
    if (put_first(phrase, task, out))
        return true;
    int64_t result = task->result == LAB_ECANCELED && ran_out(phrase, task)
                         ? LAB_ETIMEDOUT
                         : task->result;
    bool is_sleep = event->on == LAB_ON_SLEEP && result >= 0;
    lab_time late = is_sleep || result == LAB_ETIMEDOUT
                        ? lateness(phrase, task, event->time)
                        : 0;
    if (late == 0) {
        lab_wording_reason(out, event->on, result);
        return true;
    }
    lab_text_put(out, is_sleep ? "its timer had been due for "
                               : "its time had been over for ");
    lab_time_put(out, late);
    return true;
}
