// state_internal.h - the insides of a state, private to the state's files.

#ifndef LAB_RECORD_STATE_INTERNAL_H
#define LAB_RECORD_STATE_INTERNAL_H

#include "record/state.h"

// Which tasks belong to which, as of the last question about it.
struct lab_state_kin *lab_state_kin_new(void);
void lab_state_kin_free(struct lab_state_kin *kin);

// Forgets that, because the state has changed or its tasks have moved.
void lab_state_kin_forget(struct lab_state_kin *kin);

// Changes *[is] to [to], for whom [change] names, from now on or from the time
// in [change].
void lab_state_turn(const struct lab_state *state, uint8_t *is, enum lab_is to,
                    struct lab_change change);

// [task] is [to] from now on; with [anew], its time in this state begins now.
void lab_state_turn_task(const struct lab_state *state,
                         struct lab_state_task *task, enum lab_is to,
                         bool anew);

// So is the loop; if it waits, it is for the interpreter lock.
void lab_state_turn_loop(struct lab_state *state, enum lab_is to);

// What each kind of event does, by its name: lab_state_on_spawn, and so on.
#define X(kind, name, by, deed)                                                \
    void lab_state_on_##name(struct lab_state *state,                          \
                             const struct lab_event *event);
LAB_EVENTS(X)
#undef X

// The number of the event that happens now.
static inline uint32_t lab_state_this_event(const struct lab_state *state) {
    return (uint32_t)state->at + 1;
}

// The task of [number], which begins here if nothing has named it.
struct lab_state_task *lab_state_need_task(struct lab_state *state,
                                           uint32_t number);

static inline void lab_state_note_line(struct lab_state_task *task,
                                       const struct lab_event *event) {
    if (event->line)
        task->line = event->line;
}

// [worker] is [to] from now on.
void lab_state_turn_worker(const struct lab_state *state,
                           struct lab_state_worker *worker, enum lab_is to);

// The state of [task] has changed: the generators that it runs have it, too.
void lab_state_follow(const struct lab_state *state,
                      const struct lab_state_task *task);

// What is read of the whole record: see lab_state_ending.
struct lab_state_wakes *lab_state_wakes_new(void);
void lab_state_wakes_free(struct lab_state_wakes *wakes);

// The deadlines of the waits in progress, and of some that are over.
struct lab_heap *lab_state_dues_new(void);
void lab_state_dues_free(struct lab_heap *dues);
void lab_state_dues_forget(struct lab_heap *dues);

// Adds that of [task], which waits, if it has one.
void lab_state_dues_add(struct lab_heap *dues,
                        const struct lab_state_task *task);

// Makes each task ready whose deadline is at [until] or before. Since then it
// could run, but the loop, which looks at timers, is held.
void lab_state_overtake(struct lab_state *state, lab_time until);

#endif
