#include "record/warning.h"

#include "base/alloc.h"

#include <stdbool.h>

static const struct {
    const char *name, *text;
} codes[] = {
#define X(code, text) {#code, text},
    LAB_WARNINGS(X)
#undef X
};

const char *lab_warning_name(enum lab_warning_code code) {
    return codes[code].name;
}

const char *lab_warning_text(enum lab_warning_code code) {
    return codes[code].text;
}

// A walk through the steps of the loop.
struct walk {
    lab_warning_fn *fn;
    void *arg;
    int64_t turn;            // its number; 0 before the first
    struct lab_warning step; // that goes on; of task 0: none does
    struct lab_warning sum;  // of the turn so far; its line is the longest's
    lab_time blocked;        // the longest block of the step
    bool told;               // of a step of this turn
    struct lab_warning call; // a callback of the loop that blocks
};

static void end_turn(struct walk *walk) {
    if (!walk->told && walk->sum.held >= LAB_WARNING_SLOW)
        walk->fn(walk->arg, &walk->sum);
    walk->sum = (struct lab_warning){.code = LAB_WARNING_W02};
    walk->told = false;
}

// The running task waits or ends in event number [number].
static void end_step(struct walk *walk, const struct lab_event *event,
                     uint32_t number) {
    struct lab_warning *step = &walk->step, *sum = &walk->sum;
    step->held = lab_time_minus(event->time, step->from);
    step->event = sum->event = number;
    step->line = step->line ? step->line : event->line;
    if (step->held >= LAB_WARNING_SLOW) {
        walk->told = true;
        walk->fn(walk->arg, step);
    }
    if (sum->steps++ == 0)
        sum->from = step->from;
    if (sum->steps == 1 || step->held > sum->most) {
        sum->task = step->task;
        sum->line = step->line;
        sum->most = step->held;
    }
    sum->held = lab_time_minus(event->time, sum->from);
    *step = (struct lab_warning){0};
}

static void begin_step(struct walk *walk, const struct lab_event *event) {
    if (event->value != walk->turn)
        end_turn(walk);
    walk->turn = event->value;
    walk->blocked = 0;
    walk->step = (struct lab_warning){
        .code = LAB_WARNING_W01, .task = event->task, .from = event->time};
}

// A task may block several times in a step; the longest block is shown.
static void note_block(struct walk *walk, const struct lab_event *event) {
    if (event->worker || event->task != walk->step.task ||
        event->value <= walk->blocked)
        return;
    walk->blocked = event->value;
    walk->step.line = event->line;
}

// A callback of the loop blocks or computes: what it does is nobody's step.
static void note_callback(struct walk *walk, const struct lab_event *event,
                          uint32_t number) {
    struct lab_warning *call = &walk->call;
    if (event->kind == LAB_EVENT_BLOCK) {
        *call = (struct lab_warning){
            .code = LAB_WARNING_W01, .line = event->line, .from = event->time};
        return;
    }
    call->event = number;
    call->held = lab_time_minus(event->time, call->from);
    if (call->held >= LAB_WARNING_SLOW)
        walk->fn(walk->arg, call);
}

static bool is_callback(const struct lab_event *event) {
    return (event->kind == LAB_EVENT_BLOCK ||
            event->kind == LAB_EVENT_UNBLOCK) &&
           !event->task && !event->worker;
}

static void tell_unread(const struct walk *walk, const struct lab_event *event,
                        uint32_t number) {
    struct lab_warning unread = {.code = LAB_WARNING_W03,
                                 .event = number,
                                 .task = event->task,
                                 .line = event->line,
                                 .from = event->time};
    walk->fn(walk->arg, &unread);
}

void lab_warnings_find(const struct lab_record *record, lab_warning_fn *fn,
                       void *arg) {
    struct walk walk = {.fn = fn, .arg = arg};
    end_turn(&walk);
    for (uint32_t i = 0; i < lab_record_count(record); i++) {
        const struct lab_event *event = lab_record_at(record, i);
        if (event->kind == LAB_EVENT_RUN)
            begin_step(&walk, event);
        else if (is_callback(event))
            note_callback(&walk, event, i + 1);
        else if (event->kind == LAB_EVENT_BLOCK)
            note_block(&walk, event);
        else if (event->kind == LAB_EVENT_UNREAD)
            tell_unread(&walk, event, i + 1);
        else if ((event->kind == LAB_EVENT_WAIT ||
                  event->kind == LAB_EVENT_END) &&
                 walk.step.task && event->task == walk.step.task)
            end_step(&walk, event, i + 1);
    }
    end_turn(&walk);
}
