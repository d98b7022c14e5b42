// state_note.c - events that change nobody's state: what they say is noted.

#include "record/state_internal.h"

void lab_state_on_cancel(struct lab_state *state,
                         const struct lab_event *event) {
    struct lab_state_task *task = lab_state_need_task(state, event->task);
    // A wait can also tell of a cancel that is not the task's own: that of what
    // it waited for.
    if (!task->cancelled)
        task->delivered = false;
    task->cancelled = true;
}

void lab_state_on_uncancel(struct lab_state *state,
                           const struct lab_event *event) {
    struct lab_state_task *task = lab_state_need_task(state, event->task);
    if (event->value > 0 || !task->cancelled)
        return;
    task->cancelled = task->delivered = false;
    task->forgiven = true;
}

void lab_state_on_deliver(struct lab_state *state,
                          const struct lab_event *event) {
    lab_state_need_task(state, event->task)->delivered = true;
}

void lab_state_on_read(struct lab_state *state, const struct lab_event *event) {
    lab_state_need_task(state, event->task)->read = true;
}

void lab_state_on_unread(struct lab_state *state,
                         const struct lab_event *event) {
    lab_state_need_task(state, event->task)->unread = true;
}

void lab_state_on_say(struct lab_state *state, const struct lab_event *event) {
    if (event->worker)
        lab_numbered_need(&state->workers, event->worker);
    else if (event->task)
        lab_state_note_line(lab_state_need_task(state, event->task), event);
}

void lab_state_on_mark(struct lab_state *state, const struct lab_event *event) {
    lab_state_on_say(state, event);
}

void lab_state_on_note(struct lab_state *state, const struct lab_event *event) {
    lab_state_on_say(state, event);
}

void lab_state_on_deadlock(struct lab_state *state,
                           const struct lab_event *event) {
    (void)state, (void)event;
}

void lab_state_on_count(struct lab_state *state,
                        const struct lab_event *event) {
    struct lab_state_gauge *gauge =
        lab_numbered_need(&state->gauges, event->text);
    if (__builtin_add_overflow(gauge->value, event->value, &gauge->value))
        gauge->value = event->value < 0 ? INT64_MIN : INT64_MAX;
    lab_state_on_say(state, event);
}

void lab_state_on_call(struct lab_state *state, const struct lab_event *event) {
    if (event->worker)
        lab_numbered_need(&state->workers, event->worker);
}

void lab_state_on_put(struct lab_state *state, const struct lab_event *event) {
    lab_state_on_say(state, event);
}

void lab_state_on_get(struct lab_state *state, const struct lab_event *event) {
    lab_state_on_say(state, event);
}

void lab_state_on_set(struct lab_state *state, const struct lab_event *event) {
    lab_state_on_say(state, event);
}

void lab_state_on_process(struct lab_state *state,
                          const struct lab_event *event) {
    lab_state_on_say(state, event);
}

void lab_state_on_exit(struct lab_state *state, const struct lab_event *event) {
    lab_state_need_task(state, event->task);
}

void lab_state_on_choose(struct lab_state *state,
                         const struct lab_event *event) {
    lab_state_on_call(state, event);
}

void lab_state_on_timeout(struct lab_state *state,
                          const struct lab_event *event) {
    lab_state_need_task(state, event->task);
}

void lab_state_on_other(struct lab_state *state,
                        const struct lab_event *event) {
    (void)state, (void)event;
}
