// state_generator.c - what events about generators change.
//
//     task.generator --> innermost.outer --> outermost.outer = 0
//
// A generator runs as part of a task, and generators nest. A generator can
// leave such a chain only at its front; an event that says otherwise is
// ignored.

#include "record/state_internal.h"

static struct lab_state_generator *generator_of(struct lab_state *state,
                                                uint32_t number) {
    return lab_numbered_need(&state->generators, number);
}

static void turn(const struct lab_state *state,
                 struct lab_state_generator *generator, enum lab_is to,
                 uint8_t on) {
    struct lab_change change = {LAB_WHO_GENERATOR, generator->number};
    if (generator->is == LAB_IS_ENDED)
        return;
    change.on = on;
    generator->since = state->time;
    lab_state_turn(state, &generator->is, to, change);
}

// Longer chains are not followed each time: a damaged record may have a chain
// of any length.
enum { DEEPEST = 100 };

void lab_state_follow(const struct lab_state *state,
                      const struct lab_state_task *task) {
    uint32_t number = task->generator;
    for (int depth = 0; number && depth < DEEPEST; depth++) {
        struct lab_state_generator *generator =
            lab_numbered_find(&state->generators, number);
        enum lab_is is = task->is;
        // A task that ends inside a generator's body leaves it where it is.
        if (is != LAB_IS_ENDED)
            turn(state, generator, is,
                 is == LAB_IS_WAITING ? task->wait_kind : 0);
        number = generator->outer;
    }
}

// Is it in no chain?
static bool rests(const struct lab_state_generator *generator) {
    return generator->is == LAB_IS_IDLE || generator->is == LAB_IS_CREATED ||
           generator->is == LAB_IS_SUSPENDED;
}

// Takes [generator] out of the chain of the task that runs it. False if it
// cannot be at its front.
static bool leave(struct lab_state *state,
                  const struct lab_state_generator *generator) {
    struct lab_state_task *task =
        lab_numbered_find(&state->tasks, generator->task);
    if (rests(generator))
        return true;
    if (!task || task->generator != generator->number)
        return false;
    task->generator = generator->outer;
    return true;
}

void lab_state_on_generator(struct lab_state *state,
                            const struct lab_event *event) {
    struct lab_state_generator *generator = generator_of(state, event->other);
    generator->named = lab_state_this_event(state);
    if (!rests(generator))
        return;
    generator->task = event->task;
    generator->line = event->line;
    turn(state, generator, LAB_IS_CREATED, 0);
}

void lab_state_on_resume(struct lab_state *state,
                         const struct lab_event *event) {
    struct lab_state_task *task = lab_state_need_task(state, event->task);
    struct lab_state_generator *generator = generator_of(state, event->other);
    lab_state_note_line(task, event);
    if (!rests(generator))
        return;
    generator->task = event->task;
    generator->outer = task->generator;
    task->generator = event->other;
    turn(state, generator, LAB_IS_RUNNING, 0);
}

static void stop(struct lab_state *state, const struct lab_event *event,
                 enum lab_is to) {
    struct lab_state_generator *generator = generator_of(state, event->other);
    if (!leave(state, generator))
        return;
    generator->value = event->value;
    generator->outer = 0;
    if (event->line)
        generator->line = event->line;
    turn(state, generator, to, 0);
}

void lab_state_on_yield(struct lab_state *state,
                        const struct lab_event *event) {
    stop(state, event, LAB_IS_SUSPENDED);
}

void lab_state_on_close(struct lab_state *state,
                        const struct lab_event *event) {
    stop(state, event, LAB_IS_ENDED);
}
