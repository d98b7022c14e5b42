// state_internal.h - the insides of a state, private to the state's files.

#ifndef LAB_RECORD_STATE_INTERNAL_H
#define LAB_RECORD_STATE_INTERNAL_H

#include "record/state.h"

// Who belongs to whom, as it was when that was last asked.
struct lab_state_kin *lab_state_kin_new(void);
void lab_state_kin_free(struct lab_state_kin *kin);

// Forgets that: the state has changed, or its tasks have moved.
void lab_state_kin_forget(struct lab_state_kin *kin);

// Who [change] is about was *[is], and is [to] from now on, or from when the
// change says.
void lab_state_turn(const struct lab_state *state, uint8_t *is, enum lab_is to,
                    struct lab_change change);

// The deadlines of the waits that are going on, and of some that are over.
struct lab_state_due {
    lab_time deadline;
    uint32_t event, task; // the number of the WAIT, and whose it is
};
struct lab_state_dues *lab_state_dues_new(void);
void lab_state_dues_free(struct lab_state_dues *dues);
void lab_state_dues_forget(struct lab_state_dues *dues);

// Adds [due], if it has a deadline. Take moves the earliest to *[due] and takes
// it out, if it is not later than [until]; else it returns false.
void lab_state_dues_add(struct lab_state_dues *dues, struct lab_state_due due);
bool lab_state_dues_take(struct lab_state_dues *dues, lab_time until,
                         struct lab_state_due *due);

// Makes each task ready whose deadline is at [until] or before. It could run
// since then, and does not, as the loop that looks at timers is held.
void lab_state_overtake(struct lab_state *state, lab_time until);

#endif
